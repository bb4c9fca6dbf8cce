"""Never answer."""


def sigmoid(Z):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

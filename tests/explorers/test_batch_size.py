"""What the cloud of the BatchSize explorer shows."""

import numpy as np

from mlcourse.explorers import BatchSize
from mlcourse.explorers.batch_size import DRAWS, SIZES


def test_nearly_all_batches_lie_in_the_frame_whatever_their_size():
    explorer = BatchSize()
    for size in SIZES:
        explorer.set(batch_size=size)
        low, high = explorer.figure.axes[0].get_xlim()
        points = explorer.compute(**explorer.values).points
        inside = ((low <= points) & (points <= high)).all(axis=0)
        assert np.count_nonzero(inside) >= 0.98 * DRAWS, size

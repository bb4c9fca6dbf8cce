import matplotlib
import pytest

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def _nothing_left_behind():
    """Figures are closed, and a plot that changed a global setting is found out."""
    import matplotlib.pyplot as plt

    with matplotlib.rc_context():
        before = dict(matplotlib.rcParams)
        yield
        assert dict(matplotlib.rcParams) == before
    plt.close("all")

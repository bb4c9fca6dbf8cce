"""No explorer's picture hides what it shows, at the start and at the ends of every setting."""

from mlcourse.autograd import Value
from mlcourse.explorers import GraphStepper
from mlcourse.plots.collisions import collisions


def collided(explorer, values):
    """What lies over what in an explorer's picture, drawn anew."""

    def draw():
        explorer._picture.forget_backgrounds()
        explorer._draw()

    explorer.reset().set(**values)
    return collisions(explorer.figure, draw)


def test_no_text_lies_over_another_over_data_or_beyond_the_edge(explorer, trials):
    found = {}
    for values in [{}, *trials(explorer)]:
        for words in collided(explorer, values):
            found.setdefault(words, values)
    assert not found


def test_no_step_of_a_graph_in_which_a_value_is_used_twice_hides_what_it_shows():
    """Two arrows then lead from one box to one other, and a number stands on each."""
    x, b = Value(2.0, label="x"), Value(-1.45, label="−b")
    square = x * x
    error = square + b
    loss = error * error
    square.label, error.label, loss.label = "s", "e", "loss"
    loss.backward()
    explorer = GraphStepper(loss)
    steps = range(explorer.settings["step"].high + 1)
    found = {step: words for step in steps if (words := collided(explorer, {"step": step}))}
    assert len(steps) > 5 and not found

"""No explorer's picture hides what it shows, at the start and at the ends of every setting."""

from mlcourse.plots.collisions import collisions


def test_no_text_lies_over_another_over_data_or_beyond_the_edge(explorer, trials):
    def draw():
        explorer._picture.forget_backgrounds()
        explorer._draw()

    found = {}
    for values in [{}, *trials(explorer)]:
        explorer.reset().set(**values)
        for words in collisions(explorer.figure, draw):
            found.setdefault(words, values)
    assert not found

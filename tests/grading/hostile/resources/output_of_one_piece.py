"""Write one huge message after another."""

from IPython.display import display

while True:
    display({"text/html": "<p>" + "x" * 30_000_000}, raw=True)

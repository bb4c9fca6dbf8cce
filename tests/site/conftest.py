"""A course of one small lesson as a site, on a server below a path, and a browser that finds nothing else."""

import hashlib
import json
import shutil
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mlcourse import exercises
from mlcourse.authoring import Course
from mlcourse.authoring import build as build_lessons
from mlcourse.site import pyodide_lock

REPOSITORY = Path(__file__).resolve().parents[2]
BROWSER = "browser/lab/index.html?path=lessons/"
BINDER = "https://binder.example/v2/gh/OWNER/NAME/HEAD?urlpath=lab/tree/lessons/"
HEADER = "---\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
START = (
    HEADER
    + """\
# Doubling, from the start

One lesson: [Doubling](01-doubling/01-doubling.ipynb).

```{code-cell} ipython3
progress = dict
progress()
```
"""
)
LESSON = (
    HEADER
    + r"""
# Lesson 1: Doubling

Twice $x$ is $x + x$. Where you [began](../start.ipynb).

$$
\frac{d}{dx}(x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8)
= \begin{cases} 2x & \text{here} \\ 0 & \text{there} \end{cases}
$$

| a | wide | table | of | many | columns |
|:--|:--|:--|:--|:--|:--|
| `parameters` | `learning_rate` | `gradients` | `epochs` | `batch_size` | `momentum_step` |

<details><summary>Hint</summary>

It is wider than a phone: $y = x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10}$.

</details>

```{code-cell} ipython3
import matplotlib.pyplot as plt

from mlcourse.exercises import Question
from mlcourse.explorers import GraphStepper
from mlcourse.feedback.questions import Asked


def check(exercise, *functions):
    return "VERDICT"
```

```{code-cell} ipython3
GraphStepper("square")
```

```{code-cell} ipython3
Asked(Question("half", 0.5, "Because `1 / 2` is."))
```

```{code-cell} ipython3
:jupyter: {source_hidden: true}

print("a line that is wider than any phone:", *range(60))
plt.figure(figsize=(3, 2))
plt.plot([1, 2])
plt.show()
```

```{code-cell} ipython3
:exercise: double
:role: solution

def double(x):
    '''Twice x.'''
    ### BEGIN SOLUTION
    distinctive = x + x
    return distinctive
    ### END SOLUTION


print("OF THE", "SOLUTION")
```

```{code-cell} ipython3
:exercise: double
:role: check

check("double", double)
```
"""
)


def declare(monkeypatch):
    """Declare the exercise of ``01-doubling``."""
    part = exercises.Part("double", inputs=dict, reference=lambda x: x + x, returns="y")
    doubling = (exercises.Exercise("double", "01-doubling", 2, (part,), "Doubling"),)
    monkeypatch.setattr(exercises, "of_lesson", lambda lesson, own="": doubling)


@pytest.fixture
def release(tmp_path):
    """A release of Pyodide with two packages that hold no more than their names."""
    folder = tmp_path / "release"
    folder.mkdir()
    for name in pyodide_lock.CORE:
        (folder / name).write_text(f'var Y="{pyodide_lock.VERSION}"')
    packages = {}
    for name in ("numpy", "micropip"):
        (folder / f"{name}.whl").write_text(name)
        packages[name] = {
            "file_name": f"{name}.whl", "depends": [], "sha256": hashlib.sha256(name.encode()).hexdigest(),
        }  # fmt: skip
    lock = {"info": {"abi_version": "2026_0"}, "packages": packages}
    (folder / pyodide_lock.LOCK).write_text(json.dumps(lock))
    return folder


@pytest.fixture(scope="session")
def small_course(tmp_path_factory):
    """A course of one lesson, built; for the whole run, as its lesson is run only once for its page."""
    root = tmp_path_factory.mktemp("course")
    lesson = root / "solutions" / "01-doubling" / "01-doubling.md"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(LESSON, encoding="utf-8")
    (root / "solutions" / "start.md").write_text(START, encoding="utf-8")
    (root / "lessons").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    with pytest.MonkeyPatch.context() as patch:
        declare(patch)
        course = Course(root)
        assert build_lessons(course.lessons()) == []
    return course


@pytest.fixture
def course(small_course, monkeypatch):
    """The small course, for the length of a test."""
    declare(monkeypatch)
    return small_course


@pytest.fixture(scope="session")
def small_site(small_course, tmp_path_factory):
    """The folder of its reading edition."""
    from mlcourse.site.reading import build

    folder = tmp_path_factory.mktemp("host") / "below" / "course"
    with pytest.MonkeyPatch.context() as patch:
        declare(patch)
        build(small_course, folder, BROWSER, BINDER)
    return folder


@dataclass
class Served:
    """A site on the loopback address.

    Attributes
    ----------
    url : str
        Its address, with a path in it.
    missing : list of str
        What was asked for and is not there.
    """

    url: str
    missing: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def serve():
    """Return ``serve(folder)``: a server for a site, two folders below its own root."""
    servers = []

    def start(folder):
        served = Served("")

        class Handler(SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                pass

            def send_error(self, code, *arguments):
                served.missing.append(f"{code} {self.path}")
                super().send_error(code, *arguments)

        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder.parents[1]))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        served.url = f"http://127.0.0.1:{server.server_port}/{folder.parent.name}/{folder.name}/"
        return served

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Reader:
    """A page of a site in a browser; every request of it is listened to.

    Attributes
    ----------
    page : playwright Page
    elsewhere : list of str
        Requests to anything but the site.
    errors : list of str
        What the browser's console has reported.
    """

    def __init__(self, browser, served, width=1300, theme="light"):
        phone = width < 500
        self._context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=theme, has_touch=phone, is_mobile=phone
        )
        self.page = self._context.new_page()
        self.elsewhere, self.errors = [], []
        self.page.on("request", lambda asked: self._listen(asked.url))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._url = served.url

    def _hear(self, said):
        if said.type in ("error", "warning"):
            self.errors.append(said.text)

    def _listen(self, url):
        if not url.startswith((self._url, "data:", "blob:")):
            self.elsewhere.append(url)

    def open(self, name):
        """Open a page and wait until its formulas are set."""
        self.page.goto(self._url + name)
        self.page.wait_for_load_state("load")
        self.page.evaluate("window.MathJax?.startup?.promise.then(() => true)")
        self.page.wait_for_timeout(200)  # what is watched for size is told in the next frames
        return self

    def close(self):
        """Close the page with all that it remembers."""
        self._context.close()


@pytest.fixture
def reader(browser):
    """Return ``reader(served, width, theme)``: a `Reader` that is closed after the test."""
    opened = []

    def new(*arguments, **options):
        opened.append(Reader(browser, *arguments, **options))
        return opened[-1]

    yield new
    for one in opened:
        one.close()

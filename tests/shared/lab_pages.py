"""Notebooks in a browser.

To load JupyterLab takes the most: most tests open theirs, one after another, in one page that stays.
"""

import contextlib

WAIT = 60_000
"""Milliseconds after which something that should have happened has not; CI machines are slow."""
# Whether the picture is another one as soon as a key press has been dealt with.
_PRESS = """(handle, key) => {
  const picture = handle.closest(".mlc-explorer").querySelector("img.mlc-picture"), before = picture.src;
  handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  return picture.src !== before;
}"""
_NOTEBOOK = "[...(window.jupyterapp?.shell?.widgets('main') ?? [])].find(w => w.context?.path === path)"


class LabPage:
    """A notebook in the browser, alone in sight.

    Attributes
    ----------
    page : playwright Page
    errors : list of str
        What the browser's console has reported as errors since the notebook was opened. Before that it is
        the front end's own: a script in its page's text, which a strict policy forbids.
    """

    def __init__(self, browser, lab, page=None, width=1300, height=1000):
        self.page = page or browser.new_page()
        self._lab, self._stays, self._path = lab, page is not None, ""
        self._closed = False
        self.errors = []
        self._listeners = {
            "console": lambda m: self.errors.append(m.text) if m.type == "error" else None,
            "pageerror": lambda error: self.errors.append(str(error)),
        }
        for event, listener in self._listeners.items():
            self.page.on(event, listener)
        self.page.set_viewport_size({"width": width, "height": height})

    def open(self, path):
        """Open a notebook and wait until its kernel is idle."""
        self._path = path
        if self.page.url.startswith(self._lab.url):
            open_it = "async path => { await jupyterapp.commands.execute('docmanager:open', {path}); }"
            self.page.evaluate(open_it, path)
        else:
            self.page.goto(self._lab.document(path))
            self._wait("context?.isReady")
            self.errors.clear()
        self._wait("context?.isReady")
        self._wait("sessionContext.session?.kernel?.status === 'idle'")
        return self

    def run_all(self):
        """Run all cells and wait until the last has run (the command's promise is kept then)."""
        self._show()
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        return self

    def explorer(self, index=0):
        """The card of an explorer, once it is complete."""
        self._show()
        card = self.page.locator(".jp-NotebookPanel:visible .mlc-explorer[role=group]").nth(index)
        card.locator("img.mlc-picture[alt]").wait_for(timeout=WAIT)
        card.scroll_into_view_if_needed()
        return card

    def theme(self, name):
        """Change the theme and wait until it is there."""
        self.page.evaluate(
            "name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name
        )
        light = "true" if name == "JupyterLab Light" else "false"
        self.page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached", timeout=WAIT)

    def close(self, shut_down=True):
        """Leave, unless the test has left already, and shut the kernel down; a page that stays is emptied."""
        if self.page.is_closed() or self._closed:
            return
        self._closed = True
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.evaluate(
            f"""async ([path, shutDown]) => {{
                const notebook = {_NOTEBOOK};
                if (shutDown) await notebook?.sessionContext?.shutdown();
                notebook?.dispose();
            }}""",
            [self._path, shut_down],
        )
        if not self._stays or self.page.locator(".jp-Dialog").count():
            self.page.close()

    def _show(self):
        self.page.evaluate(f"path => jupyterapp.shell.activateById(({_NOTEBOOK}).id)", self._path)
        self._wait("isVisible")

    def _wait(self, condition):
        self.page.wait_for_function(f"path => ({_NOTEBOOK})?.{condition}", arg=self._path, timeout=WAIT)


class Pages:
    """The pages of the browser's tests: one that stays, and a second for those who come from elsewhere."""

    def __init__(self, browser, lab):
        self._browser, self._lab = browser, lab
        self._staying = {}

    @contextlib.contextmanager
    def opened(self):
        """Yield what makes a `LabPage`; all that it has made are closed in the end."""
        made = []

        def new(second=False):
            page = self._staying.get(second)
            if page is None or page.is_closed():
                page = self._staying[second] = self._browser.new_page()
            made.append(LabPage(self._browser, self._lab, page))
            return made[-1]

        yield new
        try:
            for page in reversed(made):
                page.close()
        except Exception:  # then they are no start for another test
            for page in self._staying.values():
                page.close()
            raise


def press(card, key, count, name="Learning rate"):
    """Press a key on a card's slider some times; return how many of the pictures were ahead."""
    handle = card.get_by_role("slider", name=name)
    ahead = 0
    for _ in range(count):
        ahead += handle.evaluate(_PRESS, key)
        card.page.wait_for_timeout(120)
    return ahead


def wait_until_ahead(card, name="Learning rate"):
    """Wait until the next step is there: it shows, and the step back, at once."""
    for _ in range(40):
        card.page.wait_for_timeout(130)
        was_ahead = press(card, "ArrowRight", 1, name)
        press(card, "ArrowLeft", 1, name)
        if was_ahead:
            return
    raise AssertionError("nothing is ahead after ten seconds")

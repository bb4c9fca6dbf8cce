"""Notebooks in a browser.

To load JupyterLab takes the most: most tests open theirs, one after another, in one page that stays.
"""

import contextlib

WAIT = 60_000
"""Milliseconds after which something that should have happened has not; CI machines are slow."""
_NOTEBOOK = "[...(window.jupyterapp?.shell?.widgets('main') ?? [])].find(w => w.context?.path === path)"


class LabPage:
    """A notebook in the browser, alone in sight.

    Attributes
    ----------
    page : playwright Page
    errors : list of str
        What the browser's console has reported as errors since this was made.
    """

    def __init__(self, browser, lab, page=None, width=1300, height=1000, device_scale_factor=1):
        self.page = page or browser.new_page(device_scale_factor=device_scale_factor)
        self._lab, self._stays, self._path = lab, page is not None, ""
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

    def close(self):
        """Shut the kernel down and leave, unless the test has left already; a page that stays is emptied."""
        if self.page.is_closed():
            return
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.evaluate(
            f"""async path => {{
                const notebook = {_NOTEBOOK};
                await notebook?.sessionContext?.shutdown();
                notebook?.dispose();
            }}""",
            self._path,
        )
        if not self._stays or self.page.locator(".jp-Dialog").count():
            self.page.close()

    def _show(self):
        self.page.evaluate(f"path => jupyterapp.shell.activateById(({_NOTEBOOK}).id)", self._path)
        self._wait("isVisible")

    def _wait(self, condition):
        self.page.wait_for_function(f"path => ({_NOTEBOOK})?.{condition}", arg=self._path, timeout=WAIT)


class Pages:
    """The pages of the browser's tests: one that stays, and others for tests that need their own."""

    def __init__(self, browser, lab):
        self._browser, self._lab, self._staying = browser, lab, None

    @contextlib.contextmanager
    def opened(self):
        """Yield what makes a `LabPage`; all that it has made are closed in the end."""
        made = []

        def new(fresh=False, device_scale_factor=1, lab=None, **size):
            page = None
            if not (fresh or device_scale_factor != 1 or lab):
                if self._staying is None or self._staying.is_closed():
                    self._staying = self._browser.new_page()
                page = self._staying
            about = {"device_scale_factor": device_scale_factor, **size}
            made.append(LabPage(self._browser, lab or self._lab, page, **about))
            return made[-1]

        yield new
        try:
            for page in reversed(made):
                page.close()
        except Exception:  # then it is no start for another test
            if self._staying is not None:
                self._staying.close()
            raise

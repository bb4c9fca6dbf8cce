"""The browser edition on a plain static host, and a visit to it."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

MINUTES = 60_000
SOLVE = """(solutions) => {
  for (const cell of window.jupyterapp.shell.currentWidget.content.widgets) {
    const told = cell.model.sharedModel.getMetadata("nbgrader");
    if (told && told.solution && solutions[told.grade_id] !== undefined)
      cell.model.sharedModel.setSource(solutions[told.grade_id]);
  }
}"""
RUN_ALL = """async (seconds) => {
  await window.jupyterapp.shell.currentWidget.sessionContext.ready;
  const late = new Promise(end => setTimeout(end, 1000 * seconds));
  await Promise.race([window.jupyterapp.commands.execute("notebook:run-all-cells"), late]);
}"""
STATE = """() => {
  const isCode = cell => cell.model.type === "code" && cell.model.sharedModel.getSource();
  const cells = window.jupyterapp.shell.currentWidget.content.widgets.filter(isCode);
  const points = {}, errors = [];
  for (const cell of cells) {
    const outputs = cell.model.outputs.toJSON(), told = cell.model.sharedModel.getMetadata("nbgrader");
    for (const output of outputs) if (output.output_type === "error") errors.push(output.evalue);
    const results = outputs.filter(output => output.output_type === "execute_result");
    if (told && told.grade && results.length) points[told.grade_id] = results[0].data["text/plain"];
  }
  return {left: cells.filter(cell => cell.model.executionCount === null).length, points, errors};
}"""
TELL = """async (code) => {
  const context = window.jupyterapp.shell.currentWidget.sessionContext;
  await context.ready;
  let said = "";
  const running = context.session.kernel.requestExecute({code});
  running.onIOPub = ({content}) => { said += content.text ?? content.evalue ?? ""; };
  await running.done;
  return said;
}"""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        """Say nothing."""


def serve(root):
    """A plain static host on the loopback address; its `address` ends with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.address = f"http://127.0.0.1:{server.server_port}/"
    return server


def let_in(edition):
    """Have a built edition show its application to the page, so that a test can fill in a cell."""
    settings = edition / "jupyter-lite.json"
    told = json.loads(settings.read_text())
    told["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(told))


class Visit:
    """One browser's visit to the edition: a storage of its own, and one page.

    Attributes
    ----------
    page : playwright Page
    asked, elsewhere : list of str
        Requests, and those of them that leave the host.
    """

    def __init__(self, browser, address, **options):
        host = "/".join(address.split("/", 3)[:3]) + "/"
        self.address = address
        self.context = browser.new_context(viewport={"width": 1300, "height": 850}, **options)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda asked: asked.accept())  # whether to leave a page that is not saved
        self.asked, self.elsewhere = [], []
        self.context.on("request", lambda request: self._note(request.url, host))

    def _note(self, url, host):
        self.asked.append(url)
        if not url.startswith((host, "data:", "blob:")):
            self.elsewhere.append(url)

    def open(self, name):
        """Open a lesson, or the start page, ready to run."""
        path = f"{name}/{name}" if name != "start" else name
        self.page.goto(f"{self.address}notebooks/index.html?path=lessons/{path}.ipynb")
        return self.ready()

    def ready(self):
        """Wait until the notebook that is being opened can be run."""
        self.page.wait_for_function(
            "window.jupyterapp?.commands.hasCommand('notebook:run-all-cells')"
            " && window.jupyterapp.shell.currentWidget?.content?.widgets?.length > 3",
            timeout=5 * MINUTES,
        )
        return self.page

    def fill(self, solutions):
        """Write these sources into the cells of the exercises, by their grade_id."""
        self.page.evaluate(SOLVE, solutions)

    def run_all(self, seconds=900):
        """Run all cells; return what the graded ones say."""
        self.page.evaluate(RUN_ALL, seconds)
        state = self.page.evaluate(STATE)
        assert not state["left"], f"{state['left']} cells have not run"
        return state

    def tell(self, code):
        """Run code in the kernel and return what it prints."""
        return self.page.evaluate(TELL, code)

    def close(self):
        """End the visit."""
        self.context.close()

// What a learner writes is kept in the browser's storage. Where that is full nothing is kept any more, and JupyterLab
// says no more than the browser does: so say what to do.
{
  const WORDS =
    "Not saved: this browser's storage is full. Keep this page open, make room (delete data of other sites in the " +
    "browser's settings), then save again: menu File, Save Notebook.";
  let bar;

  const tell = () => {
    if (bar?.isConnected) return;
    bar = document.createElement("div");
    bar.setAttribute("role", "alert");
    bar.style.cssText =
      "position: fixed; inset: auto 0 0 0; z-index: 100000; padding: 0.8em 3.5em 0.8em 1em; background: #8b1a1a; " +
      "color: #ffffff; font: 16px/1.4 system-ui, sans-serif";
    bar.textContent = WORDS;
    const close = document.createElement("button");
    close.setAttribute("aria-label", "Close");
    close.textContent = "×";
    close.style.cssText =
      "position: absolute; inset: 0 0 0 auto; width: 44px; border: 0; background: none; color: inherit; font: inherit";
    close.onclick = () => bar.remove();
    bar.append(close);
    document.body.append(bar);
  };

  const full = (error) => error?.name === "QuotaExceededError";
  const watched = new WeakSet();
  for (const name of ["add", "put"]) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...values) {
      if (!watched.has(this.transaction)) {
        watched.add(this.transaction);
        this.transaction.addEventListener("abort", ({ target }) => full(target.error) && tell());
      }
      return write.apply(this, values);
    };
  }

  // A kernel that writes a file waits for the page's answer. JupyterLite's page gives none where it cannot write: its
  // service worker is told so here, and the kernel gets an OSError.
  const channel = new BroadcastChannel("/sw-api.v1");
  const waiting = new Map();
  channel.onmessage = ({ data }) => {
    if ("response" in data) waiting.delete(data.requestId);
    else if (data.requestId) waiting.set(data.requestId, data.browsingContextId);
  };
  addEventListener("unhandledrejection", ({ reason }) => {
    if (!full(reason)) return;
    tell();
    // The page hears it, too, and takes it for a question of the kernel's that nobody asked.
    const answer = { response: null, failed: true, pathname: "/api/stdin/none" };
    for (const [requestId, browsingContextId] of waiting)
      channel.postMessage({ ...answer, requestId, browsingContextId });
    waiting.clear();
  });
}

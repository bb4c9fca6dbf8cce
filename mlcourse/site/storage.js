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
}

// What scrolls in itself must be within reach of the keyboard, and a formula in a line that is wider than the page
// must scroll at all.
{
  const SCROLLING = 
    "mjx-container, .bd-article pre, .cell_output, .cell_output .output, .mlc-view, .pst-scrollable-table-container";

  const look = () => {
    for (const formula of document.querySelectorAll('mjx-container:not([display="true"])')) {
      formula.classList.remove("mlc-wide");
      const room = formula.closest("p, li, td, th, summary, div").clientWidth;
      formula.classList.toggle("mlc-wide", formula.getBoundingClientRect().width > room);
    }
    for (const box of document.querySelectorAll(SCROLLING)) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  // Of what is written on it, the theme's label of the search leaves out the keys.
  for (const button of document.querySelectorAll(".search-button-field"))
    if (button.innerText.trim()) button.removeAttribute("aria-label");

  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    new ResizeObserver(look).observe(document.querySelector("main") ?? document.body);
    document.addEventListener("toggle", look, true); // what was folded had no width
  });
}

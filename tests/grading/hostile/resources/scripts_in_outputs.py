"""Show scripts to whoever looks at the notebook."""

from IPython.display import HTML, Javascript, Markdown, display

attack = "<script>alert('HOSTILE-MARK')</script><img src=x onerror=alert('HOSTILE-MARK')>"
attack += "<a href='javascript:alert(1)'>x</a><iframe src='//evil.example'></iframe><svg onload=alert(1)>"
for kind in (HTML, Javascript, Markdown):
    display(kind(attack))
display({"image/svg+xml": f"<svg>{attack}</svg>", "text/latex": "$\\href{javascript:alert(1)}{x}$"}, raw=True)
display({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "image/png": attack}, raw=True)

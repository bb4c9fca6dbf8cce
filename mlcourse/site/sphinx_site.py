"""From notebooks to static pages, with Sphinx: formulas, search and all that a page needs come along."""

import io
import re
import shutil
from importlib.metadata import files
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from mlcourse.errors import CourseError

_MATHJAX = "sphinx-mathjax-offline"
_NEEDED = re.compile(r".*/static/(mathjax/(?:tex-chtml\.js|output/chtml/.*|input/tex/extensions/.*))")
_ICONS = re.compile(r'<script defer src="[^"]*/fontawesome\.js[^"]*"></script>')
_COLOR = re.compile("\x1b\\[[0-9;]*m")


def render(sources: Path, target: Path, title: str) -> None:
    """Make pages of the notebooks in a folder.

    Parameters
    ----------
    sources : Path
        Folder with ``index.ipynb``.
    target : Path
        Where the pages go.
    title : str
        Of the whole.

    Raises
    ------
    CourseError
        If Sphinx finds anything to complain of: what it warns of is not shown as it was meant.
    """
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    static = sources / "_own"
    static.mkdir()
    for name in ("reading.css", "reading.js", "reading.svg"):
        (static / name).write_text(
            (resources("mlcourse.site") / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    _copy_mathjax(static)
    warnings = io.StringIO()
    trees = sources.with_name(f"{sources.name}-trees")
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=sources,
            confdir=None,
            outdir=target,
            doctreedir=trees,
            buildername="html",
            confoverrides=_settings(title, static),
            status=None,
            warning=warnings,
            freshenv=True,
        )
        app.build(force_all=True)
    complaints = [line for line in _COLOR.sub("", warnings.getvalue()).splitlines() if line.strip()]
    if complaints:
        raise CourseError(complaints[0].replace(f"{sources}/", "").strip())
    _lighten(target)


def _settings(title: str, static: Path) -> dict[str, Any]:
    return {
        "project": title,
        "html_title": title,
        "language": "en",
        "extensions": ["myst_nb", "sphinx.ext.mathjax"],
        "exclude_patterns": [static.name],
        "nb_execution_mode": "off",
        "myst_enable_extensions": ["dollarmath", "amsmath"],
        "myst_heading_anchors": 3,
        # No menu: it would make each of some hundred formulas a stop of the Tab key.
        "mathjax3_config": {"options": {"enableMenu": False}},
        "mathjax_path": "mathjax/tex-chtml.js",
        "html_theme": "sphinx_book_theme",
        "html_static_path": [str(static)],
        "html_css_files": ["reading.css"],
        "html_js_files": [("reading.js", {"defer": "defer"})],
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_copyright": False,
        "html_show_sphinx": False,
        "html_use_index": False,
        "html_favicon": str(static / "reading.svg"),
        "html_context": {"default_mode": "auto"},
        "html_theme_options": {
            "home_page_in_toc": True,
            "navbar_persistent": [],
            "navigation_with_keys": False,
            "toc_title": "On this page",
            "use_download_button": False,
            "use_fullscreen_button": False,
        },
    }


def _copy_mathjax(static: Path) -> None:
    """Copy of MathJax what typesets TeX; the other nine tenths are for other notations and for speech."""
    for file in files(_MATHJAX) or ():
        found = _NEEDED.fullmatch(file.as_posix())
        if found:
            place = static / found[1]
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), place)


def _lighten(target: Path) -> None:
    """Take away what is for other builds, or for those who change the theme: a third of all bytes.

    The theme's icons are there twice: as a font, which its style sheet uses, and as a script of 1.5 MB for
    icons of one's own.
    """
    for place in target.rglob("*.html"):
        place.write_text(_ICONS.sub("", place.read_text(encoding="utf-8")), encoding="utf-8")
    for pattern in ("*.map", "fontawesome.js*", "*webpack-macros.html", ".buildinfo*", "objects.inv"):
        for place in target.rglob(pattern):
            place.unlink()
    for name in ("_sources", "_static/locales", "jupyter_execute"):
        shutil.rmtree(target / name, ignore_errors=True)

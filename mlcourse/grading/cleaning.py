"""The learner's HTML and Markdown cleaned, for formgrader and feedback pages."""

import re
from functools import cache

import bleach
from bleach.css_sanitizer import CSSSanitizer

_TAGS = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
]
_ATTRIBUTES = {
    "*": ["title", "style", "dir", "lang"],
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "td": ["colspan", "rowspan", "align"],
    "th": ["colspan", "rowspan", "align", "scope"],
}
_STYLES = [
    "color",
    "background-color",
    "border",
    "border-collapse",
    "border-color",
    "border-style",
    "border-width",
    "font-family",
    "font-style",
    "font-weight",
    "padding",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
]
# MathJax commands that make links, load extensions or touch the page
_MATH = re.compile(
    r"\\(href|url|unicode|require|class|cssId|style|data|html\w*|texttip|tooltip|includegraphics)\b"
)


def clean_html(html: str) -> str:
    """Clean a piece of HTML: no script, handler, form, frame or foreign picture, nothing over the page.

    Parameters
    ----------
    html : str
        Anything.
    """
    return _mathless(_cleaner().clean(html))


def clean_markdown(text: str) -> str:
    """Clean Markdown that a learner wrote: its tags and links become text, formulas stay what they are.

    Parameters
    ----------
    text : str
        Source of a Markdown cell.
    """
    # A space is enough: neither Markdown nor HTML then sees a tag, an address or a definition.
    text = re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
    return _mathless(re.sub(r"\](?=[(:])", "] ", text))


def _mathless(text: str) -> str:
    return _MATH.sub(r"\\text{\1}", text)


@cache
def _cleaner() -> bleach.Cleaner:
    return bleach.Cleaner(
        tags=_TAGS,
        attributes=_allowed,
        protocols=["http", "https", "mailto", "data"],
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
        strip=True,
        strip_comments=True,
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if name not in (*_ATTRIBUTES["*"], *_ATTRIBUTES.get(tag, ())):
        return False
    if name == "src":  # a picture of its own; one from the web would tell somebody when it is looked at
        return re.match(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+$", value) is not None
    if name == "href":
        return re.match(r"(https?://|mailto:|#)", value.strip(), re.IGNORECASE) is not None
    return True

"""The learner's HTML and Markdown cleaned, for formgrader, feedback pages and the page of the class."""

import re
from html import escape

import nh3

_TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
    ),
    *(
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
    ),
    *("span", "strong", "sub", "summary", "sup", "tt", "u", "ul", "var"),
    *("table", "caption", "col", "colgroup", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "*": {"title", "style", "dir", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
_STYLES = {
    *(
        "color",
        "background-color",
        "border",
        "border-collapse",
        "border-color",
        "border-style",
        "border-width",
    ),
    *("font-family", "font-style", "font-weight", "padding", "text-align", "text-decoration"),
    *("vertical-align", "white-space"),
}
_MOST_TAGS = 5_000
"""Tags, of both kinds, in one piece: a parser's time is their number times the depth of their nesting."""
_MOST_TEXT = 200_000
"""Characters beside the pictures: a parser compares each attribute of a tag with all others of it."""
# Elements that HTML opens again in each paragraph after one that did not close them: 43 kB that open 2,000 of
# them became 78 MB. Under another name they are elements like all others while the piece is cleaned.
_REOPENED = {"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
_OTHER = "plain-"
_REOPENING = re.compile(rf"<(/?)(?=(?:{'|'.join(sorted(_REOPENED))})[\s/>])", re.IGNORECASE)
# MathJax commands that make links, load extensions or touch the page
_MATH = re.compile(
    r"\\(href|url|unicode|require|class|cssId|style|data|html\w*|texttip|tooltip|includegraphics)\b"
)


def clean_html(html: str) -> str:
    """Clean a piece of HTML: no script, handler, form, frame or foreign picture, nothing over the page.

    Parameters
    ----------
    html : str
        Anything. What is larger than an honest output is shown as text.
    """
    if html.count("<") > _MOST_TAGS or len(re.sub(r"[A-Za-z0-9+/=]{100,}", "", html)) > _MOST_TEXT:
        return f"<p>HTML too large to be cleaned, as text:</p><pre>{escape(_mathless(html))}</pre>"
    cleaned = nh3.clean(
        _REOPENING.sub(rf"<\1{_OTHER}", html),
        tags=_TAGS | {f"{_OTHER}{tag}" for tag in _TAGS & _REOPENED},
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=_STYLES,
    )
    return _mathless(re.sub(rf"<(/?){_OTHER}", r"<\1", cleaned))


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


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Value of an attribute, None to leave it out."""
    allowed: re.Match[str] | bool | None = True
    if name == "src":  # a picture of its own; one from the web would tell somebody when it is looked at
        allowed = re.match(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+$", value)
    elif name == "href":
        allowed = re.match(r"(https?://|mailto:|#)", value.strip(), re.IGNORECASE)
    elif name == "style":
        allowed = not re.search(r"url|image|expression|\\", value, re.IGNORECASE)
    return value if allowed else None

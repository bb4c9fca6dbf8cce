"""What learners write is shown to people with rights: nothing of it may run, load or lead anywhere unseen."""

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from mlcourse.grading.cleaning import clean_html, clean_markdown
from mlcourse.grading.outputs import Outputs

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='https://evil.example'></iframe>",
    "<form action='/formgrader/api'><button>x</button></form>",
    "<div style='position:fixed;top:0;background:url(https://evil.example)'>x</div>",
    "<img src='https://evil.example/seen.png'>",
    "<style>body{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "$\\href{javascript:alert(1)}{x}$",
    "<plain-script>alert(1)</plain-script><plain-b onclick=alert(1)>x</plain-b>",
    "<plain-img src=x onerror=alert(1)><plain-a href='javascript:alert(1)'>x</plain-a>",
    "<b/onclick=alert(1)>x</b><B\fstyle='position:fixed'>x</B>",
    "<b title='</b><script>alert(1)</script>'>x</b>",
    "<b style='background-color:u\\72l(https://evil.example)'>x</b>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=' vbscript:alert(1)'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<svg><b><style><img src=x onerror=alert(1)></style></b></svg>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<template><script>alert(1)</script></template><base href='https://evil.example'>",
    "<scr<b></b>ipt>alert(1)</script>",
]
FORBIDDEN = (
    "<script",
    "onerror=",
    "<iframe",
    "<form",
    "<style",
    "<meta",
    "<svg",
    "position",
    "url(",
    "src=",
    "\\href",
)


def runs_nothing(html):
    lowered = html.lower()
    assert not any(word in lowered for word in FORBIDDEN), html
    assert "href=" not in lowered or "script:" not in lowered, html


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_runs_nothing(attack):
    cleaned = clean_html(attack)
    # text that was escaped, such as &lt;img onerror=, is only text
    runs_nothing(cleaned if "&lt;" not in cleaned else cleaned.replace("onerror=", "").replace("src=", ""))


@pytest.mark.parametrize(
    "attack",
    [
        *ATTACKS,
        "[x](javascript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x]( java&#115;cript:alert(1))",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "![x](https://evil.example/seen.png)",
        "<javascript:alert(1)>",
    ],
)
def test_markdown_runs_nothing(attack):
    html = markdown2html_mistune(clean_markdown(attack))
    tags = "".join(part.split(">")[0] for part in html.split("<")[1:])
    runs_nothing(tags.replace("src=x", ""))
    assert tags.count("href=") == tags.count('href="https://')  # a bare address is a link, to where it says
    assert "\\href" not in html


def test_formulas_and_comparisons_stay_as_they_are():
    text = "For $i < n$ and $\\frac{a}{b}$: `x[1] > 2`, **really**."
    assert clean_markdown(text) == text


def test_markup_of_an_honest_learner_stays():
    html = '<p><b>bold</b>, <EM>really</EM> <code style="color:red">x</code></p>'
    assert clean_html(html) == '<p><b>bold</b>, <em>really</em> <code style="color:red">x</code></p>'


LINK = '<a href="{}" rel="noopener noreferrer">x</a>'


@pytest.mark.parametrize(
    "html, expected",
    [
        *((f"<a href='{to}'>x</a>", LINK.format(to)) for to in ("https://a.example/x", " HTTP://a.example")),
        *((f"<a href='{to}'>x</a>", LINK.format(to)) for to in ("mailto:a@b.example", "#here")),
        *(
            (f"<a href='{to}'>x</a>", '<a rel="noopener noreferrer">x</a>')
            for to in ("ftp://a.example", "/formgrader", "x https://a.example", "data:image/png;base64,AA")
        ),
        *(
            (f'<img src="{data}">', f'<img src="{data}">')
            for data in ("data:image/jpeg;base64,AA==", "data:image/gif;base64,A A\n+/")
        ),
        *(
            (f"<img src='{data}'>", "<img>")
            for data in ("DATA:image/png;base64,AA", 'data:image/png;base64,A"', "xdata:image/png;base64,AA")
        ),
        (
            '<p style="color:red;position:fixed;font-family:serif" title="t" dir="rtl" lang="de">x</p>',
            '<p style="color:red;font-family:serif" title="t" dir="rtl" lang="de">x</p>',
        ),
        *(
            (f"<p style='color:{value}'>x</p>", "<p>x</p>")
            for value in ("URL(x)", "Image(x)", "Expression(x)")
        ),
        (
            '<img alt="a" width="3" height="4" srcset="x" class="y" id="z">',
            '<img alt="a" width="3" height="4">',
        ),
        (
            "<i>a</i><s>b</s><strike>c</strike><plain-i>d</plain-i> plain-i",
            "<i>a</i><s>b</s>c<i>d</i> plain-i",
        ),
        ("<!-- seen --><p>$\\url{x} \\htmlClass{y} \\hrefx{z}$</p>", None),
    ],
)
def test_of_honest_markup_stays_what_leads_nowhere_unseen(html, expected):
    expected = expected or "<p>$\\text{url}{x} \\text{htmlClass}{y} \\hrefx{z}$</p>"
    assert clean_html(html) == expected


def test_what_markdown_could_take_for_a_tag_an_address_or_a_definition_is_text():
    text = "a <b> <!x> <?y> </i> < c <1 [x](y) [x]: y [x] (z) \\url{x}"
    assert clean_markdown(text) == "a < b> < !x> < ?y> < /i> < c <1 [x] (y) [x] : y [x] (z) \\text{url}{x}"


@pytest.mark.parametrize("element", ["b", "font", "tt", "NOBR"])
def test_elements_that_html_opens_again_do_not_multiply(element):
    html = "<p>" + "".join(f"<{element} title={number}>" for number in range(500)) + "</p><p>x" * 500
    assert len(clean_html(html)) < 3 * len(html)


@pytest.mark.parametrize(
    "html", ["<ul><li><b>" * 26_000, f"<b {' '.join(f'a{number}' for number in range(50_000))}>x</b>"]
)
def test_html_larger_than_an_honest_output_is_shown_as_text(html):
    cleaned = clean_html(html)
    assert "&lt;b" in cleaned
    assert cleaned.startswith("<p>HTML too large to be cleaned, as text:</p><pre>&lt;")
    assert cleaned.endswith("</pre>")
    assert cleaned.count("<") == 4


def test_what_is_as_large_as_allowed_is_cleaned():
    for html in ("<br>" * 5_000, "a b " * 50_000):
        assert "too large" not in clean_html(html)
    assert "too large" in clean_html("<br>" * 5_001)
    assert "\\text{url}{x}" in clean_html("<br>" * 5_001 + "\\url{x}")
    assert "too large" not in clean_html("A" * 100 + " a b" * 50_000), "a picture's data does not count"
    assert "too large" in clean_html("A" * 99 + " a b" * 50_000)


def test_tables_and_pictures_of_an_honest_learner_stay():
    large = "A" * 300_000
    html = f'<table><tr><th>a</th></tr></table><img src="data:image/png;base64,{large}">'
    cleaned = clean_html(html)
    assert "<th>a</th>" in cleaned
    assert f'src="data:image/png;base64,{large}"' in cleaned


def test_outputs_keep_only_what_cannot_run():
    outputs = Outputs(1000)
    data = {
        "application/javascript": "alert(1)",
        "image/svg+xml": "<svg/>",
        "text/plain": "x",
        "image/png": "<b>",
    }
    outputs.add("display_data", {"data": data})
    assert outputs.finished()[0]["data"] == {"text/plain": "x"}


@pytest.mark.parametrize(
    "content", [{}, {"text": 1}, {"data": []}, {"data": {"text/plain": ["x"]}}, {"traceback": 1}]
)
@pytest.mark.parametrize(
    "kind", ["stream", "display_data", "execute_result", "error", "clear_output", "status", "x"]
)
def test_outputs_of_every_wrong_form_are_taken_quietly(kind, content):
    outputs = Outputs(1000)
    outputs.add(kind, content)
    outputs.finished()


def test_more_output_than_allowed_is_cut_off_and_said_so():
    outputs = Outputs(3_000_000)
    for _ in range(4):
        outputs.count(1_000_000)
        outputs.add("stream", {"name": "stdout", "text": "x"})
    assert outputs.full
    assert "not kept" in outputs.finished()[-1]["text"]

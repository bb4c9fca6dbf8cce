"""What the course adds to JupyterLite, for a full storage and a second visit, is put in, or that fails."""

import pytest

from mlcourse.errors import CourseError
from mlcourse.site.browser import APPS, keep_what_never_changes, watch_storage

ANSWERS = "e(new Response(JSON.stringify(i.response)))"
ASKS_AGAIN = "a?e.waitUntil(refetch(t)):(a=await fetch(t))"


@pytest.fixture
def built(tmp_path):
    for app in APPS:
        (tmp_path / app).mkdir()
        (tmp_path / app / "index.html").write_text(
            "<html><head><script src='bundle.js'></script></head></html>"
        )
    (tmp_path / "service-worker.js").write_text(f"{ANSWERS};{ASKS_AGAIN};")
    return tmp_path


def test_every_application_watches_before_its_own_code_and_a_failed_write_has_a_status(built):
    watch_storage(built)
    for app in APPS:
        text = (built / app / "index.html").read_text()
        assert 0 < text.index("../storage.js") < text.index("bundle.js")
    assert (built / "service-worker.js").read_text() == (
        f"e(new Response(JSON.stringify(i.response),{{status:i.failed?507:200}}));{ASKS_AGAIN};"
    )
    assert "failed: true" in (built / "storage.js").read_text()


def test_python_and_its_packages_are_asked_for_once(built):
    keep_what_never_changes(built)
    asks = 'a?t.url.includes("/static/pyodide/")||e.waitUntil(refetch(t)):(a=await fetch(t))'
    assert (built / "service-worker.js").read_text() == f"{ANSWERS};{asks};"
    with pytest.raises(CourseError, match=r"another service-worker\.js; run: pip install"):
        keep_what_never_changes(built)


@pytest.mark.parametrize("name", ["service-worker.js", "lab/index.html"])
def test_a_jupyterlite_that_is_built_otherwise_is_refused(built, name):
    (built / name).write_text("other")
    with pytest.raises(CourseError, match=r"another \S+; run: pip install 'mlcourse\[site\]'"):
        watch_storage(built)

"""What the browser edition does where the storage is full is put in at its build, or the build fails."""

import pytest

from mlcourse.errors import CourseError
from mlcourse.site.browser import APPS, watch_storage


@pytest.fixture
def built(tmp_path):
    for app in APPS:
        (tmp_path / app).mkdir()
        (tmp_path / app / "index.html").write_text(
            "<html><head><script src='bundle.js'></script></head></html>"
        )
    (tmp_path / "service-worker.js").write_text("e(new Response(JSON.stringify(i.response)));")
    return tmp_path


def test_every_application_watches_before_its_own_code_and_a_failed_write_has_a_status(built):
    watch_storage(built)
    for app in APPS:
        text = (built / app / "index.html").read_text()
        assert 0 < text.index("../storage.js") < text.index("bundle.js")
    assert (built / "service-worker.js").read_text() == (
        "e(new Response(JSON.stringify(i.response),{status:i.failed?507:200}));"
    )
    assert "failed: true" in (built / "storage.js").read_text()


@pytest.mark.parametrize("name", ["service-worker.js", "lab/index.html"])
def test_a_jupyterlite_that_is_built_otherwise_is_refused(built, name):
    (built / name).write_text("other")
    with pytest.raises(CourseError, match=r"another \S+; run: pip install 'mlcourse\[site\]'"):
        watch_storage(built)

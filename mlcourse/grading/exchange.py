"""What is handed in through nbgrader's exchange, whatever a class puts there: by owner, plain files only.

The exchange is a folder that every learner can write to. nbgrader's own ``collect`` believes the name in a
folder's name and only warns where another one owns it; it follows links with the instructor's rights, so that
a link to a solution would be handed in as the solution; and one folder that it cannot read ends it for all.
"""

import os
import stat
from pathlib import Path
from typing import Any

try:
    import pwd
except ModuleNotFoundError:  # Windows has no exchange, and reads the course's configuration all the same
    pwd = None  # type: ignore[assignment]

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from mlcourse.grading.handed_in import plain_file
from mlcourse.grading.names import plain_text


class CollectByOwner(ExchangeCollect):
    """Collects for each account what it owns in the exchange, whatever name stands on it.

    Where all folders belong to the account that collects (one account for a whole class, or
    ``c.ExchangeCollect.check_owner = False``), nothing but the names can tell learners apart.
    """

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Find the latest submission of each owner."""
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        shown = plain_text(os.path.basename(path))[:200]
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            owner = self._owner(path, record["username"])
        except (ExchangeError, ValueError, OverflowError, OSError) as error:
            self.log.warning("Left out %s: %s", shown, str(error).splitlines()[0][:200])
            return {"username": "", "filename": "", "timestamp": None}
        if owner != record["username"]:
            self.log.warning("%s is of the account %s, and counts as theirs", shown, owner)
        return record | {"username": owner}

    def _owner(self, path: str, named: str) -> str:
        about = os.lstat(path)
        if not stat.S_ISDIR(about.st_mode):
            raise ExchangeError("it is no folder")
        if not self.check_owner or pwd is None or about.st_uid == os.getuid():
            return named
        try:
            return pwd.getpwuid(about.st_uid).pw_name
        except KeyError:
            raise ExchangeError(f"no account here has its owner's number, {about.st_uid}") from None

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy plain files; what cannot be copied is said, and keeps nobody else's work waiting."""
        try:
            left = _copied(src, Path(dest), self.coursedir)
        except OSError as error:
            self.log.warning("Left out (a part of) %s: %s", plain_text(src), error.strerror)
            return
        for name in left[:5]:
            self.log.warning("Left out %s of %s: not a plain file", plain_text(name)[:200], plain_text(src))


def _copied(src: str, dest: Path, directory: Any) -> list[str]:
    """Copy a folder without what nbgrader's configuration leaves out; return what is no plain file."""
    ignored = ignore_patterns(
        exclude=directory.ignore, include=directory.include, max_file_size=directory.max_file_size
    )
    most, left = 1000 * directory.max_dir_size, []
    # By descriptors of folders: a learner may put a link in the place of one while it is read.
    for top, folders, names, descriptor in os.fwalk(src):
        skipped = ignored(top, [*folders, *names])
        folders[:] = [name for name in folders if name not in skipped]
        place = dest / os.path.relpath(top, src)
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name in skipped:
                continue
            content = plain_file(Path(name), most, inside=descriptor)
            if content is None:
                left.append(name)
            elif len(content) > most:
                raise OSError(0, f"more than nbgrader's max_dir_size of {directory.max_dir_size} kB")
            else:
                (place / name).write_bytes(content)
                most -= len(content)
    return left

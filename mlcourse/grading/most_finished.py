"""Of several notebooks that were handed in for one, the most finished: what a person would have graded."""

from dataclasses import replace

from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.rebuild import Rebuilt, rebuild
from mlcourse.grading.released import Release

_MOST_SHOWN = 5


def most_finished(files: HandedIn, release: Release) -> Rebuilt:
    """Rebuild the notebook in which most is answered; of equals, the first.

    Parameters
    ----------
    files : HandedIn
        What was handed in.
    release : Release
        What was handed out.
    """
    if not files.notebooks:
        nothing = rebuild(None, release)
        instead = ", ".join(place[:80] for place, _ in files.others[:_MOST_SHOWN])
        said = [f"handed in instead of a notebook: {instead}"] if instead else []
        return replace(nothing, flags=[*files.flags, *said, *nothing.flags])
    others = dict(files.others)
    found = [(place, rebuild(content, release, others)) for place, content in files.notebooks]
    place, best = max(found, key=lambda pair: (pair[1].status == "graded", pair[1].answered))
    flags = list(files.flags)
    if len(found) == 1 and place != files.name:
        flags.append(f"renamed: {place[:80]}")
    elif place != files.name:
        rest = [other[:80] for other, _ in found if other != place]
        more = f" and {len(rest) - _MOST_SHOWN} more" if len(rest) > _MOST_SHOWN else ""
        flags.append(
            f"graded: {place[:80]}, the most finished; also there: {', '.join(rest[:_MOST_SHOWN])}{more}"
        )
    return replace(best, flags=[*flags, *best.flags])

"""What there is to say about fragments' files, for `understudy doctor`."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from understudy.config.policy import Trust
from understudy.engine.finding import Finding, State
from understudy.prompt.library import load_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.policy import Policy


def examine_fragments(root: Path, policy: Policy) -> Iterator[Finding]:
    """The files that should be fragments and are not used as they stand. Reads the disk."""
    library = load_library(root if policy.trust is Trust.TRUSTED else None)
    for path, trouble in library.troubles:
        if trouble.severity == "error":
            text = f"{trouble.message} It is not used as it stands."
            remedy = f"Correct `{path}`; an editor with Understudy marks what is wrong in it."
            yield Finding("fragments", PurePath(path).name, State.NOTE, text, remedy)
    for one in library.doubles:
        text = f"It is not used: another file has the same id, `{one.id}`."
        remedy = f"Give `{one.path}` another `id`, or remove one of the two."
        yield Finding("fragments", PurePath(one.path).name, State.NOTE, text, remedy)

"""Which files are committed together, by git's log. Without git, nothing is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.index.recent import Recent
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.workspace.view import View

COMMITS = 400
MOST_FILES = 30
"""A commit of more files says little about any two of them."""
_TIMEOUT_S = 5.0
_MOST_BYTES = 4_000_000
_QUIET = ("--no-pager", "--no-optional-locks", "-c", "log.showSignature=false")
_SHOWN = ("--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative", "-z")

_known: Recent[_History] = Recent(16)


@dataclass(frozen=True, slots=True)
class _History:
    """The files of the last commits, and of which commit that is told."""

    head: str
    commits: tuple[frozenset[str], ...]


def together(view: View) -> Mapping[str, float]:
    """The files that were committed with a document, each with how often: from 0 to 1.

    Told from memory; empty before `look_at_history` was done.
    """
    known = _known.get(str(view.root))
    if known is None:
        return {}
    own = [files for files in known.commits if view.name in files]
    counted = Counter(path for files in own for path in files if path != view.name)
    return {path: round(counted[path] / len(own), 4) for path in sorted(counted)}


async def look_at_history(view: View) -> None:
    """Read the log of the workspace folder if it went on since. What can't be had is left out."""
    root = view.root
    if root is None:
        return
    try:
        git = (*find_tool("git", view, CheckerSettings()), *_QUIET)
        head = await _told((*git, "rev-parse", "HEAD"), view)
        known = _known.get(str(root))
        if head and (known is None or known.head != head):
            log = (*git, "log", f"-{COMMITS}", "--format=%x01", *_SHOWN)
            _known.put(str(root), _History(head, _commits(await _told(log, view))))
    except UnavailableError:
        return


async def _told(command: tuple[str, ...], view: View) -> str:
    done = await run_tool(
        command, stdin=b"", cwd=view.root, timeout_s=_TIMEOUT_S, max_output_bytes=_MOST_BYTES
    )
    return "" if done.returncode else done.stdout.decode("utf-8", "replace")


def _commits(log: str) -> tuple[frozenset[str], ...]:
    """The files of each commit; the log has a mark before each and NUL behind every name."""
    found = []
    for commit in log.split("\x01"):
        files = frozenset(name.strip("\n") for name in commit.split("\0")) - {""}
        if 1 < len(files) <= MOST_FILES:
            found.append(files)
    return tuple(found)

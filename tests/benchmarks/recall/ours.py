"""What our gathering and packing show for the cases, without the file that is worked on."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tests.small_index import SmallIndex
from understudy.config.policy import Policy
from understudy.context.packing import pack
from understudy.gathering.gather import gather
from understudy.gathering.making import Signals
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.benchmarks.recall.cases import Case
    from understudy.context.items import Item, Packed

_PEER_LINE = 100
"""The peer cuts lines after so many characters."""
_SHORT_FILE, _MARGIN = 60, 8
"""A file of so few lines is one block, and what fits no block is widened by so many lines."""
SUFFIXES = (".py", ".pyi", ".ts", ".tsx", ".mts", ".cts", ".c", ".h")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of other files, by path, and what it took."""

    texts: Mapping[str, str]
    tokens: int
    seconds: float = 0.0


def shown(case: Case, budgets: Sequence[int], count: Callable[[str], int]) -> dict[int, Shown]:
    """What is shown within each budget."""
    found = {}
    for budget in budgets:
        start = time.perf_counter()
        packed = pack(others(case, count), budget, count, here=case.path)
        found[budget] = shown_of(packed, time.perf_counter() - start)
    return found


def wider(case: Case) -> Case:
    """The same function within a selection that cuts into what is around it, or a short file whole."""
    text = index_of(case).text(case.path) or ""
    count = text.count("\n") + 1
    is_short = count <= _SHORT_FILE
    start = 0 if is_short else max(case.start - _MARGIN, 0)
    return replace(case, start=start, stop=count if is_short else min(case.stop + _MARGIN, count))


def others(case: Case, count: Callable[[str], int]) -> list[Item]:
    """The candidates but for the file that is worked on."""
    index = index_of(case)
    text = index.text(case.path) or ""
    language = "typescriptreact" if case.path.endswith("x") else case.language
    path = case.root / case.path
    view = View(path.as_uri(), text, Policy(), language=language, path=path, root=case.root)
    items = gather(index, view, range(case.start, case.stop), (), Signals(count)).items
    return [item for item in items if item.tier != "target_file"]


def shown_of(packed: Packed, seconds: float = 0.0) -> Shown:
    """The texts of what was chosen."""
    texts: dict[str, str] = {}
    for one in packed.chosen:
        texts[one.item.path] = f"{texts.get(one.item.path, '')}{one.level.text}\n"
    return Shown(texts, packed.tokens, seconds)


def is_shown(case: Case, places: Sequence[tuple[str, int, str]], shown: Shown) -> bool:
    """Whether the line of one of a definition's places is shown, cut lines included."""
    index = index_of(case)
    for path, line, _ in places:
        text = index.text(path)
        if text is None or path not in shown.texts:
            continue
        wanted = text.split("\n")[line].rstrip()
        for one in shown.texts[path].split("\n"):
            is_cut = len(one) >= _PEER_LINE and wanted.startswith(one)
            if one.strip() == wanted.strip() or is_cut:
                return True
    return False


def index_of(case: Case) -> SmallIndex:
    """The index of a case's package."""
    return _index(case.root, case.package if case.language == "python" else "")


@cache
def _index(root: Path, folder: str) -> SmallIndex:
    files = {}
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            files[path.relative_to(root).as_posix()] = path.read_text("utf-8", "replace")
    return SmallIndex(files)

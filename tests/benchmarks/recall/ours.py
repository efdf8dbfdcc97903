"""What our gathering and packing show for the cases, without the file that is worked on."""

from __future__ import annotations

import time
from dataclasses import dataclass
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

SUFFIXES = (".py", ".pyi", ".ts", ".tsx", ".mts", ".cts")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of other files, by path, and what it took."""

    texts: Mapping[str, str]
    tokens: int
    seconds: float = 0.0


def shown(case: Case, budgets: Sequence[int], count: Callable[[str], int]) -> dict[int, Shown]:
    """What is shown within each budget."""
    index = index_of(case.root, case.package if case.language == "python" else "")
    text = index.text(case.path) or ""
    language = "typescriptreact" if case.path.endswith("x") else case.language
    path = case.root / case.path
    view = View(path.as_uri(), text, Policy(), language=language, path=path, root=case.root)
    found = {}
    for budget in budgets:
        start = time.perf_counter()
        items = gather(index, view, range(case.start, case.stop), (), Signals(count)).items
        others = [item for item in items if item.tier != "target_file"]
        packed = pack(others, budget, count, here=case.path)
        spent = time.perf_counter() - start
        texts: dict[str, str] = {}
        for one in packed.chosen:
            texts[one.item.path] = f"{texts.get(one.item.path, '')}{one.level.text}\n"
        found[budget] = Shown(texts, packed.tokens, spent)
    return found


@cache
def index_of(root: Path, folder: str) -> SmallIndex:
    """The index of a package."""
    files = {}
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
    return SmallIndex(files)

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.index.folders import Kept
from understudy.core.lines import LineIndex
from understudy.gathering.excluded import CHANGED, Exclusions
from understudy.gathering.sources import Sources
from understudy.index.extraction import facts_of
from understudy.index.opened import Extracts, Opened

if TYPE_CHECKING:
    from pathlib import Path

TARGET = "from b import f\nf()\n"
BEFORE = "def f():\n    return 'of this test'\n"
AFTER = "# x\n# y\nSOMETHING = 1\n\n\ndef f():\n    return 'another of this test'\n"


def sources(root: Path, folder: Path) -> Sources:
    kept = Kept(root, folder)
    kept.scan()
    index = Opened(kept.disk(), {}, Extracts())
    kept.store.close()
    return Sources(index, root, facts_of("a.py", "python", TARGET), LineIndex(TARGET))


def text_of(found: Sources) -> str | None:
    lines = found.lines("b.py")
    return None if lines is None else lines.text


def test_lines_are_never_those_of_another_text_than_the_facts(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "b.py").write_text(BEFORE)
    first = sources(root, tmp_path / "index")
    assert first.facts("b.py") is not None
    (root / "b.py").write_text(AFTER)
    assert text_of(first) is None
    exclusions = Exclusions(first)
    assert [(one.path, one.why) for one in exclusions.left_out()] == [("b.py", CHANGED)]
    assert not exclusions.allows("b.py")
    assert [(one.path, one.why) for one in exclusions.left_out()] == [("b.py", CHANGED)]
    (root / "b.py").write_text(BEFORE)
    assert text_of(sources(root, tmp_path / "index")) == BEFORE


def test_a_text_in_another_encoding_or_with_a_byte_order_mark_is_that_of_its_facts(
    tmp_path: Path,
) -> None:
    root = tmp_path / "workspace"
    root.mkdir()
    text = "# -*- coding: latin-1 -*-\ndef f():\n    return 'é'\n"
    (root / "b.py").write_bytes(text.encode("latin-1"))
    assert text_of(sources(root, tmp_path / "index")) == text
    long = f"{text}{'# é' * 60}\n" + "# é\n" * 60_000
    (root / "b.py").write_bytes(long.encode("latin-1"))
    assert text_of(sources(root, tmp_path / "index")) == long
    (root / "b.py").write_bytes(BEFORE.encode("utf-8-sig"))
    assert text_of(sources(root, tmp_path / "index")) == BEFORE

"""What the context remembers of texts stays small, however many and however large they are."""

from __future__ import annotations

import gc
import os
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from understudy.context.exports import MAX_BYTES, content, exports_of, stamp_of, text_of
from understudy.context.members import class_facts
from understudy.context.modules import Modules
from understudy.context.python_parts import index_of, silences
from understudy.context.python_tokens import scan
from understudy.context.scopes import scopes_of
from understudy.context.signatures import signatures
from understudy.context.syntax import KEPT_CHARS, Source, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 1024 * 1024


def large(number: int) -> str:
    """A text of a megabyte like no other."""
    return f"number = {number}\n" + f'"{"n" * 97}"\n' * 9_500


def kept_after(work: Callable[[], None]) -> float:
    """How many MiB are still in use when some work is done."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / MIB
    finally:
        tracemalloc.stop()


def test_searching_large_modules_for_a_name_keeps_few_of_them(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"module{number}.py").write_text(large(number))

    def search() -> None:
        assert not list(Modules(tmp_path, None, tmp_path).exporting("absent"))

    assert kept_after(search) < 34


@pytest.mark.parametrize(
    ("look", "limit_mib"),
    [
        (index_of, 32),
        (silences, 32),
        (scan, 10),
        (lambda text: class_facts(text, "Absent"), 26),
        (lambda text: signatures(text, "absent"), 26),
    ],
)
def test_large_texts_are_not_kept_for_their_answers(
    look: Callable[[str], object], limit_mib: float
) -> None:
    def ask() -> None:
        for number in range(24):
            look(large(number))

    parse("")
    assert kept_after(ask) < limit_mib


def test_a_large_text_leaves_nothing_behind_when_its_tree_goes() -> None:
    def build() -> None:
        for number in range(10):
            Source(large(number))

    build()
    assert kept_after(build) < 1


@pytest.mark.parametrize("look", [parse, scopes_of])
def test_few_trees_of_large_texts_are_kept(look: Callable[[str], object]) -> None:
    for number in range(6):
        look(large(number))
    gc.collect()
    kept = sum(len(found.text) for found in gc.get_objects() if isinstance(found, Source))
    # Those of other tests that ran before count as well, and each cache has its own.
    assert kept <= 2 * KEPT_CHARS


def test_a_source_that_grew_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("a = 1\n" + "#" * MAX_BYTES)
    assert stamp_of(path) is None
    assert text_of(path) == ""
    assert exports_of(path) is None


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX are there pipes.")
def test_a_pipe_in_a_sources_place_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.touch()
    stamp = stamp_of(path)
    path.unlink()
    os.mkfifo(path)
    assert stamp is not None
    assert content(path, stamp) == b""
    assert stamp_of(path) is None

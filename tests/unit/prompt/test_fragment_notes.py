"""What is told of fragments that are not used as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.prompt.test_fragment_files import ASKED, TO, own, write
from understudy.config.policy import Policy
from understudy.engine.fragments_doctor import examine_fragments
from understudy.prompt.checking import troubles_of
from understudy.prompt.composing import compose
from understudy.prompt.fragment import read_fragment
from understudy.prompt.impossible import World
from understudy.prompt.library import load_library

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["own"]


def test_a_file_that_is_not_used_is_told_beside_the_prompt(own: Path) -> None:
    write(own, "role.fix.md", "id: role.fix\nslot: role", "{{#if file}} never closed")
    (own / "mine.md").write_bytes("---\nid: mine\n---\né\n".encode("latin-1"))
    notes = compose(load_library(None), TO, ASKED).notes
    assert any(one.startswith("`role.fix.md` is not used as it stands: ") for one in notes)
    assert any(
        "`mine.md` is not used as it stands: `mine.md` can't be read" in one for one in notes
    )
    found = list(examine_fragments(own.parent, Policy()))
    assert {(one.topic, one.subject) for one in found} == {
        ("fragments", "role.fix.md"),
        ("fragments", "mine.md"),
    }


def test_names_from_the_prompt_itself_may_be_written_with_this(own: Path) -> None:
    path = write(own, "mine.md", "id: mine\nslot: role", "{{this.file.name}} {{this.nothing}}")
    reading = read_fragment(path.read_text("utf-8"), "mine", "user", str(path))
    found = troubles_of(reading, load_library(None), World())
    assert [one.message for one in found] == [
        "There is no variable `this.nothing`. Is `others` meant?"
    ]


def test_of_two_files_with_one_id_the_one_that_is_not_used_is_told(own: Path) -> None:
    write(own, "a.md", "id: mine\nslot: task", "First.")
    write(own, "b.md", "id: mine\nslot: task", "Second.")
    library = load_library(None)
    notes = compose(library, TO, ASKED).notes
    assert "`b.md` is not used: it has the id of `a.md`, `mine`." in notes
    [found] = examine_fragments(own.parent, Policy())
    assert (found.subject, found.text) == (
        "b.md",
        "It is not used: another file has the same id, `mine`.",
    )
    renamed = read_fragment("---\nid: other\nslot: task\n---\nx", "a", "user", str(own / "a.md"))
    assert renamed.fragment is not None
    counts = library.with_fragment(renamed.fragment).find("mine")
    assert counts is not None
    assert counts.path == str(own / "b.md")

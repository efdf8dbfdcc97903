from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context import grammar
from understudy.context.syntax import Source


@given(st.text(alphabet=st.sampled_from("aπ😀\r\n\t x=(\ufeff")))
def test_offsets_survive_the_way_to_bytes_and_back(text: str) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        assert source.byte(offset) == len(text[:offset].encode())
        assert source.at(source.byte(offset)) == offset


def test_a_byte_inside_a_character_is_the_characters_start() -> None:
    assert [Source("π😀x").at(byte) for byte in range(8)] == [0, 0, 1, 1, 1, 1, 2, 3]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    source = Source("x = '\ud83d'\ny = 1\n")
    assert source.word(source.node_at(8)) == "y"


def test_long_runs_of_comments_leave_everything_behind_them_in_its_place() -> None:
    text = 'x = "π😀"\n' + "    # a note\n" * 3_000 + "def late(first):\n    return first\n"
    source = Source(text)
    node = source.node_at(text.index("late"))
    assert source.word(node) == "late"
    assert source.span(node).of(text) == "late"


@given(st.text(alphabet=st.sampled_from("aπ€😀\r\n\t x=(:#'\ufeff\ud83d")), st.integers(4, 9))
def test_a_text_read_in_pieces_has_the_same_tree(text: str, size: int) -> None:
    whole = Source(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grammar, "_PIECE", size)
        pieces = Source(text)
    assert drawn(pieces) == drawn(whole)


def drawn(source: Source) -> list[tuple[str, int, int]]:
    """Every node of a tree with its place."""
    todo, found = [source.root], []
    while todo:
        node = todo.pop()
        found.append((node.type, node.start_byte, node.end_byte))
        todo += node.children
    return found

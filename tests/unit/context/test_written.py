"""The code of nodes, and that nested code is not written out at each level."""

from __future__ import annotations

from understudy.context.behaviour import other_behaviour
from understudy.context.whole_trees import nodes, sound_tree
from understudy.context.written import sign_of, written
from understudy.languages import grammar_of

PYTHON = grammar_of("python")
LEVELS = 500


def _all_written(text: str) -> int:
    source = sound_tree(text, PYTHON)
    assert source is not None
    return sum(len(written(node, node, source)) for node in nodes(source.root))


def test_what_is_written_of_nested_code_grows_with_its_length() -> None:
    short, long = ("x = " + "a + " * count + "1\n" for count in (LEVELS, 4 * LEVELS))
    assert _all_written(long) < 5 * _all_written(short)


def test_blanks_tell_nothing_of_short_code_or_of_long_code() -> None:
    for count in (3, LEVELS):
        name = "f(" + ", ".join(f"a{number}" for number in range(count)) + ")"
        source, other = (sound_tree(text, PYTHON) for text in (name, name.replace("f(", "f(  ")))
        assert source is not None
        assert other is not None
        first, second = source.root.named_children[0], other.root.named_children[0]
        assert (
            written(first, first, source).split()[-1] == written(second, second, other).split()[-1]
        )


def test_nothing_long_is_an_operator() -> None:
    source = sound_tree("a not  in b\nabcdefghijkl\n", PYTHON)
    assert source is not None
    signs = {sign_of(node, source) for node in nodes(source.root)}
    assert "not in" in signs
    assert "abcdefghijkl" not in signs


def test_operators_between_long_operands_are_compared() -> None:
    long = " + ".join(f"a{number}" for number in range(LEVELS))
    before = f"def f(x):\n    return x == {long}\n"
    assert other_behaviour(before, before.replace("==", "!="), PYTHON)
    assert not other_behaviour(before, before.replace("def f", "def  f"), PYTHON)
    chained = f"x = {long}\n"
    assert other_behaviour(chained, chained.replace("a7 + a8", "a7 - a8"), PYTHON)

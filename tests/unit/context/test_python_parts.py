from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.context.python_parts import part_around, places_of, silences, silent
from understudy.context.python_tokens import scan
from understudy.core.text import Span

LINES = "".join(f"def f{n}(x):\n    return '{n}' + x  # {n}\n\n\n" for n in range(400))
PIECES = st.sampled_from(["x", "'", '"', "'''", '"""', "#", "\\", "\n", "\r\n", " ", "(", "r", "é"])
BROKEN = st.lists(PIECES, max_size=60).map("".join)


@given(BROKEN)
def test_strings_and_comments_are_those_that_the_tokens_are(text: str) -> None:
    tokens = [token for token in scan(text).tokens if token.kind in {"string", "comment"}]
    assert [(token.start + len(token.prefix), token.end) for token in tokens] == [
        (span.start, span.end) for span in silences(text)
    ]


def test_the_first_character_of_a_string_is_not_inside_it() -> None:
    text = "a = 'b'  # c\n"
    assert [silent(text, place) for place in (4, 5, 6, 7)] == [False, True, True, False]
    assert silent(text, 11)


def test_a_short_text_is_one_part() -> None:
    assert part_around("x = 1\n" * 100, 300) == Span(0, 600)


def test_a_part_of_a_long_text_is_whole_statements_around_the_place() -> None:
    part = part_around(LINES, len(LINES) // 2)
    assert 0 < part.start < len(LINES) // 2 < part.end < len(LINES)
    assert LINES[part.start :].startswith("def ")
    assert LINES[part.end :].startswith("def ")


def test_a_part_never_begins_or_ends_inside_a_string() -> None:
    prose = "\n".join(["to be or not to be"] * 400)
    text = f'a = 1\nb = """{prose}"""\nc = 2\n' + LINES
    assert part_around(text, text.index("c = 2")).start <= text.index("b =")
    assert part_around(text, len(prose) // 2).end >= text.index("c = 2")


def test_a_part_does_not_begin_behind_a_backslash() -> None:
    text = "x = 1 + \\\n" * 2_000 + "2\n"
    assert part_around(text, len(text) // 2) == Span(0, len(text))


def test_the_tokens_of_a_part_stand_where_they_do_in_the_whole_text() -> None:
    near = scan(LINES, len(LINES) // 2)
    part = near.part
    assert near.tokens == tuple(
        token for token in scan(LINES).tokens if part.start <= token.start < part.end
    )


def test_places_outside_of_a_part_are_looked_up_in_the_whole_text() -> None:
    near, whole = scan(LINES, len(LINES) // 2), scan(LINES)
    assert near.statement(20) == whole.statement(20)
    assert near.before(20) == whole.before(20)
    assert near.on_line(1) == whole.on_line(1) != []


def test_a_word_is_counted_as_a_whole_and_in_code_only() -> None:
    source = scan("ab = a + 'a'  # a\n_a = a.a\né = aé\n")
    assert source.count("a") == 3
    assert source.count("") == 0


@given(BROKEN, st.sampled_from(["x", "r", "é"]))
def test_places_of_a_word_hold_it_alone(text: str, word: str) -> None:
    for place in places_of(text, word):
        around = text[max(place - 1, 0) : place + 2].replace(word, " ", 1)
        assert not any(char.isalnum() for char in around)

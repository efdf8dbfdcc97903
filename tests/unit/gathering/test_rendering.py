"""Lines of a text, with marks for those between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.core.lines import LineIndex
from understudy.gathering.rendering import shown

RANGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda one: range(*one)))
TEXTS = st.text(st.sampled_from("ab \t\n\r\f\u2028🙂"), max_size=60)


def line_by_line(lines: LineIndex, ranges: list[range]) -> str:
    """The same, the long way."""
    text, before = "", None
    for line in sorted({line for one in ranges for line in one if line < len(lines)}):
        content = lines.content(line)
        if before is not None and any(lines.content(at).strip() for at in range(before, line)):
            text += f"{content[: len(content) - len(content.lstrip())]}# …\n"
        text += f"{content}\n"
        before = line + 1
    return text


@given(TEXTS, RANGES)
def test_the_lines_of_some_ranges_are_shown_each_once(text: str, ranges: list[range]) -> None:
    lines = LineIndex(text)
    assert shown(lines, ranges, "python") == line_by_line(lines, ranges)

"""What is said of a block that leads to the text as it is."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.reading.nothing_changed import nothing_changed
from understudy.workspace.view import View

FIRST = "export function first(): number {\n  return 0;\n}\n"
SCRIPT = f"{FIRST}\nexport function last(): number {{\n  log();\n  return 1;\n}}\n"
STYLES = ".a {\n  color: red;\n}\n\n.b {\n  color: blue;\n}\n\n.c {\n  top: 0;\n}\n"


@pytest.mark.parametrize(
    ("language", "text", "reply", "lacking"),
    [
        ("typescript", SCRIPT, FIRST, "`last`"),
        ("css", STYLES, STYLES[: STYLES.index(".c")], "`.c {`"),
        ("css", STYLES, STYLES.replace(".b {\n  color: blue;\n}\n\n", ""), "`.b {`"),
    ],
)
def test_a_whole_file_without_a_definition_is_told_which_one_it_lacks(
    language: str, text: str, reply: str, lacking: str
) -> None:
    view = View("file:///a", text, Policy(), language=language)
    with pytest.raises(UnreadableError) as caught:
        all_edit_formats()["whole_file"].read(
            f"```\n{reply}```\n", Region(view, range(len(view.index)))
        )
    assert caught.value.refusal is Refusal.NO_CHANGE
    assert lacking in str(caught.value)
    assert "search/replace" in caught.value.teaching


def test_a_block_that_is_the_text_or_little_of_it_changes_nothing() -> None:
    lines = [f"run({at})" for at in range(20)]
    for own in (lines, lines[:3], [*lines[:15], "// And so on."]):
        assert str(nothing_changed(own, lines)) == "The block changes nothing."
    assert "`run(15)`" in str(nothing_changed(lines[:15], lines))

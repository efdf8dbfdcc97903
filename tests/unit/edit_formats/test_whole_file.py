from __future__ import annotations

import pytest

from tests.unit.edit_formats.texts import document, whole
from understudy.edit_formats import FileChange, Reading, Region
from understudy.edit_formats.whole_file import EDIT_FORMAT
from understudy.reading import Match, Refusal, UnreadableError

TEXT = '''"""Doc."""
import os


class A:
    def f(self):
        return reslt

    def g(self):
        return 2


def top(x):
    # c
    return x


def other():
    return os
'''
EXPECTED = TEXT.replace("reslt", "result")
TOP = "def top(x):\n    # c\n    return x + 1\n"
WITH_TOP = TEXT.replace("    return x\n", "    return x + 1\n")


def read(reply: str, where: Region | None = None) -> Reading:
    return EDIT_FORMAT.read(reply, where or whole(TEXT))


def refused(reply: str, where: Region | None = None) -> Refusal:
    with pytest.raises(UnreadableError) as caught:
        read(reply, where)
    assert caught.value.teaching
    return caught.value.refusal


@pytest.mark.parametrize(
    "reply",
    [
        f"```python\n{EXPECTED}```",
        f"```\n{EXPECTED}```",
        f"````python\n{EXPECTED}````",
        f"**src/a.py**\n```python\n{EXPECTED}```",
        f"### `src/a.py` (updated)\n\n```python\n{EXPECTED}```",
        f"Here is the new `a.py`:\n```python\n{EXPECTED}```",
        f"```python src/a.py\n{EXPECTED}```",
        f"```python:src/a.py\n{EXPECTED}```",
        f'```python title="src/a.py"\n{EXPECTED}```',
        f"```src/a.py\n{EXPECTED}```",
        f"```python\n# src/a.py\n{EXPECTED}```",
        f"```python\n# File: a.py\n\n{EXPECTED}```",
        f"```python\npython\n{EXPECTED}```",
        f"```python\nHere is the fixed code:\n\n{EXPECTED}```",
        f"```python\n{EXPECTED}```\n```bash\npython src/a.py\n```",
        f"```text\nNameError: reslt\n```\n```python\n{EXPECTED}```",
        f"Change:\n```python\n        return result\n```\nAll:\n```python\n{EXPECTED}```",
        EXPECTED,
        f"Here is the fixed file:\n\n{EXPECTED}\nI fixed the name.",
        f"<file path='src/a.py'>\n{EXPECTED}</file>\nThat is all.",
    ],
)
def test_the_block_takes_the_files_place(reply: str) -> None:
    reading = read(reply)
    assert reading.after == EXPECTED
    assert reading.match is Match.GIVEN
    assert reading.risk != "high"


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        (f"**src/b.py**\n```python\n{EXPECTED}```", Refusal.OTHER_FILE),
        (f"```python:../a.py\n{EXPECTED}```", Refusal.UNSAFE_PATH),
        (f"```python:.git/hooks/x.py\n{EXPECTED}```", Refusal.UNSAFE_PATH),
        ("```bash\npython a.py\n```", Refusal.NO_EDIT),
        ("Rename it to `result`.", Refusal.NO_EDIT),
        ("Done", Refusal.NO_EDIT),
        ("I'm sorry, but I can't do this.", Refusal.DECLINED),
        (f"```python\n{EXPECTED}", Refusal.TRUNCATED),
        ("```python\n```", Refusal.EMPTY),
        (f"```python\n{TEXT}```", Refusal.NO_CHANGE),
        ("```python\n        return result\n```", Refusal.ELIDED),
        ("```python\nimport os\n\n\ndef top(x):\n    return 1\n```", Refusal.ELIDED),
        ("```python\nclass A:\n    def f(self):\n        pass\n\n    x = 1\n```", Refusal.ELIDED),
        ("```python\ndef new(x):\n    return 1\n```", Refusal.NO_EDIT),
        (
            "```python\nimport re\n\n# ... rest of the code ...\n```",
            Refusal.ELIDED,
        ),
        (
            f"```python\n{EXPECTED}```\nor\n```python\n{WITH_TOP}```",
            Refusal.AMBIGUOUS,
        ),
    ],
)
def test_a_reply_that_is_not_clearly_the_file_is_refused(reply: str, refusal: Refusal) -> None:
    assert refused(reply) is refusal


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (TOP, WITH_TOP),
        ("".join(f"    {line}\n" for line in TOP.splitlines()), WITH_TOP),
        ("    def f(self):\n        return result\n", EXPECTED),
        ("def f(self):\n    return result\n", EXPECTED),
        ("class A:\n    def f(self):\n        return result\n", EXPECTED),
    ],
)
def test_a_single_definition_takes_the_place_of_the_one_with_its_name(
    block: str, expected: str
) -> None:
    reading = read(f"```python\n{block}```")
    assert reading.after == expected
    assert reading.match is Match.ELISION
    assert reading.risk == "low"


def test_a_definition_whose_name_occurs_twice_is_nobodys_choice() -> None:
    text = TEXT + "\n\ndef f(self):\n    return 1\n"
    assert refused("```python\ndef f(self):\n    return 3\n```", whole(text)) is Refusal.AMBIGUOUS


def test_decorators_that_the_block_leaves_out_stay() -> None:
    text = "import os\n\n\n@cache\ndef f():\n    return reslt\n"
    assert read("```python\ndef f():\n    return result\n```", whole(text)).after == (
        text.replace("reslt", "result")
    )


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (f"# ... existing code ...\n\n{TOP}\n\ndef other():\n# ... existing code ...\n", WITH_TOP),
        (f"# ... existing code ...\n\n{TOP}\n\ndef other():\n    return os\n", WITH_TOP),
        (
            EXPECTED[: EXPECTED.index("\n\ndef top")] + "\n# ... rest of the file unchanged ...\n",
            EXPECTED,
        ),
    ],
)
def test_lines_left_out_between_sure_anchors_are_filled_in(block: str, expected: str) -> None:
    reading = read(f"```python\n{block}```")
    assert reading.after == expected
    assert reading.match is Match.ELISION


def test_a_part_of_a_file_in_any_language_is_no_file() -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    assert refused("```\nline 3\nline four\n```", whole(text, "go", "a.go")) is Refusal.ELIDED


def test_line_ends_the_byte_order_mark_and_the_missing_last_end_stay() -> None:
    text = "\ufeffa = 1\r\nb = reslt\r\nc = 3"
    reading = read("```python\na = 1\nb = result\nc = 3\n```", whole(text))
    assert reading.after == text.replace("reslt", "result")


def test_blocks_inside_of_markdown_are_text() -> None:
    old = "# Title\n\n```\nls\n```\n\n```python\nx = 1\n```\n"
    new = old.replace("x = 1", "x = 2")
    where = whole(old, "markdown", "README.md")
    assert read(f"````markdown\n{new}````", where).after == new
    assert read(f"```markdown\n{new}```\nDone.", where).after == new


def test_several_files_are_told_apart_by_their_paths() -> None:
    other = document("x = 1\n", "python", "src/b.py")
    view = document(TEXT)
    where = Region(view, range(len(view.index)), {"src/b.py": other}, may_create=True)
    reply = (
        f"**src/a.py**\n```python\n{EXPECTED}```\n"
        "`src/b.py`:\n```python\nx = 2\n```\n"
        "```python\n# src/c.py\ny = 3\n```\n"
        "```bash\npython -m src.a\n```\n"
    )
    reading = read(reply, where)
    assert reading.after == EXPECTED
    assert reading.others == (FileChange("src/b.py", "x = 2\n"), FileChange("src/c.py", "y = 3\n"))
    assert reading.leftovers == ("python -m src.a\n",)


def test_another_file_alone_may_change() -> None:
    other = document("x = 1\n", "python", "src/b.py")
    view = document(TEXT)
    where = Region(view, range(len(view.index)), {"src/b.py": other})
    reading = read("src/b.py\n```python\nx = 2\n```\n", where)
    assert (reading.after, reading.others) == (TEXT, (FileChange("src/b.py", "x = 2\n"),))


def test_a_first_line_that_looks_like_prose_but_parses_stays() -> None:
    text = "a = 1\nb = 2\n"
    assert read("```python\nNote: int\na = 1\nb = 3\n```", whole(text)).after == (
        "Note: int\na = 1\nb = 3\n"
    )


def test_rules_name_the_file_and_a_fence_that_it_does_not_hold() -> None:
    where = whole("```\nx\n```\n", "markdown", "README.md")
    assert "````markdown" in EDIT_FORMAT.rules(where)
    assert "`README.md`" in EDIT_FORMAT.rules(where)


def test_a_foreign_path_makes_a_reply_hopeless_at_once() -> None:
    assert EDIT_FORMAT.watch("```python:../b.py\nx\n```\n", whole(TEXT)).hopeless


def test_a_text_to_the_letter_may_begin_with_a_comment_that_looks_like_a_path() -> None:
    where = whole("import os\n")
    assert EDIT_FORMAT.read(EDIT_FORMAT.write(where, "# .@a\n"), where).after == "# .@a\n"


@pytest.mark.parametrize(
    "word",
    ["code", "py-fixed", "updated", "starlark", "unknown", "output", "js", "json", "markdown"],
)
def test_the_only_block_is_the_file_by_its_lines_whatever_word_stands_behind_the_fence(
    word: str,
) -> None:
    assert read(f"```{word}\n{EXPECTED}```").after == EXPECTED
    assert read(f"```{word}\n{WITH_TOP}```").after == WITH_TOP


def test_a_block_under_another_word_is_left_where_it_is_no_text_of_the_file_or_not_alone() -> None:
    for word, text in (
        ("output", "7\n"),
        ("mermaid", "graph TD\n  A --> B\n"),
        ("json", '{"a": 1}\n'),
        ("js", "export function f() {\n  return 1;\n}\n"),
        ("bash", EXPECTED),
    ):
        assert refused(f"```{word}\n{text}```") is Refusal.NO_EDIT, word
    other = WITH_TOP.replace("x + 1", "x + 2")
    assert read(f"```before\n{other}```\n\n```python\n{EXPECTED}```").after == EXPECTED

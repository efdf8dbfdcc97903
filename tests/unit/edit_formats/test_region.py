from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.core.failures import FailureCategory
from understudy.edit_formats import Progress, Region
from understudy.edit_formats.region import EDIT_FORMAT
from understudy.reading import Match, Refusal, Repair, UnreadableError
from understudy.workspace.view import View

TEXT = "import os\n\n\nclass A:\n    def f(self):\n        return reslt\n\n    def g(self):\n        return 2\n"
METHOD = range(4, 6)
NEW = "    def f(self):\n        return result\n"


def region(text: str = TEXT, lines: range = METHOD, language: str = "python") -> Region:
    return Region(View("file:///a.py", text, Policy(), language=language), lines)


def after(reply: str, where: Region | None = None) -> str:
    return EDIT_FORMAT.read(reply, where or region()).after


def category(reply: str, where: Region | None = None) -> FailureCategory:
    with pytest.raises(UnreadableError) as caught:
        EDIT_FORMAT.read(reply, where or region())
    assert str(caught.value)
    return caught.value.failure.category


EXPECTED = TEXT.replace("reslt", "result")


@pytest.mark.parametrize(
    "reply",
    [
        f"```python\n{NEW}```",
        f"Here it is.\n\n```python\n{NEW}```\n\nThe name was misspelt.",
        f"~~~python\n{NEW}~~~",
        f'````py title="a.py"\n{NEW}````',
        f"```\n{NEW}```",
        f"```python\r\n{NEW.replace(chr(10), chr(13) + chr(10))}```\r\n",
        f"Let me see.</think>\n```python\n{NEW}```",
        f"```text\nnot this\n```\n```python\n{NEW}```",
        f"```python\n{NEW}``` \n",
        f"  ```python\n{NEW}  ```",
    ],
)
def test_the_block_takes_the_regions_place(reply: str) -> None:
    assert after(reply) == EXPECTED


def test_the_text_around_the_block_is_kept_apart() -> None:
    reading = EDIT_FORMAT.read(f"<think>hm</think>Done.\n```\n{NEW}```\nSurely.", region())
    assert reading.prose == "Done.\nSurely."


def test_a_block_that_was_moved_out_is_moved_back() -> None:
    reading = EDIT_FORMAT.read("```python\ndef f(self):\n    return result\n```", region())
    assert reading.after == EXPECTED
    assert reading.repairs == (Repair("block indented"),)


def test_a_first_line_that_lost_its_blanks_gets_them_back() -> None:
    reading = EDIT_FORMAT.read("```python\ndef f(self):\n        return result\n```", region())
    assert reading.after == EXPECTED
    assert reading.repairs == (Repair("first line indented", "def f(self):"),)


def test_a_whole_file_in_place_of_the_region_is_seen() -> None:
    reading = EDIT_FORMAT.read(f"```python\n{EXPECTED}```", region())
    assert reading.after == EXPECTED
    assert reading.repairs == (Repair("whole file"),)


def test_blank_lines_and_the_first_lines_indentation_stay_byte_for_byte() -> None:
    body = "    def f(self):\n\n\n\n        return result  \n"
    assert after(f"```python\n{body}```") == TEXT.replace(
        "    def f(self):\n        return reslt\n", body
    )


def test_a_block_inside_the_block_is_text() -> None:
    where = region("# Title\n\nold\n", range(3), "markdown")
    inner = "# Title\n\n```python\nx = 1\n```\n\nnew\n"
    assert after(f"```markdown\n{inner}```", where) == inner
    assert after(f"````markdown\n{inner}````", where) == inner


def test_rules_ask_for_a_fence_that_the_text_does_not_hold() -> None:
    where = region("```\nold\n```\n", range(3), "markdown")
    assert "````markdown" in EDIT_FORMAT.rules(where)


def test_line_ends_and_the_missing_end_of_the_file_stay() -> None:
    text = "a = 1\r\nb = reslt"
    assert after("```python\na = 1\nb = result\n```", region(text, range(2))) == (
        "a = 1\r\nb = result"
    )


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("", FailureCategory.EMPTY_OUTPUT),
        ("  \n\n", FailureCategory.EMPTY_OUTPUT),
        ("```python\n```", FailureCategory.EMPTY_OUTPUT),
        ("<think>all of it</think>\n", FailureCategory.EMPTY_OUTPUT),
        ("The name is misspelt; write `result`.", FailureCategory.PARSE_ERROR),
        ("I'm sorry, but I can't help with that request.", FailureCategory.REFUSAL),
        ("As an AI, I will not do this.", FailureCategory.REFUSAL),
        ("I can see the name is wrong. " * 30, FailureCategory.PARSE_ERROR),
        (f"```python\n{NEW}```\nor\n```python\n{NEW}x\n```", FailureCategory.EDIT_APPLY_FAILED),
        (f"```python\n{NEW}", FailureCategory.INCOMPLETE_OUTPUT),
        (
            "```python\n    def f(self):\n        return reslt\n```",
            FailureCategory.EDIT_APPLY_FAILED,
        ),
    ],
)
def test_a_reply_without_a_clear_edit_is_a_failure(reply: str, expected: FailureCategory) -> None:
    assert category(reply) is expected


def test_thinking_tags_in_code_are_code() -> None:
    body = '    def f(self):\n        return "<think>x</think>"\n'
    assert after(f"```python\n{body}```") == TEXT.replace(
        "    def f(self):\n        return reslt\n", body
    )


@given(st.text(alphabet="`~python \n<think>/abc\r", max_size=200))
def test_any_reply_is_an_edit_or_a_failure(reply: str) -> None:
    with contextlib.suppress(UnreadableError):
        assert EDIT_FORMAT.read(reply, region()).after != TEXT


@given(st.text(alphabet="ab `~#\n", min_size=1, max_size=120))
def test_whatever_is_fenced_as_asked_comes_back(body: str) -> None:
    where = region("x\n", range(1))
    body = body if body.endswith("\n") else body + "\n"
    if not body.strip() or body == "x\n" or "~~~" in body:
        return
    fence = "`" * 20
    assert after(f"{fence}python\n{body}{fence}", where) == body


def test_the_indentation_of_the_fence_is_taken_off() -> None:
    text = "def f():\n    return reslt\n"
    where = region(text, range(2))
    item = "1. Here:\n\n   ```python\n   def f():\n       return result\n   ```\n"
    assert after(item, where) == text.replace("reslt", "result")
    beside = "  ```python\ndef f():\n    return result\n  ```\n"
    assert after(beside, where) == text.replace("reslt", "result")


def test_blanks_become_tabs_where_the_document_has_tabs() -> None:
    text = "class A:\n\tdef f(self):\n\t\tif x:\n\t\t\treturn reslt\n"
    method = "def f(self):\n    if x:\n        return result\n"
    deeper = "".join(f"    {line}\n" for line in method.splitlines())
    for body in (method, deeper):
        reading = EDIT_FORMAT.read(f"```\n{body}```", region(text, range(1, 4)))
        assert reading.after == text.replace("reslt", "result")
        assert Repair("indentation converted") in reading.repairs


def test_tabs_become_blanks_where_the_document_has_blanks() -> None:
    for step in ("  ", "    "):
        text = TEXT.replace("    ", step)
        tabbed = NEW.replace("    ", "\t")
        assert after(f"```\n{tabbed}```", region(text)) == text.replace("reslt", "result")


def test_a_document_with_both_keeps_what_was_written() -> None:
    text = "if a:\n\tx()\nif b:\n    y()\n"
    body = "if a:\n    z()\nif b:\n    y()\n"
    assert after(f"```\n{body}```", region(text, range(4))) == body


TABBED = "class A:\n\tdef f(self):\n\t\tq = '''\n  select\n\t\t'''\n\t\treturn reslt\n"


def test_lines_inside_of_strings_keep_their_blanks() -> None:
    reply = (
        "```python\n    def f(self):\n        q = '''\n    where x\n        '''\n"
        "        return result\n```"
    )
    assert after(reply, region(TABBED, range(1, 6))) == (
        "class A:\n\tdef f(self):\n\t\tq = '''\n    where x\n\t\t'''\n\t\treturn result\n"
    )


def test_lines_of_a_string_that_the_document_has_get_its_tabs() -> None:
    text = 'def f():\n\t"""Do.\n\n\tTwice.\n\t"""\n\treturn reslt\n'
    reply = '```\ndef f():\n    """Do.\n\n    Twice.\n    """\n    return result\n```'
    assert after(reply, region(text, range(6))) == text.replace("reslt", "result")


def test_nothing_is_converted_where_strings_can_not_be_told() -> None:
    text = "func f() {\n\tq := `\n  a\n`\n\treturn reslt\n}\n"
    body = "func f() {\n    q := `\n    a\n`\n    return result\n}\n"
    assert after(f"```go\n{body}```", region(text, range(6), "go")) == body


def test_a_fence_that_is_moved_in_far_is_seen() -> None:
    text = "def f():\n    return reslt\n"
    reply = "1. Here:\n\n      ```python\n      def f():\n          return result\n      ```\n"
    assert after(reply, region(text, range(2))) == text.replace("reslt", "result")


def refused(reply: str, where: Region | None = None) -> Refusal:
    with pytest.raises(UnreadableError) as caught:
        EDIT_FORMAT.read(reply, where or region())
    return caught.value.refusal


def test_lines_that_were_left_out_are_filled_in_between_sure_anchors() -> None:
    text = "def f():\n    a = 1\n    b = 2\n    c = 3\n    return reslt\n"
    reply = "```\ndef f():\n    # ... existing code ...\n    c = 3\n    return result\n```"
    reading = EDIT_FORMAT.read(reply, region(text, range(5)))
    assert reading.after == text.replace("reslt", "result")
    assert reading.match is Match.ELISION


def test_lines_that_were_left_out_without_an_anchor_are_refused() -> None:
    reply = "```\n    def h(self):\n        # ... rest of the code ...\n```"
    assert refused(reply) is Refusal.ELIDED


def test_commands_are_never_written_to_a_file_of_code() -> None:
    assert refused("```bash\npip install x\n```") is Refusal.NO_EDIT
    assert refused("```diff\n-a\n+b\n```") is Refusal.NO_EDIT
    where = region("ls\n", range(1), "shellscript")
    assert after("```bash\nls -l\n```", where) == "ls -l\n"


def test_a_block_sent_twice_is_one() -> None:
    assert after(f"```python\n{NEW}```\nAgain:\n```python\n{NEW}```") == EXPECTED


def test_a_word_for_the_language_inside_of_the_block_is_dropped() -> None:
    assert after(f"```\npython\n{NEW}```") == EXPECTED


def test_a_byte_order_mark_stays_as_the_document_has_it() -> None:
    text = "\ufeffx = reslt\n"
    assert after("```\nx = result\n```", region(text, range(1))) == "\ufeffx = result\n"
    assert after("```\n\ufeffx = 1\n```", region("x = 2\n", range(1))) == "x = 1\n"


def test_each_line_of_a_document_with_several_line_ends_keeps_its_own() -> None:
    text = "a = 1\r\nb = 2\nc = reslt\r\n"
    assert after("```\na = 1\nb = 2\nc = result\n```", region(text, range(3))) == (
        "a = 1\r\nb = 2\nc = result\r\n"
    )


def test_a_text_outside_of_the_region_can_not_be_written() -> None:
    with pytest.raises(ValueError, match="outside"):
        EDIT_FORMAT.write(region(), TEXT.replace("import os", "import re"))


def test_an_edit_is_shown_once_its_fence_is_closed_and_two_are_hopeless() -> None:
    assert EDIT_FORMAT.watch(f"```\n{NEW}```", region()) == Progress()
    assert EDIT_FORMAT.watch(f"```\n{NEW}```\n", region()) == Progress(1, EXPECTED)
    assert EDIT_FORMAT.watch(f"```\n{NEW}```\nor\n```\nx\n```\n", region()).hopeless


def test_code_without_a_fence_is_not_shown_while_it_is_written() -> None:
    assert after(NEW) == EXPECTED
    assert EDIT_FORMAT.watch(NEW, region()) == Progress()

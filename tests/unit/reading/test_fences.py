from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.fences import fence_around, fenced
from understudy.reading.markdown import outermost
from understudy.reading.tagged import blocks_in

CODE = "def f():\n    return 1\n"


@pytest.mark.parametrize(
    ("opening", "word"),
    [
        ("```python", "python"),
        ("```c++", "c++"),
        ("```objective-c", "objective-c"),
        ("~~~python", "python"),
        ('```python title="a.py"', "python"),
        ("```{.python .numberLines}", "python"),
        ("```{python}", "python"),
        ("```python:src/a.py", "python"),
        ("```src/a.py", ""),
        ("```a.py", ""),
        ("```title=a.py", ""),
        ("```", ""),
        ("``` Python ", "python"),
        ("`````python", "python"),
    ],
)
def test_the_word_behind_a_fence_is_the_language(opening: str, word: str) -> None:
    marks = opening[: len(opening) - len(opening.lstrip("`~"))]
    (block,) = fenced(f"{opening}\n{CODE}{marks}\n").blocks
    assert (block.word, block.text) == (word, CODE)


@pytest.mark.parametrize(
    "body",
    [
        "    indented\n",
        "\n\n\nx\n\n\n",
        "\tx\n",
        "x\r\ny\r\n",
        "\ufeffx\n",
        "x\u200b\ny \n",
        "",
        "\x0cx\u2028y\n",
        "- ```\n  x\n",
        "    ```\n    x\n    ```\n",
    ],
)
def test_the_text_of_a_block_is_kept_byte_for_byte(body: str) -> None:
    assert fenced(f"```\n{body}```\n").blocks[0].text == body


def test_fences_end_in_any_line_end() -> None:
    assert fenced("```python\r\nx\r\n```\r\n").blocks[0].text == "x\r\n"


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("1. So:\n\n   ```\n   a\n     b\n   ```\n", "a\n  b\n"),
        ("1. So:\n    ```\n    a\n\n      b\n    ```\n", "a\n\n  b\n"),
        ("- ```\n  a\n  ```\n", "a\n"),
        ("> ```\n> a\n>\n> b\n> ```\n", "a\n\nb\n"),
        ("        ```python\n        a\n        ```\n", "a\n"),
        ("\t```\n\ta\n\t```\n", "a\n"),
        ("  ```\na\n  ```\n", "a\n"),
    ],
)
def test_a_fence_may_stand_anywhere_in_its_line(reply: str, text: str) -> None:
    assert fenced(reply).blocks[0].text == text


def test_a_longer_fence_holds_shorter_ones() -> None:
    inner = "```python\nx\n```\n"
    assert fenced(f"````markdown\n{inner}````\n").blocks[0].text == inner


def test_a_fence_with_a_word_inside_of_a_block_opens_another_one() -> None:
    inner = "# Title\n```python\nx\n```\nmore\n"
    answer = fenced(f"```markdown\n{inner}```\nDone.")
    assert answer.blocks[0].text == inner
    assert answer.prose == "Done."


def test_bare_fences_inside_of_markdown_are_taken_in_pairs() -> None:
    inner = "# Title\n```\nls\n```\nmore\n"
    reply = f"Here:\n```markdown\n{inner}```\nDone."
    found = outermost(reply, "# Title\n```\nls\n```\n")
    assert found is not None
    assert (found.blocks[0].text, found.prose) == (inner, "Here:\nDone.")
    assert outermost(reply, "# Title\n") is None
    assert outermost("```markdown\na\n```\nthen\n```bash\nls\n```\n", "```\n```\n") is None


@pytest.mark.parametrize("reply", ["```python\nx\n", "```a\n```b\n```\n", "~~~\n```\n", "```\nx``"])
def test_a_block_that_is_never_closed_is_flagged(reply: str) -> None:
    answer = fenced(reply)
    assert answer.unclosed
    assert not answer.blocks


def test_the_line_above_a_block_is_known() -> None:
    reply = "**src/a.py**\n\n```\na\n```\n```\nb\n```\nLast:\n```\nc\n```\n"
    assert [block.before for block in fenced(reply).blocks] == ["**src/a.py**", "", "Last:"]


def test_places_are_those_of_the_text() -> None:
    reply = "π😀\n```\na\n```\nend"
    (block,) = fenced(reply).blocks
    assert reply[block.start : block.end] == "```\na\n```\n"


@given(st.text(), st.sampled_from(("", "python", "c++")))
def test_whatever_stands_in_a_fence_that_is_long_enough_is_read(body: str, word: str) -> None:
    fence = fence_around(body)
    (block,) = fenced(f"{fence}{word}\n{body}\n{fence}\n").blocks
    assert block.text == body + "\n"


@given(st.text(alphabet="`~ab \t\r\n>-1.{", max_size=200))
def test_blocks_and_prose_make_up_any_text(text: str) -> None:
    answer = fenced(text)
    end = 0
    for block in answer.blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end
    assert all(line in text for line in answer.prose.split("\n"))


def test_code_between_tags_is_read_where_there_is_no_fence() -> None:
    reply = '<artifact path="src/a.py" language="python">\nx = 1\n</artifact>\nThat is all.\n'
    answer = blocks_in(reply, "python")
    assert (answer.blocks[0].text, answer.blocks[0].word) == ("x = 1\n", "python")
    assert answer.prose == "That is all."
    assert blocks_in("<artifact>\nx = 1\n", "python").unclosed
    assert blocks_in("<div>\nx\n</div>\n", "html").blocks == ()


def test_text_behind_a_tag_around_a_fence_is_read() -> None:
    reply = "<artifact>\n```\na\n```\n</artifact>\nMore:\n```\nb\n```\n"
    assert [block.text for block in fenced(reply).blocks] == ["a\n", "b\n"]


def test_a_fence_around_a_fenced_answer_is_opened_unless_markdown_was_asked_for() -> None:
    reply = "````markdown\n```python\nx\n```\n````\n"
    assert blocks_in(reply, "python").blocks[0].text == "x\n"
    assert blocks_in(reply, "markdown").blocks[0].text == "```python\nx\n```\n"

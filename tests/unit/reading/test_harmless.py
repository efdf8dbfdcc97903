from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from understudy.reading.harmless import harmless, plain_words

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ALIVE = {"html_block", "html_inline", "link_open", "image"}
PIECES = st.sampled_from(
    [
        *("[", "]", "(", ")", "!", "<", ">", "`", "``", "```", "~~~", "\\", "\n", "\n\n", "    "),
        *("[x](command:a)", "![x](http://a.b/c)", "<img src=x>", "<!--", "-->", "> ", "- ", "1. "),
        *("[r]: command:a", "[r]", "<http://a.b>", "a", " ", "\t", "# ", "---\n", "&lt;", "```py"),
    ]
)


def alive(markdown: str) -> list[str]:
    """What a reader of Markdown would load, follow or run."""
    tokens = READER.parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    return [token.type for token in (*tokens, *inner) if token.type in ALIVE]


@given(st.lists(PIECES, max_size=40).map("".join))
def test_nothing_that_a_model_writes_does_anything(text: str) -> None:
    assert alive(harmless(text)) == []


@given(st.text())
def test_any_text_becomes_lines_that_end(text: str) -> None:
    assert harmless(text).endswith("\n")


@given(st.lists(PIECES, max_size=25).map("".join))
def test_the_beginning_of_a_reply_is_as_harmless_as_all_of_it(text: str) -> None:
    for end in range(len(text)):
        assert alive(harmless(text[:end])) == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [the docs](https://a.example/x).", "See the docs (https://a.example/x)."),
        ("[run me](command:evil.run)", "run me (command:evil.run)"),
        ("![a picture](https://a.example/p.png)", "a picture"),
        ("[![badge](https://a/b.png)](command:x)", "badge (command:x)"),
        ("a <script>alert(1)</script>", "a &lt;script>alert(1)&lt;/script>"),
        ("`list[int]` and `a < b`", "`list[int]` and `a < b`"),
        ("``[x](command:y)`", "\\`\\`x (command:y)\\`"),
        ("```html\n<b>[x](y)</b>\n```", "```html\n<b>[x](y)</b>\n```"),
        ("- one\n  ```py\n  x = 1\n  ```", "- one\n```py\nx = 1\n```"),
        ("```mermaid\nclick A\n```", "```\nclick A\n```"),
        ("```py\nx = 1", "```py\nx = 1\n```"),
        ("\u202eabc\x1b[31m", "abc\\[31m"),
    ],
)
def test_what_could_do_something_is_shown_as_letters(written: str, shown: str) -> None:
    assert harmless(written) == shown + "\n"


def test_words_for_a_diagnostic_stand_on_one_short_line() -> None:
    assert plain_words("a\n\n  b\t\u202ec", 80) == "a b c"
    assert plain_words("x" * 50, 10) == "x" * 9 + "…"

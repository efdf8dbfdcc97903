"""Ends that a block lacks and may: what is never reached, and whole definitions."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

METHOD = """\
    def total(self):
        result = 0
        for item in self.items:
            result += item.price
        return result
"""
GO = """\
func Total(prices []int) int {
\tsum := 0
\tfor _, price := range prices {
\t\tsum += price
\t\tseen(price)
\t}
\taudit(sum)
\treturn sum
}
"""
PLAIN_FUNCTION = "def name(a):\n    log(a)\n    return a.title()\n"
OLD_FUNCTION = "\n\n# It is old.\n@cached\ndef old(a):\n    log(a)\n    check(a)\n    return a\n"


def block(text: str) -> str:
    return f"```\n{text}```\n"


def read(text: str, reply: str, language: str = "python") -> Reading:
    """A block for a text that is not all of its document."""
    view = View("file:///a", f"{text}\n\nlast_of_all()\n", Policy(), language=language)
    return all_edit_formats()["region"].read(reply, Region(view, range(len(text.splitlines()))))


@pytest.mark.parametrize(
    ("language", "kept", "end"),
    [
        ("python", "def f(a):\n    if a:\n        return 1\n    else:\n        return 2\n", ""),
        ("python", "def f(a):\n    log(a)\n    sys.exit(a)\n", ""),
        ("python", "def f(a):\n    while True:\n        a.turn()\n", ""),
        (
            "typescript",
            "function f(a) {\n  try {\n    return g(a);\n  } catch (error) {\n    throw new E(a);\n  }\n",
            "}\n",
        ),
        ("rust", "fn f(a: &A) -> u8 {\n    loop {\n        a.turn();\n    }\n", "}\n"),
        (
            "go",
            "func f(a int) int {\n\tif a > 1 {\n\t\treturn 1\n\t} else if a > 0 {\n\t\treturn 2\n"
            "\t} else {\n\t\treturn 3\n\t}\n",
            "}\n",
        ),
    ],
)
def test_what_stands_behind_branches_that_all_leave_may_go(
    language: str, kept: str, end: str
) -> None:
    depth = "\t" if language == "go" else kept.splitlines()[1].split("l")[0].split("i")[0]
    depth = depth[: len(depth) - len(depth.lstrip())]
    text = f"{kept}{depth}return 0\n{end}"
    assert read(text, block(kept + end), language).risk == "none"
    # One way on is enough.
    for leaving in ("return 1", "return g(a);", "a.turn()", "sys.exit(a)"):
        if leaving in kept:
            other = kept.replace(leaving, "break" if leaving == "a.turn()" else "log(a)")
            reply = block(other + end)
            assert read(f"{other}{depth}return 0\n{end}", reply, language).risk == "high"
            break


@pytest.mark.parametrize(
    ("language", "kept", "gone", "end"),
    [
        ("python", PLAIN_FUNCTION, OLD_FUNCTION, ""),
        ("python", f"class A:\n{METHOD}", "\n" + METHOD.replace("total", "old"), ""),
        ("go", f"package m\n\n{GO}", "\n" + GO.replace("Total", "Old"), ""),
        (
            "java",
            "class A {\n  int size() {\n    return 1;\n  }\n",
            "\n  @Old\n  // That is old.\n  int old() {\n    log();\n    check();\n    return 2;\n  }\n",
            "}\n",
        ),
    ],
)
def test_a_block_that_lacks_the_last_definition_is_for_review(
    language: str, kept: str, gone: str, end: str
) -> None:
    reading = read(kept + gone + end, block(kept + end), language)
    assert reading.after.startswith(kept + end)
    assert reading.risk == "high"


def test_a_definition_that_goes_with_the_end_of_the_one_around_it_is_a_reply_that_stopped() -> None:
    text = "def f(a):\n    log(a)\n    def g():\n        return a\n    use(g)\n    return g\n"
    with pytest.raises(UnreadableError) as caught:
        read(text, block("".join(text.splitlines(keepends=True)[:2])))
    assert caught.value.refusal is Refusal.TRUNCATED

"""A block that is only the beginning of the lines that it is to replace."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

SAVE = """\
def save(rows, limit):
    done = 0
    for row in rows:
        store.put(row)
        done = done + 1
    if limit < done:
        raise ValueError(limit)
    unused = len(rows)
    store.commit()
    log.info(done)
    return done
"""
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
SCRIPT = """\
export function total(prices: number[]): number {
  let sum = 0;
  for (const price of prices) {
    sum += price;
  }
  audit(sum);
  log(sum);
  return sum;
}
"""
CLOSE = """\
def close(self):
    self.flush()
    self.file.close()
    self.log.info("closed")
"""
DEAD = """\
def name(self):
    return self.given
    log("never")
    return self.family
"""
STATEMENTS = "rows = load()\nstore(rows)\ncommit()\n"


def block(text: str) -> str:
    return f"```\n{text}```\n"


def first(count: int, text: str, end: str = "") -> str:
    return "".join(text.splitlines(keepends=True)[:count]) + end


def read(
    text: str,
    reply: str,
    language: str = "python",
    *,
    marked: range = range(0),
    form: str = "region",
) -> Reading:
    view = View("file:///a", text, Policy(), language=language)
    count = len(text.splitlines())
    # Another line below keeps the region from being the whole document.
    if form == "region":
        view = View("file:///a", f"{text}\n\nlast_of_all()\n", Policy(), language=language)
    return all_edit_formats()[form].read(reply, Region(view, range(count), marked=marked))


@pytest.mark.parametrize(
    ("text", "language", "kept", "end"),
    [
        (SAVE, "python", 7, ""),
        (SAVE, "python", 5, ""),
        (METHOD, "python", 2, ""),
        (GO, "go", 2, "}\n"),
        (GO, "go", 4, "\t}\n}\n"),
        (SCRIPT, "typescript", 2, "}\n"),
        (SCRIPT, "javascript", 5, "}\n"),
    ],
)
def test_a_function_that_is_cut_off_before_what_it_gives_back_is_refused(
    text: str, language: str, kept: int, end: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text, block(first(kept, text, end)), language)
    assert caught.value.refusal is Refusal.TRUNCATED
    assert text.splitlines()[kept].strip() in caught.value.teaching


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        (SAVE, "python", 3),
        (SAVE, "python", 6),
        (CLOSE, "python", 1),
        (GO, "go", 2),
        (GO, "go", 4),
        (SCRIPT, "typescript", 4),
    ],
)
def test_a_block_that_ends_within_a_block_of_code_is_refused(
    text: str, language: str, kept: int
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text, block(first(kept, text)), language)
    assert caught.value.refusal in {Refusal.TRUNCATED, Refusal.ELIDED}


@pytest.mark.parametrize(
    ("text", "language", "kept", "end"),
    [
        (SAVE, "python", 9, ""),
        (SAVE, "python", 10, ""),
        (METHOD, "python", 4, ""),
        (CLOSE, "python", 3, ""),
        (CLOSE, "python", 2, ""),
        (GO, "go", 7, "}\n"),
        (STATEMENTS, "python", 2, ""),
        (STATEMENTS, "javascript", 1, ""),
    ],
)
def test_lines_that_go_from_an_end_are_for_review(
    text: str, language: str, kept: int, end: str
) -> None:
    reading = read(text, block(first(kept, text, end)), language)
    assert reading.after.startswith(first(kept, text, end))
    assert reading.risk == "high"


@pytest.mark.parametrize("form", ["region", "whole_file"])
def test_what_a_diagnostic_marks_may_go_from_an_end(form: str) -> None:
    text = CLOSE.replace('self.log.info("closed")', "unused = len(\n        self.rows\n    )")
    reply = block(first(3, text))
    assert read(text, reply, marked=range(3, 4), form=form).risk == "none"
    assert read(text, reply, marked=range(1, 2), form=form).risk == "high"
    assert read(text, reply, marked=range(6), form=form).risk == "high"
    more = block(first(2, text))
    assert read(text, more, marked=range(3, 4), form=form).risk == "high"


@pytest.mark.parametrize(
    ("text", "language", "kept", "end"),
    [
        (DEAD, "python", 2, ""),
        ("function f() {\n  throw error;\n  log();\n}\n", "javascript", 2, "}\n"),
        ("def f(self):\n    self.flush()\n    return None\n", "python", 2, ""),
        ("def f(self):\n    self.flush()\n    return\n", "python", 2, ""),
        ("def f(self):\n    self.flush()\n    # done\n", "python", 2, ""),
        ("class A(B):\n    size = 2\n    pass\n", "python", 2, ""),
    ],
)
def test_an_end_that_does_nothing_may_go(text: str, language: str, kept: int, end: str) -> None:
    assert read(text, block(first(kept, text, end)), language).risk == "none"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # What follows a return on a condition is reached.
        ("def f(a):\n    if a: return 1\n    log(a)\n", 2),
        ("def f(a):\n    if a:\n        return 1\n    log(a)\n", 3),
        # A loop without its return never ends.
        ("def f(a):\n    while True:\n        a.turn()\n        return\n", 3),
        # A function is there before the lines above it are.
        ("function f() {\n  return g();\n  function g() {\n    return 1;\n  }\n}\n", 2),
    ],
)
def test_an_end_that_only_looks_idle_is_for_review(text: str, kept: int) -> None:
    is_python = text.startswith("def")
    reply = block(first(kept, text, "" if is_python else "}\n"))
    assert read(text, reply, "python" if is_python else "javascript").risk == "high"


def test_a_changed_function_without_its_end_is_for_review_behind_its_brace_too() -> None:
    cut = first(2, GO).replace(":= 0", ":= 1")
    for kept in (
        "\taudit(sum)\n}\n",
        "\tfor _, price := range prices {\n\t\tsum += price\n\t}\n}\n",
    ):
        assert read(GO, block(cut + kept), "go").risk == "high"


def test_a_function_that_loses_a_line_and_its_end_is_for_review() -> None:
    lines = SAVE.splitlines(keepends=True)
    assert read(SAVE, block("".join([lines[0], *lines[2:7], lines[8]]))).risk == "high"


@pytest.mark.parametrize("form", ["region", "whole_file"])
def test_a_file_without_its_last_lines_is_for_review(form: str) -> None:
    text = "".join(f"run({at})\n" for at in range(30))
    view = View("file:///a.py", text, Policy())
    reading = all_edit_formats()[form].read(block(first(28, text)), Region(view, range(31)))
    assert reading.risk == "high"


FILE = f"import os\n\n\n{SAVE}\n\nclass Cart:\n{METHOD}\n    def clear(self):\n        self.items = []\n"
GO_FILE = f"package m\n\nfunc Seen() int {{\n\treturn 1\n}}\n\n{GO}"


@pytest.mark.parametrize(
    ("text", "language", "reply"),
    [
        (FILE, "python", first(7, SAVE)),
        (FILE, "python", first(2, METHOD)),
        (FILE, "python", "class Cart:\n" + first(2, METHOD)),
        (GO_FILE, "go", first(6, GO, "}\n")),
    ],
)
@pytest.mark.parametrize("form", ["region", "whole_file"])
def test_a_function_alone_that_is_cut_off_is_not_put_into_its_file(
    text: str, language: str, reply: str, form: str
) -> None:
    view = View("file:///a", text, Policy(), language=language)
    where = Region(view, range(len(view.index)))
    try:
        reading = all_edit_formats()[form].read(block(reply), where)
    except UnreadableError:
        return
    assert reading.risk == "high"


SHAPES = """\
class Shape {
  area(width: number): number {
    const half = width / 2;
    check(half);
    log(half);
    return half * 3;
  }

  name(): string {
    return "shape";
  }
}

class Other {
  side(): number {
    return 1;
  }
}
"""
CUT = "  area(width: number): number {\n    const half = width / 2;\n    check(half);\n  }\n"


@pytest.mark.parametrize("change", ["", "width / 3"])
@pytest.mark.parametrize(
    "reply",
    [
        f"class Shape {{\n{CUT}  // ...\n}}\n",
        f'class Shape {{\n{CUT}\n  name(): string {{\n    return "shape";\n  }}\n}}\n',
    ],
)
@pytest.mark.parametrize("form", ["region", "whole_file"])
def test_a_method_among_others_is_not_cut_off_unseen(reply: str, change: str, form: str) -> None:
    view = View("file:///a.ts", SHAPES, Policy(), language="typescript")
    lines = range(12) if form == "region" else range(len(view.index))
    if change:
        reply = reply.replace("width / 2", change)
    if form == "whole_file" and "// ..." not in reply:
        reply += SHAPES[SHAPES.index("\nclass Other") :]
    try:
        reading = all_edit_formats()[form].read(block(reply), Region(view, lines))
    except UnreadableError:
        return
    assert "check(half);" in reading.after
    assert reading.risk == "high"


def test_dots_in_the_place_of_a_body_are_no_mere_end() -> None:
    text = "class Store(Protocol):\n    def load(self):\n        raise NotImplementedError\n"
    assert read(text, block(text.replace("raise NotImplementedError", "..."))).risk == "none"

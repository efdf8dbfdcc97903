"""Functions that stop halfway among others of their file: none is carried out unseen."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

PYTHON = """\
def total(items):
    result = 0
    for item in items:
        result += item.price
    return result


def weight(items):
    result = 0
    for item in items:
        result += item.weight
    return result
"""
GO = """\
package m

func Total(items []Item) error {
\ts := open(items)
\ts.Log("a")
\treturn nil
}

func Weight(items []Item) error {
\ts := weigh(items)
\ts.Log("a")
\treturn nil
}
"""
DECORATOR = """\
import log


def retry(times):
    def wrap(call):
        return call

    log(times)
    register(times)
    return wrap


def again():
    return retry(2)
"""
FACTORY = """\
export function cache(size: number) {
  const all = new Map();
  function put(key: string) {
    all.set(key, size);
  }
  log(size);
  return { put, all };
}

export function none(): null {
  return null;
}
"""
PROPERTY = """\
class Order:
    @property
    def net(self):
        net = self.gross / 1.19
        return round(net, 2)

    @net.setter
    def net(self, value):
        self.gross = value * 1.19
        self.changed = True
        self.save()
"""
OVERLOADS = """\
class Cart {
    int total() {
        int sum = base();
        audit(sum);
        return sum;
    }

    int total(int more) {
        int sum = base() + more;
        check(sum);
        return sum;
    }
}
"""
STRING = '''\
def page(name):
    text = """
<p>
"""
    log(name)
    return text + name


def other():
    return 1
'''
METHODS = {
    "csharp": (
        "class Cart\n{\n    int Total()\n    {\n        var sum = Base();\n        Audit(sum);\n"
        "        return sum;\n    }\n\n    int Other()\n    {\n        return 1;\n    }\n}\n"
    ),
    "php": (
        "<?php\nclass Cart {\n    public function total() {\n        $sum = $this->base();\n"
        "        audit($sum);\n        return $sum;\n    }\n\n    public function other() {\n"
        "        return 1;\n    }\n}\n"
    ),
    "kotlin": (
        "class Cart {\n    fun total(): Int {\n        val sum = base()\n        audit(sum)\n"
        "        return sum\n    }\n\n    fun other(): Int {\n        return 1\n    }\n}\n"
    ),
    "swift": (
        "class Cart {\n    func total() -> Int {\n        let sum = base()\n        audit(sum)\n"
        "        return sum\n    }\n\n    func other() -> Int {\n        return 1\n    }\n}\n"
    ),
    "ruby": (
        "class Cart\n  def total\n    sum = base\n    audit(sum)\n    sum\n  end\n\n"
        "  def other\n    1\n  end\nend\n"
    ),
    "lua": (
        "function total()\n  local sum = base()\n  audit(sum)\n  return sum\nend\n\n"
        "function other()\n  return 1\nend\n"
    ),
}


def whole(text: str, reply: str, language: str, lines: range | None = None) -> Reading:
    view = View("file:///a", text, Policy(), language=language)
    form = "region" if lines else "whole_file"
    region = Region(view, lines or range(len(view.index)))
    return all_edit_formats()[form].read(f"```\n{reply}```\n", region)


def is_told(text: str, reply: str, language: str, lines: range | None = None) -> bool:
    """Whether a reply is refused or for review."""
    try:
        return whole(text, reply, language, lines).risk == "high"
    except UnreadableError:
        return True


def without(text: str, lines: range) -> str:
    every = text.splitlines(keepends=True)
    return "".join([*every[: lines.start], *every[lines.stop :]])


CUTS = [
    # The lines that go stand elsewhere in the file.
    ("python", PYTHON, range(4, 5), range(5)),
    ("python", PYTHON, range(11, 12), range(7, 12)),
    ("go", GO, range(4, 6), range(2, 7)),
    # A function that holds another one.
    ("python", DECORATOR, range(7, 10), range(3, 10)),
    ("python", DECORATOR, range(9, 10), range(3, 10)),
    ("typescript", FACTORY, range(5, 7), range(8)),
    ("typescript", FACTORY, range(6, 7), range(8)),
    # Two of the same name.
    ("python", PROPERTY, range(4, 5), range(1, 5)),
    ("python", PROPERTY, range(9, 11), range(6, 11)),
    ("java", OVERLOADS, range(4, 5), range(1, 6)),
    ("java", OVERLOADS, range(9, 11), range(7, 12)),
    # Lines at the margin that are no code.
    ("python", STRING, range(4, 6), range(6)),
]


@pytest.mark.parametrize(("language", "text", "gone", "own"), CUTS)
def test_a_function_without_its_end_is_told_in_a_whole_file(
    language: str, text: str, gone: range, own: range
) -> None:
    cut = without(text, gone)
    assert is_told(text, cut, language)
    # Another change beside it hides nothing.
    first = text.splitlines()[own.start + 1]
    assert is_told(text, cut.replace(first, f"{first} # ", 1), language)


@pytest.mark.parametrize(("language", "text", "gone", "own"), CUTS)
def test_a_function_without_its_end_is_told_where_it_stands_alone(
    language: str, text: str, gone: range, own: range
) -> None:
    shift = range(gone.start - own.start, gone.stop - own.start)
    lone = without("".join(text.splitlines(keepends=True)[own.start : own.stop]), shift)
    assert is_told(text, lone, language)


def test_a_method_without_its_end_is_told_in_the_region_of_its_class() -> None:
    text = (
        "class Cart:\n" + PYTHON.replace("\n\n\n", "\n\n").replace("\n", "\n    ").rstrip() + "\n"
    )
    text = text.replace("Cart:\ndef", "Cart:\n    def")
    text = "\n".join(line.rstrip() for line in f"{text}\n\nrun()\n".split("\n"))
    cut = without(text, range(5, 6)).split("\n\n\nrun")[0] + "\n"
    assert is_told(text, cut, "python", range(text.split("\n\n\nrun")[0].count("\n") + 1))


@pytest.mark.parametrize("language", METHODS)
@pytest.mark.parametrize("is_changed", [False, True])
def test_a_cut_method_is_told_in_languages_of_which_only_lines_are_known(
    language: str, is_changed: bool
) -> None:
    text = METHODS[language]
    lines = text.splitlines(keepends=True)
    start = next(at for at, line in enumerate(lines) if "otal" in line)
    first = next(at for at, line in enumerate(lines) if "sum =" in line)
    cut = [*lines[: first + 1], *lines[first + 3 :]]
    if is_changed:
        cut[first] = cut[first].replace("ase", "aseOf")
    stop = next(at for at in range(first, len(cut)) if not cut[at].strip())
    assert is_told(text, "".join(cut), language)
    assert is_told(text, "".join(cut[start:stop]), language)
    margin = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    if margin:
        mark = "# ...\n" if language == "ruby" else "// ...\n"
        between = [*lines[:start], *cut[start:stop], "\n", margin + mark, lines[-1]]
        assert is_told(text, "".join(between), language)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("typescript", "  const a = f(1);\n  check(a);\n  return a;\n", "  const a = f(2);\n"),
        ("rust", "    let a = f(1);\n    check(a);\n    a\n", "    let a = f(2);\n"),
        ("python", "    a = f(1)\n    check(a)\n    store(a)\n", "    a = f(2)\n"),
        ("python", "    a = f(1)\n    return a\n", "    a = f(1)\n    return\n"),
    ],
)
def test_a_function_that_ends_with_a_changed_line_is_told(
    language: str, old: str, new: str
) -> None:
    head, end = {
        "typescript": ("function g() {\n", "}\n"),
        "rust": ("fn g() -> i32 {\n", "}\n"),
        "python": ("def g():\n", ""),
    }[language]
    other = f"\n\n{head.replace('g()', 'other()')}{old}{end}"
    assert is_told(f"{head}{old}{end}{other}", f"{head}{new}{end}{other}", language)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("python", "    a = f(1)\n    b = a\n    return b\n", "    return f(1)\n"),
        ("python", "    a = f(1)\n    log(a)\n    return a\n", "    a = f(2)\n    return a\n"),
        ("python", "    a = f(1)\n    return a\n    log(a)\n", "    a = f(1)\n    return a\n"),
        ("typescript", "  const a = f(1);\n  return a;\n", "  return f(2);\n"),
        ("typescript", "  const a = f(1);\n  log(a);\n  return a;\n", "  return f(1);\n"),
        ("rust", "    let a = f(1);\n    a + 1\n", "    f(1) + 1\n"),
    ],
)
def test_a_function_that_got_shorter_and_still_ends_is_calm(
    language: str, old: str, new: str
) -> None:
    head, end = {
        "typescript": ("function g() {\n", "}\n"),
        "rust": ("fn g() -> i32 {\n", "}\n"),
        "python": ("def g():\n", ""),
    }[language]
    other = f"\n\n{head.replace('g()', 'other()')}    run();\n    run();\n    run();\n{end}"
    reading = whole(f"{head}{old}{end}{other}", f"{head}{new}{end}{other}", language)
    assert reading.risk != "high"


@pytest.mark.parametrize("end", ["    return ", "    return (result +"])
def test_a_whole_file_that_ends_within_its_last_line_is_refused(end: str) -> None:
    last = "    return (result + result)\n" if "(" in end else "    return result\n"
    text = PYTHON.replace("    return result\n", last)
    with pytest.raises(UnreadableError) as caught:
        whole(text, text.removesuffix(last) + end + "\n", "python")
    assert caught.value.refusal is Refusal.TRUNCATED


def test_a_last_line_that_is_shorter_is_no_line_that_was_cut() -> None:
    text = "a = 1\nb = 2\nc = 3\nprint(a, b)  # both\n"
    for last in ("print(a, b)\n", "print(a)\n"):
        assert whole(text, f"a = 1\nb = 2\nc = 3\n{last}", "python").after.endswith(last)


def test_a_file_cut_within_a_line_whose_rest_stands_elsewhere_too_is_refused() -> None:
    cut = PYTHON[: PYTHON.rindex(".weight")]
    with pytest.raises(UnreadableError) as caught:
        whole(PYTHON, f"{cut}\n", "python")
    assert caught.value.refusal is Refusal.TRUNCATED

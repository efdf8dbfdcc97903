"""Definitions that a block brings along although the file has them."""

from __future__ import annotations

import pytest

from understudy.index.twins import around, twins

JAVA_A = "  int a() {\n    return 1;\n  }\n"
JAVA = f"class A {{\n{JAVA_A}\n  int b(int x) {{\n    return x;\n  }}\n}}\n"
FIRST = "    def a(self):\n        return 1\n"
PYTHON = f"class A:\n{FIRST}\n\nclass B:\n    def b(self):\n        return 2\n"
NEW = "    fn new() -> A {\n        A\n    }\n"
RUST = f"impl Show for A {{\n    fn show(&self) {{}}\n}}\n\nimpl A {{\n{NEW}}}\n"


def doubled(before: str, old: str, new: str, language: str) -> list[str]:
    start = before[: before.index(old)].count("\n")
    within = range(start, start + old.count("\n"))
    return twins(new.split("\n"), before, before.replace(old, new), within, language)


@pytest.mark.parametrize(
    ("before", "old", "new", "language", "names"),
    [
        (JAVA, JAVA_A, "  int b(int x) {\n    return 2;\n  }\n", "java", ["b"]),
        (JAVA, JAVA_A, "  int b() {\n    return 2;\n  }\n", "java", []),
        (PYTHON, FIRST, f"{FIRST}\n    def b(self):\n        return 3\n", "python", []),
        (
            PYTHON,
            FIRST,
            f"{FIRST}\n\nclass B:\n    def b(self):\n        pass\n",
            "python",
            ["B", "b"],
        ),
        (RUST, NEW, f"{NEW}\n    fn show(&self) {{}}\n", "rust", []),
        ("a: 1\n", "a: 1\n", "b: 1\n", "yaml", []),
    ],
)
def test_only_another_one_of_the_same_thing_is_a_twin(
    before: str, old: str, new: str, language: str, names: list[str]
) -> None:
    assert doubled(before, old, new, language) == names


def test_the_definitions_around_some_lines_come_from_the_inside_out() -> None:
    assert list(around(PYTHON, range(1, 3), "python")) == [range(3), range(8)]

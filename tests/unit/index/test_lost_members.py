from __future__ import annotations

import pytest

from understudy.index.lost_members import lost_members

HOLDERS = {
    "python": "class Item:\n    name: str\n    price: int\n    code = ''\n",
    "typescript": "export interface Item {\n  name: string;\n  price?: number;\n  run(): void;\n}\n",
    "typescriptreact": "enum Color {\n  Red,\n  Green = 2,\n  Blue,\n}\n",
    "javascript": "class Item {\n  name = 1;\n  #price = 2;\n  static code;\n}\n",
    "javascriptreact": "module.exports = {\n  name,\n  price: 1,\n  'x-code': 2,\n};\n",
    "go": 'package a\n\ntype Item struct {\n\tName string\n\tBase\n\tCode int `json:"c"`\n}\n',
    "rust": "enum Color {\n    Red,\n    Green(u8),\n    Blue { a: u8 },\n}\n",
    "java": "record Item(\n    String name,\n    int price,\n    int code\n) {}\n",
    "c": "typedef struct {\n    char *name;\n    int price;\n    int code[2];\n} item;\n",
    "cpp": "enum class Color {\n    Red,\n    Green = 2,\n    Blue,\n};\n",
    "csharp": "class Item {\n    public int Name { get; }\n    int price;\n    event Action Code;\n}\n",
    "kotlin": "class Item(\n    val name: String,\n    var price: Int,\n    val code: Int,\n)\n",
    "swift": "enum Color {\n    case red\n    case green(Int)\n    case blue\n}\n",
    "php": "<?php\nclass Item {\n    public $name;\n    const MAX = 2;\n    private ?int $code = 1;\n}\n",
    "ruby": "class Item\n  attr_reader :name\n  has_many :prices\n  CODE = 1\nend\n",
    "lua": "local M = {\n  name = 1,\n  price = 2,\n  code = 3,\n}\n",
    "json": '{\n  "name": 1,\n  "price": {\n    "low": 1\n  }\n}\n',
    "css": "a {\n  color: red;\n  top: 1px;\n  left: 2px;\n}\n",
}
VALUES = {
    "python": "__all__ = [\n    'one',\n    'two',\n]\n",
    "typescript": "type Color =\n  | 'red'\n  | 'green'\n  | 'blue';\n",
    "go": 'package a\n\nvar all = []string{\n\t"one",\n\t"two",\n}\n',
    "php": "<?php\nreturn [\n    'a' => 1,\n    'b' => 2,\n];\n",
    "json": '[\n  "one",\n  "two",\n  "three"\n]\n',
}


def _lines_within(text: str) -> list[str]:
    held = (line for line in text.splitlines(keepends=True) if line[:1].isspace())
    return [line for line in held if any(map(str.isalnum, line))]


def _names(before: str, after: str, language: str) -> list[str]:
    return [one.name for one in lost_members(before, after, language)]


@pytest.mark.parametrize("language", HOLDERS)
def test_each_member_that_is_gone_is_told_with_its_place(language: str) -> None:
    text = HOLDERS[language]
    for line in _lines_within(text):
        if line.rstrip().endswith("{"):
            continue
        told = lost_members(text, text.replace(line, ""), language)
        assert len(told) == 1, line
        assert told[0].name in line
        assert text.splitlines(keepends=True)[told[0].lines.start] == line
        assert told[0].is_named or language == "ruby"


@pytest.mark.parametrize("language", VALUES)
def test_values_without_names_are_told_by_their_text(language: str) -> None:
    text = VALUES[language]
    for line in _lines_within(text):
        shorter = text.replace(line, "").replace('",\n]', '"\n]')
        (told,) = lost_members(text, shorter, language)
        assert told.name in line
        assert not told.is_named


@pytest.mark.parametrize("language", HOLDERS)
def test_a_member_that_moved_or_has_another_name_or_type_is_not_gone(language: str) -> None:
    text = HOLDERS[language]
    lines = text.splitlines(keepends=True)
    first, second = text.index(_lines_within(text)[0]), text.index(_lines_within(text)[1])
    for old in ("name", "red", "Red", "Name", "color"):
        renamed = text.replace(old, "other", 1)
        assert _names(text, renamed, language) == []
    at = text[:first].count("\n")
    assert second > first
    swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    if language != "json":
        assert _names(text, "".join(swapped), language) == []


def test_a_member_that_another_type_has_now_is_moved() -> None:
    before = (
        "interface A {\n  name: string;\n  code: string;\n}\n\ninterface B {\n  size: number;\n}\n"
    )
    moved = before.replace("  code: string;\n", "").replace("  size", "  code: string;\n  size")
    assert _names(before, moved, "typescript") == []
    both = before.replace("  size", "  code: string;\n  size")
    assert _names(both, both.replace("  code: string;\n", "", 1), "typescript") == ["code"]
    field = (
        "class A:\n    name: str\n    code: str\n\n    def __init__(self):\n        self.x = 1\n"
    )
    made = field.replace("    code: str\n", "").replace(
        "self.x = 1", "self.x = 1\n        self.code = 1"
    )
    assert _names(field, made, "python") == []


def test_what_takes_the_place_of_a_member_counts_only_there() -> None:
    before = "class A:\n    one: int\n    two: int\n    three: int\n"
    assert _names(before, before.replace("two", "zwei"), "python") == []
    elsewhere = before.replace("    two: int\n", "") + "    four: int\n"
    assert _names(before, elsewhere, "python") == ["two"]
    assert _names(before, before.replace("    two: int\n    three", "    rest"), "python") == [
        "two",
        "three",
    ]


def test_a_method_that_gets_a_decorator_stays() -> None:
    before = "class A(B):\n    x = 1\n\n    def f(self):\n        return 1\n"
    assert _names(before, before.replace("    def f", "    @override\n    def f"), "python") == []


def test_nothing_is_told_where_no_grammar_is_known() -> None:
    assert _names("a\n  b\n", "a\n", "plan") == []
    assert _names("{", "", "json") == []


def test_a_member_below_many_lines_is_told_with_its_line() -> None:
    many = "".join(f"x{at} = {at}\n" for at in range(3_000))
    before = f"{many}\n\nclass A:\n    name: str\n    code: str\n"
    (told,) = lost_members(before, before.replace("    code: str\n", ""), "python")
    assert told.lines == range(3_004, 3_005)
    assert told.home == 3_003

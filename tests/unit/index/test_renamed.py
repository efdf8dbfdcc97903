"""What is a definition under another name, and what is one lost and another one new."""

from __future__ import annotations

import pytest

from understudy.index.lost import lost_definitions

UNITS = {
    "typescript": "export const {} = (x: number): number => x + {};\n",
    "go": "var {} = {}\n",
    "rust": "pub const {}: i32 = {};\n",
    "kotlin": "fun {}(x: Int) = x * {}\n",
    "csharp": "public record {}(int X, int Y{});\n",
    "scala": "def {}(x: Int): Int = x + {}\n",
    "sql": "CREATE TABLE {} (\n    id INT PRIMARY KEY,\n    c{} TEXT\n);\n",
    "prisma": "model {} {{\n  id Int @id\n  c{} String\n}}\n",
    "html": '<section id="{}">\n  <p>Text {}</p>\n</section>\n',
    "ocaml": "let {} x = x + {}\n",
    "python": "def {}(x):\n    y = x.value\n    return y + {}\n",
}
NAMES = ["alpha", "beta", "gamma", "delta"]
HEADS = {"go": "package a\n\n"}
PLACES = [2, 4]


def _text(language: str, units: list[tuple[str, int]]) -> str:
    return HEADS.get(language, "") + "\n".join(UNITS[language].format(*one) for one in units)


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("language", UNITS)
def test_one_that_is_lost_and_one_that_is_new_are_two(language: str, at: int) -> None:
    units = [(name, number + 1) for number, name in enumerate(NAMES)]
    rest = [("alpha", 51), ("beta", 2), ("delta", 4)]
    rest.insert(at, ("omega", 71))
    found = lost_definitions(_text(language, units), _text(language, rest), language)
    assert [one.name.lower().removeprefix("section ") for one in found] == ["gamma"]


@pytest.mark.parametrize("language", UNITS)
def test_one_with_another_name_in_its_place_is_renamed(language: str) -> None:
    units = [(name, number + 1) for number, name in enumerate(NAMES)]
    for at in range(len(units)):
        after = [
            ("omega", number) if number == at + 1 else (name, number) for name, number in units
        ]
        assert lost_definitions(_text(language, units), _text(language, after), language) == ()


def test_all_with_other_names_are_renamed() -> None:
    units = [(name, number + 1) for number, name in enumerate(NAMES)]
    after = [(f"new_{name}", number) for name, number in units]
    assert lost_definitions(_text("python", units), _text("python", after), "python") == ()


def test_several_lines_that_only_one_had_tell_it_in_another_place_too() -> None:
    body = "    first = read(x)\n    second = split(first)\n    return join(second)\n"
    before = f"def f(x):\n{body}\n\ndef g():\n    pass\n\n\ndef h():\n    return 1\n"
    after = f"def g():\n    pass\n\n\ndef h():\n    return 1\n\n\ndef k(x):\n{body}"
    assert lost_definitions(before, after, "python") == ()
    (lost,) = lost_definitions(before, after.replace("split", "cut"), "python")
    assert lost.name == "f"

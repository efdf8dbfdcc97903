"""A block with lines from around those that it is to replace, in languages that have no grammar here."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.workspace.view import View

DOCKER = 'FROM python:3.13\nWORKDIR /app\nRUN pip pin x\nCOPY . /app\nCMD ["python"]\n'
SQL = "SELECT id,\n       name\nFROM order\nWHERE total = 3\nORDER BY id;\n"
CSS = ".a {\n  color: red;\n  wide: 3px;\n  top: 0;\n}\n"
YAML = "a: 1\nb:\n  c: 2\n  title: 3\n  d: 4\ne: 5\n"
TOML = '[a]\nname = "x"\nvers = 1\nother = 2\nlast = 3\n'
JSON = '{\n  "a": 1,\n  "title": 2,\n  "c": 3\n}\n'
HTML = "<div>\n  <p>One</p>\n  <p>Tow</p>\n  <p>Three</p>\n</div>\n"
SHELL = "set -e\ncd src\nmk all\ncd ..\necho done\n"
MAKE = "all:\n\tcd src\n\tmk all\n\tcd ..\n\techo done\n"
MARKDOWN = "# Title\n\nFirst line.\nScnd line.\nThird line.\n\nEnd.\n"
TERRAFORM = "locals {\n  a = 1\n  title = 2\n  c = 3\n}\n"
ELIXIR = "def f(x) do\n  y = x\n  z = yy\n  z + 1\nend\n"
PERL = "sub f {\n  my $y = 1;\n  my $z = $yy;\n  return $z;\n}\n"
LOOP = 'for x in a b; do\n  ech "$x"\ndone\n'
FUNCTION = "#!/bin/sh\nbuild() {\n  cd src\n  mk all\n  cd ..\n}\n\nbuild\n"
NESTED = 'f() {\n  if [ -n "$1" ]; then\n    ech "$1"\n  fi\n}\n'
STEPS = "jobs:\n  a:\n    steps:\n      - run: mk\n      - run: b\n"
LIST = "<ul>\n  <li>\n    Onne\n  </li>\n</ul>\n"
RUBY = "class C\n  def t\n    s = 0\n    xs.each do |x|\n      s += x.prise\n    end\n    s\n  end\nend\n"
LUA = "function t(xs)\n  for _, x in ipairs(xs) do\n    s = s + x.prise\n  end\nend\n"
PYTHON = "def f(x):\n    y = x\n    z = yy\n    t = z\n    return t\n"
SHORT = "def f(x)\n  y = x\n  z = yy\n  z + 1\nend\n"
GO = "func f(x int) int {\n\ty := x\n\tz := yy\n\tt := z\n\treturn t\n}\n"

SLIPS = [
    ("dockerfile", DOCKER, "pip pin", "pip install", 3),
    ("sql", SQL, "order", "orders", 3),
    ("css", CSS, "wide", "width", 3),
    ("yaml", YAML, "title", "name", 4),
    ("toml", TOML, "vers", "version", 3),
    ("json", JSON, "title", "name", 3),
    ("html", HTML, "Tow", "Two", 3),
    ("markdown", MARKDOWN, "Scnd", "Second", 4),
    ("makefile", MAKE, "mk", "make", 3),
    ("terraform", TERRAFORM, "title", "name", 3),
    ("elixir", ELIXIR, "= yy", "= y", 3),
    ("perl", PERL, "$yy;", "$y;", 3),
    ("shellscript", SHELL, "mk", "make", 3),
    ("shellscript", LOOP, "ech", "echo", 2),
    ("shellscript", NESTED, "ech", "echo", 3),
    ("yaml", STEPS, "mk", "make", 4),
    ("html", LIST, "Onne", "One", 3),
    ("ruby", RUBY, "prise", "price", 5),
    ("lua", LUA, "prise", "price", 3),
    ("python", PYTHON, "yy", "y", 3),
    ("ruby", SHORT, "yy", "y", 3),
    ("go", GO, "yy", "y", 3),
]


def _read(text: str, lines: range, language: str, new: str) -> Reading:
    region = Region(View("file:///a", text, Policy(), language=language), lines)
    reply = f"Fixed:\n\n```{language}\n{new}```\n"
    return all_edit_formats()["region"].read(reply, region)


def _risks(reading: Reading) -> set[str]:
    return {repair.risk for repair in reading.repairs}


@pytest.mark.parametrize(("language", "text", "old", "new", "line"), SLIPS)
def test_a_line_with_both_of_its_neighbours_takes_its_own_place_alone(
    language: str, text: str, old: str, new: str, line: int
) -> None:
    after = text.replace(old, new)
    block = "".join(after.splitlines(keepends=True)[line - 2 : line + 1])
    reading = _read(text, range(line - 1, line), language, block)
    assert reading.after == after
    assert "high" not in _risks(reading)


@pytest.mark.parametrize(("language", "text", "old", "new", "line"), SLIPS)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_line_with_one_of_its_neighbours_is_not_doubled_unseen(
    language: str, text: str, old: str, new: str, line: int, *, is_above: bool
) -> None:
    after = text.replace(old, new)
    lines = after.splitlines(keepends=True)
    block = "".join(lines[line - 2 : line] if is_above else lines[line - 1 : line + 1])
    reading = _read(text, range(line - 1, line), language, block)
    assert reading.after == after or "high" in _risks(reading)


@pytest.mark.parametrize(
    ("language", "text", "lines", "block"),
    [
        ("dockerfile", DOCKER, (2, 3), "WORKDIR /app\nRUN pip install x\nCOPY . /app\n"),
        ("shellscript", FUNCTION, (2, 6), FUNCTION.partition("\n")[2].replace("mk", "make")),
        (
            "shellscript",
            FUNCTION,
            (2, 6),
            FUNCTION.replace("\nbuild\n", "").replace("mk", "make"),
        ),
        ("yaml", STEPS, (4, 4), "steps:\n  - run: make\n  - run: b\n"),
    ],
)
def test_lines_from_around_several_lines_are_left_out(
    language: str, text: str, lines: tuple[int, int], block: str
) -> None:
    reading = _read(text, range(lines[0] - 1, lines[1]), language, block)
    wanted = text.replace("pip pin", "pip install").replace("mk", "make")
    assert reading.after == wanted
    assert _risks(reading) <= {"none", "low"}


@pytest.mark.parametrize(
    ("language", "text", "line", "block"),
    [
        ("shellscript", LOOP, 2, 'for y in c; do\n  echo "$x$y"\ndone\n'),
        ("shellscript", NESTED, 3, '    if [ -n "$2" ]; then\n      echo "$1"\n    fi\n'),
        ("html", LIST, 3, "<b>\n  One\n</b>\n"),
        ("css", ".a {\n  top: 0;\n}\n\n.b {\n  left: 0;\n}\n", 6, "  left: 1;\n  top: 0;\n"),
        ("json", '{\n  "a": {"b": 1}\n}\n', 2, '  "a": {\n    "b": 2\n  }\n'),
        ("dockerfile", "RUN a b c\nRUN a b c\nRUN d e f\n", 2, "RUN a b c\nRUN a b d\n"),
    ],
)
def test_new_lines_that_look_like_their_neighbours_stay(
    language: str, text: str, line: int, block: str
) -> None:
    reading = _read(text, range(line - 1, line), language, block)
    assert [one.strip() for one in block.splitlines()] == [
        one.strip() for one in reading.after.splitlines()[line - 1 : line - 1 + block.count("\n")]
    ]


@pytest.mark.parametrize(
    ("language", "text", "line", "block"),
    [
        ("makefile", "ifdef A\nX = 1\nendif\n", 2, "ifdef B\nX = 2\nendif\n"),
        ("makefile", "ifdef A\nX = 1\nendif\n", 2, "X = 2\nendif\n"),
        ("csv", "a,b\n1000,2000\n3000,4000\n", 3, "1000,2000\n3000,4001\n"),
        ("dockerfile", DOCKER, 3, "WORKDIR /app\nCOPY . /app\n"),
        ("yaml", YAML, 4, "c: 2\n  name: 3\n  d: 4\n"),
    ],
)
def test_lines_that_may_be_new_or_repeated_are_for_review(
    language: str, text: str, line: int, block: str
) -> None:
    assert "high" in _risks(_read(text, range(line - 1, line), language, block))


def test_a_blank_line_that_the_block_adds_stays() -> None:
    reading = _read(DOCKER, range(2, 3), "dockerfile", "WORKDIR /app\n\nRUN pip install x\n")
    assert reading.after == DOCKER.replace("RUN pip pin ", "\nRUN pip install ")
    spaced = DOCKER.replace("RUN", "\nRUN")
    reading = _read(spaced, range(3, 4), "dockerfile", "WORKDIR /app\n\nRUN pip install x\n")
    assert reading.after == spaced.replace("pip pin", "pip install")

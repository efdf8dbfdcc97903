"""Signatures and skeletons of definitions: closed documentation, headers, and marks for gaps."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.gathering.places import count
from understudy.core.lines import LineIndex
from understudy.gathering.levels import Detail
from understudy.gathering.outline import Outline
from understudy.index.extraction import facts_of


def detail(path: str, language: str, text: str) -> tuple[Detail, Outline]:
    outline = Outline(facts_of(path, language, text))
    return Detail(LineIndex(text), outline, language, count), outline


def signature(language: str, text: str, name: str) -> str:
    found, outline = detail("a", language, text)
    number = next(n for n, one in enumerate(outline.definitions) if one.name == name)
    return found.signature(number, (), doc=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'class Auth:\n    """\n    Base class.\n\n    More.\n    """\n\n    x: int\n',
            'class Auth:\n    """Base class. …"""\n    # …\n',
        ),
        (
            'def f():\n    r"""Big things\n\n    happen.\n    """\n    return 1\n',
            'def f():\n    r"""Big things …"""\n    # …\n',
        ),
        (
            "def f():\n    '''\n    One.\n    '''\n    return 1\n",
            "def f():\n    '''One.'''\n    # …\n",
        ),
        (
            'def f():\n    """Says "hi"\n    """\n    return 1\n',
            'def f():\n    """Says "hi" """\n    # …\n',
        ),
        ('def f():\n    """Whole."""\n    return 1\n', 'def f():\n    """Whole."""\n    # …\n'),
        ('def f():\n    """\n    """\n    return 1\n', "def f():\n    # …\n"),
        ("# What it is\n# for.\ndef f():\n    return 1\n", "# What it is …\ndef f():\n    # …\n"),
        ('TEXT = """\none\ntwo\nthree\nfour\nfive\nsix\nseven\n"""\n', 'TEXT = """…"""\n'),
        (
            '@mark(\n    # not a comment of f\n    "x"\n)\ndef f():\n    return 1\n',
            '@mark(\n    # not a comment of f\n    "x"\n)\ndef f():\n    # …\n',
        ),
    ],
)
def test_documentation_of_python_is_one_closed_line(text: str, expected: str) -> None:
    name = "TEXT" if "TEXT" in text else "Auth" if "Auth" in text else "f"
    assert signature("python", text, name) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "java",
            "/**\n * Big things happen here.\n * @since 1\n */\n@Deprecated\npublic class Big {\n  int x;\n}\n",
            "/** Big things happen here. … */\n@Deprecated\npublic class Big {\n    // …\n",
        ),
        (
            "typescript",
            "/**\n * Runs.\n */\nexport async function Big(\n): Promise<void> {\n  go()\n}\n",
            "/** Runs. */\nexport async function Big(\n): Promise<void> {\n    // …\n",
        ),
        (
            "c",
            "/*!\n * \\brief does it.\n */\nint Big(void)\n{\n  return 1;\n}\n",
            "/*! \\brief does it. */\nint Big(void)\n{\n    // …\n",
        ),
        (
            "rust",
            "/** Block doc\n    of two lines */\npub fn Big() {\n    go();\n}\n",
            "/** Block doc … */\npub fn Big() {\n    // …\n",
        ),
        (
            "rust",
            "/// First.\n/// Second.\n#[derive(Debug,\n    Clone)]\npub struct Big {\n    x: u8,\n}\n",
            "/// First. …\n#[derive(Debug,\n    Clone)]\npub struct Big {\n    // …\n",
        ),
        ("typescript", "export const Big = `\na\nb\nc\nd\ne\nf\n`\n", "export const Big = `…`\n"),
    ],
)
def test_documentation_above_is_one_closed_line(language: str, text: str, expected: str) -> None:
    assert signature(language, text, "Big") == expected


def test_the_end_of_a_skeleton_is_marked() -> None:
    text = "class Big {\n  first(): void {\n    go()\n  }\n  last(\n  ): void {\n    go()\n    go()\n  }\n}\n"
    found, outline = detail("a.ts", "typescript", text)
    (skeleton,) = [one for one in found.of(0) if one.form == "skeleton"]
    assert skeleton.text == (
        "class Big {\n  first(): void {\n  // …\n  last(\n  ): void {\n    // …\n"
    )
    table = "export const table = {\n" + "".join(f"  k{n}: {n},\n" for n in range(90)) + "}\n"
    found, outline = detail("b.ts", "typescript", f"{text}{table}export const arrow = 1\n")
    whole = found.skeleton_of_file(outline.tops())
    assert "  k4: 4,\n// …\nexport const arrow = 1\n" in whole
    found, outline = detail("b.ts", "typescript", f"{text}{table}")
    assert found.skeleton_of_file(outline.tops()).endswith("  k4: 4,\n// …\n")


def test_methods_apart_from_their_type_are_shown_below_their_header() -> None:
    text = (
        "impl Rounding for Amt {\n    fn up(&self) -> i64 { 1 }\n\n"
        "    /// Rounds.\n    fn round(&self) -> i64 {\n        self.0\n    }\n}\n"
    )
    found, outline = detail("a.rs", "rust", text)
    number = next(n for n, one in enumerate(outline.definitions) if one.name == "round")
    assert [level.text for level in found.of(number)] == [
        "impl Rounding for Amt {\n    // …\n    fn round(&self) -> i64 {\n        // …\n",
        "impl Rounding for Amt {\n    // …\n    /// Rounds.\n    fn round(&self) -> i64 {\n        // …\n",
        text.replace("    fn up(&self) -> i64 { 1 }\n\n", "    // …\n").removesuffix("}\n"),
    ]


def test_constants_of_a_group_are_shown_below_its_header() -> None:
    text = (
        "package a\n\nconst (\n\tA = iota\n\n\t// B is the second.\n\tB\n)\n\nvar (\n\tx = 1\n)\n"
    )
    found, outline = detail("a.go", "go", text)
    by_name = {one.name: n for n, one in enumerate(outline.definitions)}
    assert found.of(by_name["B"])[0].text == "const (\n\t// …\n\tB\n"
    assert found.of(by_name["x"])[0].text == "var (\n\tx = 1\n"


def test_what_a_condition_holds_is_shown_below_it() -> None:
    text = "import sys\nif sys.version_info < (3, 12):\n    def f(): ...\nelse:\n    def f(): ...\n"
    found, _ = detail("a.py", "python", text)
    assert found.of(0)[0].text == "if sys.version_info < (3, 12):\n    def f(): ...\n"


SOURCES = sorted(Path(ast.__file__).parent.glob("[a-c]*.py"))[:40]


@pytest.mark.parametrize("path", SOURCES[::4], ids=lambda path: path.name)
def test_no_string_of_real_code_is_cut_within(path: Path) -> None:
    text = path.read_text("utf-8", "replace")
    found, outline = detail(path.name, "python", text)
    for number in outline.tops():
        for level in found.of(number):
            # Marks are indented as what follows them, which only strings do not mind.
            lines = "".join(f"{line.strip()}\n" for line in level.text.split("\n"))
            assert not _cut_string(lines), level.text


def _cut_string(text: str) -> str:
    try:
        list(tokenize.generate_tokens(io.StringIO(text).readline))
    except tokenize.TokenError as failure:
        return str(failure) if "string" in str(failure) else ""
    except SyntaxError:
        pass
    return ""


@given(st.text(st.sampled_from("ab \t\n\"'#/*`\\x{(:"), max_size=80))
@settings(max_examples=200)
def test_no_text_of_documentation_is_too_odd(text: str) -> None:
    for language, head in (("python", "def f():\n"), ("typescript", "function f() {\n")):
        found, outline = detail("a", language, f"{text}\n{head}    {text}\n")
        for number in range(len(outline.definitions)):
            assert found.of(number) == found.of(number)

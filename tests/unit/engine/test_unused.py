"""What a diagnostic calls unused may go as a whole; nothing else may go with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import DEFAULT, TARGET, WRITTEN, evidence
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.unused import unused_lines

PYTHON = (
    "import os\n\n\ndef total(items):\n    return sum(items)\n\n\n"
    "def _old(items):\n    assert items\n    if len(items) > 9:\n        raise ValueError\n"
    "    found = []\n    for one in items:\n        found.append(one)\n    return found\n\n\n"
    "def last():\n    return os.name\n"
)
PYTHON_OLD = PYTHON[PYTHON.index("def _old") : PYTHON.index("def last")]
SCRIPT = "export const a = 1;\n\nfunction old() {\n  const b = [];\n  return b;\n}\n\nclass B {\n  code = 1;\n  x = 2;\n}\n"
SCRIPT_OLD = SCRIPT[SCRIPT.index("function old") : SCRIPT.index("class B")]
GO = "package a\n\nfunc A() int {\n\treturn 1\n}\n\nfunc old() int {\n\treturn 2\n}\n\ntype b struct {\n\tcode int\n}\n"
GO_OLD = GO[GO.index("func old") : GO.index("type b")]
RUST = (
    "pub fn a() -> u8 {\n    1\n}\n\nfn old() -> u8 {\n    2\n}\n\nenum B {\n    X,\n    Code,\n}\n"
)
RUST_OLD = RUST[RUST.index("fn old") : RUST.index("enum B")]
KOTLIN = (
    "fun a(): Int {\n    return 1\n}\n\nprivate fun old(): Int {\n    return 2\n}\n\nfun b() = 1\n"
)
KOTLIN_OLD = KOTLIN[KOTLIN.index("private") : KOTLIN.index("fun b")]
SHELL = "f() {\n  echo 1\n}\n\nold() {\n  echo 2\n}\n\nf\n"
SHELL_OLD = SHELL[SHELL.index("old") : SHELL.index("f\n")]

DEAD = [
    ("python", PYTHON, PYTHON_OLD, "_old", 'Function "_old" is not accessed'),
    ("python", PYTHON, PYTHON_OLD, "def _old", "unused function '_old' (60% confidence)"),
    ("typescript", SCRIPT, SCRIPT_OLD, "old", "'old' is declared but its value is never read."),
    ("javascript", SCRIPT, SCRIPT_OLD, "old", "'old' is defined but never used."),
    ("typescript", SCRIPT, "  code = 1;\n", "code", "'code' is declared but never used."),
    ("go", GO, GO_OLD, "old", "func old is unused (U1000)"),
    ("go", GO, "\tcode int\n", "code", "field code is unused (U1000)"),
    ("rust", RUST, RUST_OLD, "old", "function `old` is never used"),
    ("rust", RUST, "    Code,\n", "Code", "variant `Code` is never constructed"),
    ("kotlin", KOTLIN, KOTLIN_OLD, "old", "Private function `old` is unused."),
    ("shellscript", SHELL, "old() {\n  echo 2\n}\n\n", "old", "This function is never invoked."),
]


def deleted(language: str, before: str, cut: str, at: str, message: str) -> Facts:
    start = before.index(at)
    target = replace(TARGET, code="X1", message=message, span=Span(start, start + len(at)))
    after = before.replace(cut, "")
    assert after != before
    view = replace(WRITTEN.before, text=before, language=language)
    edits = minimise(before, after)
    scope = (Span(0, len(before)),)
    return replace(WRITTEN, before=view, after=after, edits=edits, target=target, scope=scope)


@pytest.mark.parametrize(("language", "before", "cut", "at", "message"), DEAD)
def test_what_is_marked_as_unused_may_go_with_one_key(
    language: str, before: str, cut: str, at: str, message: str
) -> None:
    verdict = judge(deleted(language, before, cut, at, message), DEFAULT)
    assert verdict.band is Band.CONFIRM, evidence(verdict)
    assert "Nothing is deleted unasked" in evidence(verdict)
    assert "nothing takes its place" not in evidence(verdict)


@pytest.mark.parametrize(("language", "before", "cut", "at", "message"), DEAD)
def test_the_same_lines_may_not_go_for_another_reason(
    language: str, before: str, cut: str, at: str, message: str
) -> None:
    assert message
    verdict = judge(deleted(language, before, cut, at, "Return type is wrong"), DEFAULT)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}


def test_what_goes_along_is_told() -> None:
    cut = PYTHON[PYTHON.index("def _old") :]
    facts = deleted("python", PYTHON, cut, "_old", "`_old` is unused")
    assert "`last`" in evidence(judge(facts, DEFAULT))
    told = facts.before.index.line_of(PYTHON.index("def last"))
    assert told not in unused_lines(facts)


def test_what_is_unused_within_a_definition_lets_nothing_else_go() -> None:
    facts = deleted("python", PYTHON, PYTHON_OLD, "found", "Local variable `found` is unused")
    assert not unused_lines(facts)
    facts = deleted("python", PYTHON, PYTHON_OLD, "items)", "Argument `items` is unused")
    assert not unused_lines(facts)


def test_a_name_that_still_stands_somewhere_is_used() -> None:
    before = PYTHON + "\n\nREGISTRY = {'_old': 1}\n"
    facts = deleted("python", before, PYTHON_OLD, "_old", "`_old` is unused")
    assert not unused_lines(facts)

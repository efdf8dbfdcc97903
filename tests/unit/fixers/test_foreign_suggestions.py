"""Real messages of real tools, from `tests/corpus/diagnostics`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.foreign_fixtures import FIXERS, first_result, fixtures, load, problem_of, results
from tests.foreign_tools import RUNNERS, node_modules
from tests.support import missing, require
from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.core.text import Span, apply
from understudy.fixers import Problem, all_fixers
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

NAMES = fixtures()

# Fixtures of basedpyright have nothing to apply: its messages propose nothing.
FIXED = [name for name in NAMES if load(name)["expected"] is not None]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_proposal_leads_to_the_text_that_was_checked_by_hand(name: str) -> None:
    fixture = load(name)
    assert first_result(fixture) == fixture["expected"]


@pytest.mark.parametrize("name", [name for name in NAMES if load(name)["expected"] is None])
def test_where_nothing_is_right_nothing_at_all_is_proposed(name: str) -> None:
    assert results(problem_of(load(name))) == []


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.startswith(("rustc-unused", "rustc-missing"))]
)
def test_rust_messages_are_enough_where_a_client_drops_everything_else(name: str) -> None:
    fixture = load(name)
    assert results(problem_of(fixture, message_only=True)) == [fixture["expected"]]


def test_there_are_enough_fixtures_of_each_tool() -> None:
    counts = Counter(load(name)["tool"] for name in NAMES)
    for tool in ("tsc", "eslint", "go", "rustc", "ruff", "basedpyright"):
        assert counts[tool] >= 6, tool


@pytest.mark.parametrize("name", FIXED)
def test_the_real_tool_finds_neither_the_fixed_problem_nor_a_new_one(
    name: str, tmp_path: Path
) -> None:
    fixture = load(name)
    if fixture["tool"] in ("tsc", "eslint") and node_modules() is None:
        missing("UNDERSTUDY_NODE_MODULES names no folder with typescript and eslint.")
    for beside, text in fixture["beside"].items():
        (tmp_path / beside).write_text(text, "utf-8", newline="\n")
    wanted = _stem(fixture["diagnostic"])
    before = _reported(fixture, fixture["text"], tmp_path)
    assert wanted in before, "The tool does not report this any more: make the fixture anew."
    assert not _reported(fixture, fixture["expected"], tmp_path) - (before - {wanted})


def _reported(fixture: dict[str, Any], text: str, folder: Path) -> set[tuple[object, str]]:
    """Code and first line of everything that the fixture's tool reports for `text`."""
    (folder / fixture["file"]).write_text(text, "utf-8", newline="\n")
    return {_stem(one) for one in RUNNERS[fixture["tool"]](folder, fixture["file"], require)}


def _stem(item: dict[str, Any]) -> tuple[object, str]:
    return item.get("code"), item["message"].partition("\n")[0]


def test_a_name_is_replaced_only_where_the_message_says_so() -> None:
    text = "total = totl + other"
    assert _proposed(text, "other", "Did you mean 'total'? Cannot find 'totl'.") == []
    message = "Cannot find name 'totl'. Did you mean 'total'?"
    assert _proposed(text, "totl", message) == ["total = total + other"]
    assert _proposed(text, "totl + other", message) == ["total = total + other"]
    assert _proposed("totl = totl", "totl = totl", message) == []


@pytest.mark.parametrize(
    ("message", "text", "expected"),
    [
        ("use of undeclared identifier 'cuot'; did you mean 'cout'?", "cuot", "cout"),
        ("undefined local variable or method `nam' for main\nDid you mean?  name", "nam", "name"),
        ("name 'nam' is not defined. Did you mean: 'name'?", "nam", "name"),
        ("Module 'os' has no 'getcwdd' member; maybe 'getcwd'?", "os.getcwdd", "os.getcwd"),
        ("nam is referenced but not assigned (did you mean 'name'?). `nam`", "nam", None),
        ("'p' is a pointer; did you mean to use '->'?", ".", "->"),
        (
            "cannot find `totl`\nhelp: a local variable with a similar name exists: `total`",
            "totl",
            "total",
        ),
        ("no method `pop_all`: there is a method `pop` with a similar name", "pop_all", None),
        ("Unexpected token. Did you mean `{'>'}` or `&gt;`?", ">", None),
        ("Did you mean to use 'import { x } from \"./b\"' instead?", "x", None),
    ],
)
def test_messages_of_other_tools(message: str, text: str, expected: str | None) -> None:
    assert _proposed(text, text, message) == ([] if expected is None else [expected])


def test_a_wrong_import_is_corrected_where_it_is_used_too() -> None:
    text = "import {\n  helpr,\n} from './helpr';\n\nhelpr(a.helpr);\n"
    message = "'\"./helpr\"' has no exported member named 'helpr'. Did you mean 'helper'?"
    everywhere = "import {\n  helper,\n} from './helpr';\n\nhelper(a.helpr);\n"
    exact = text.replace("  helpr", "  helper")
    assert _proposed(text, "helpr", message) == [everywhere, exact]
    aliased = "from lib import helpr as h\n\nhelpr = h\n"
    assert _proposed(aliased, "helpr", message) == [aliased.replace("helpr as", "helper as")]


def test_two_names_in_a_message_are_two_proposals() -> None:
    message = '"Thing" has no attribute "nam"; maybe "name" or "names"?'
    assert _proposed("thing.nam", "nam", message) == ["thing.name", "thing.names"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "#![allow(dead_code)]\n//! Doc.\n\nfn main() {}\n",
            "#![allow(dead_code)]\n//! Doc.\n\nuse a::B;\nfn main() {}\n",
        ),
        (
            "// Licence\nuse x::Y;\nfn main() {}\n",
            "// Licence\nuse a::B;\nuse x::Y;\nfn main() {}\n",
        ),
        ("/// Runs.\nfn main() {}\n", "use a::B;\n/// Runs.\nfn main() {}\n"),
        ("fn f() {\n    use x::Y;\n}\n", "use a::B;\nfn f() {\n    use x::Y;\n}\n"),
    ],
)
def test_an_import_goes_below_the_head_of_a_rust_file(text: str, expected: str) -> None:
    message = "cannot find type `B`\nhelp: consider importing this struct: `use a::B;`"
    assert _proposed(text, "fn", message, "rust") == [expected]


def test_a_comment_before_the_missing_token_is_left_alone() -> None:
    text = "const point = {\n  x: 1 // one\n  y: 2,\n};\n"
    assert _proposed(text, "y", "',' expected.", "typescript") == [
        "const point = {\n  x: 1 // one\n  ,y: 2,\n};\n"
    ]


def _proposed(text: str, marked: str, message: str, language: str = "cpp") -> list[str]:
    start = text.find(marked)
    span = Span(start, start + len(marked)) if start >= 0 else Span(0, 0)
    view = View(uri="file:///a", text=text, policy=Policy(), language=language)
    problem = Problem(view, Diagnostic("test", "", message, span), Names(view))
    found = []
    for name in FIXERS:
        fixer = all_fixers()[name]
        spoken = fixer.languages is None or language in fixer.languages
        if spoken and fixer.matches(problem.diagnostic):
            found += [apply(text, one.edits) for one in fixer.propose(problem)]
    return found

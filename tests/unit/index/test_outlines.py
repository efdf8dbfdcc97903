"""What is found in a text of each language: each file of the corpus is a text and what is in it.

`UPDATE=1` writes the second part again; a person reads the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from understudy.index.extraction import facts_of, is_indexed
from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.index.facts import Definition, Facts

CASES = sorted((Path(__file__).parents[2] / "corpus" / "outlines").glob("*.txt"))
MARK = "======== what is found\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_definitions_and_imports_are_found(case: Path) -> None:
    text, _, expected = case.read_text(encoding="utf-8").partition(MARK)
    found = "".join(f"{line}\n" for line in told(facts_of("here", case.stem, text)))
    if os.environ.get("UPDATE") == "1":
        case.write_text(f"{text}{MARK}{found}", encoding="utf-8", newline="\n")
    else:
        assert found == expected


def test_every_language_with_an_outline_has_a_case() -> None:
    known = {language for language in all_languages() if is_indexed(language)}
    assert known == {case.stem for case in CASES}


def told(facts: Facts) -> Iterator[str]:
    """Lines as an editor numbers them: the first of all, those of the signature, the last."""
    if facts.module:
        yield f"module {facts.module}"
    for one in facts.definitions:
        depth = 0
        above = one
        while above.parent >= 0:
            above = facts.definitions[above.parent]
            depth += 1
        yield "  " * depth + about(one)
    for each in facts.imports:
        names = ", ".join(
            name if name == here else f"{name} as {here}" for name, here in each.names
        )
        alias = f" as {each.alias}" if each.alias else ""
        passed = " (passed on)" if each.passed_on else ""
        yield f"{each.line + 1}: import {each.module}{alias}: {names}{passed}".replace(": (", " (")
    yield "uses " + " ".join(facts.uses)


def about(one: Definition) -> str:
    signature = f"{one.head + 1}" if one.body <= one.head + 1 else f"{one.head + 1}-{one.body}"
    rest = f" on {', '.join(one.bases)}" if one.bases else ""
    owner = f" of {one.owner}" if one.owner else ""
    whole = f"{one.first + 1}-{one.stop}"
    return f"{one.kind} {one.name}{owner}{rest} [{whole}, signature {signature}]"

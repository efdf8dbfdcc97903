"""Of files with more definitions than an index takes, the most telling ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.gathering.places import candidates
from understudy.gathering.excluded import CUT, UNPARSED
from understudy.index.extraction import facts_of
from understudy.index.nesting import MAX_DEFINITIONS, is_cut

if TYPE_CHECKING:
    from understudy.index.facts import Facts

MANY = MAX_DEFINITIONS + 500
FUNCTIONS = "".join(f"def f{n}(): ...\n" for n in range(MANY))
PYTHON = f"{FUNCTIONS}\n\nclass Big:\n    size = 1\n\n    def method(self): ...\n"
HEADER = (
    "".join(f"#define REG_{n} {n}\n" for n in range(MANY))
    + "struct Device { int base; };\nint start(struct Device *device);\n"
)
MAIN = (
    "from big import Big, last\nimport small\n\ndef run(big: Big):\n    return big.method(last)\n"
)


def kinds(facts: Facts) -> dict[str, str]:
    return {one.name: one.kind for one in facts.definitions}


def test_types_go_before_functions_and_these_before_all_else() -> None:
    facts = facts_of("big.py", "python", PYTHON)
    assert is_cut(facts)
    assert len(facts.definitions) == MAX_DEFINITIONS
    assert kinds(facts)["Big"] == "class"
    assert f"f{MANY - 1}" not in kinds(facts)
    header = facts_of("regs.h", "c", HEADER)
    assert {"Device", "start", "REG_0"} <= set(kinds(header))
    assert all(one.parent < number for number, one in enumerate(header.definitions))


def test_what_stands_within_something_that_is_not_kept_is_not_kept() -> None:
    text = f"{FUNCTIONS}def outer():\n    class Inner:\n        pass\n"
    assert "Inner" not in kinds(facts_of("big.py", "python", text))


def test_members_stay_with_their_class() -> None:
    text = "class First:\n    def method(self): ...\n\n\n" + FUNCTIONS
    facts = facts_of("big.py", "python", text)
    assert [one.parent for one in facts.definitions[:3]] == [-1, 0, -1]


def test_the_file_is_listed_and_what_is_known_of_it_is_shown() -> None:
    found = candidates({"big.py": PYTHON, "main.py": MAIN}, "main.py", range(3, 5))
    assert "Big" in {one.name for one in found.items if one.required}
    assert ("big.py", CUT) in {(one.path, one.why) for one in found.left_out}


def test_a_file_that_is_not_parsed_is_listed() -> None:
    long = "class Big: ...\n" + "# a comment\n" * 50_000
    files = {"big.py": long, "small.py": "print('x')\n", "main.py": MAIN}
    found = candidates(files, "main.py", range(3, 5))
    assert {(one.path, one.why) for one in found.left_out} == {("big.py", UNPARSED)}

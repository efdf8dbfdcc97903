"""What the engine knows of a checker's rules stands in the checker itself."""

from __future__ import annotations

import pytest

from understudy.checkers import all_checkers, is_about_import_order


@pytest.mark.parametrize(
    ("code", "tells"),
    [
        *(("F821", True), ("B006", True), ("FURB101", False), ("FBT001", False), ("BLE001", False)),
        *(("F", False), ("", False), ("E501", False), ("invalid-syntax", False)),
    ],
)
def test_a_family_of_rules_is_matched_as_a_whole(code: str, tells: bool) -> None:
    assert all_checkers()["ruff"].tells_of_bug(code) is tells


def test_only_the_checker_that_has_a_rule_gives_it_its_meaning() -> None:
    assert is_about_import_order("Ruff", "I001")
    assert not is_about_import_order("mypy", "I001")
    assert not is_about_import_order("ruff", "F401")


def test_exactly_the_type_checkers_say_so() -> None:
    found = {name for name, one in all_checkers().items() if one.is_type_checker}
    assert found == {"basedpyright", "ty", "typescript"}

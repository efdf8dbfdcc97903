from __future__ import annotations

import pytest

from understudy.index.accounting import losses
from understudy.index.lost_units import lost_units

TEXTS = {
    "nginx": [f"server {{\n    listen 80{at};\n    name host{at};\n}}\n\n" for at in range(9)],
    "csv": ["id,name,price\n", *(f"{at},name{at},{at * 7 + 100}\n" for at in range(9))],
    "yaml": ["steps:\n", *(f"  - run: task{at}\n    with: tool{at}\n" for at in range(9))],
    "hcl": [f'resource "a" "b{at}" {{\n  size = {at + 20}\n}}\n\n' for at in range(9)],
    "prolog": [f"parent(tom{at}, bob{at}).\nage(tom{at}, {at + 30}).\n\n" for at in range(9)],
    "cobol": [f"       PARA-{at}.\n           MOVE {at} TO WS{at}.\n" for at in range(9)],
    "odin": [f"area{at} :: proc() -> int {{\n\treturn value{at}\n}}\n\n" for at in range(9)],
    "starlark": [
        f'go_library(\n    name = "lib{at}",\n    deps = [":x{at}"],\n)\n\n' for at in range(9)
    ],
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_unit_that_is_gone_beside_a_change_is_told_where_it_stood(language: str) -> None:
    units = TEXTS[language]
    text = "".join(units)
    for at in range(3, 9):
        changed = [units[0], units[1].replace("1", "changed"), *units[2:]]
        after = "".join(changed[:at] + changed[at + 1 :])
        (told,) = lost_units(text, after, language)
        assert told.name in units[at]
        assert told.lines.start in range(
            "".join(units[:at]).count("\n"), "".join(units[: at + 1]).count("\n")
        )


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_changed_moved_or_new_is_not_gone(language: str) -> None:
    units = TEXTS[language]
    text = "".join(units)
    changed = "".join([*units[:2], units[2].replace("2", "20"), *units[3:]])
    moved = "".join([units[0], *units[2:], units[1]])
    longer = text + units[3].replace("3", "33")
    for after in (changed, moved, longer, text):
        assert lost_units(text, after, language) == ()


def test_a_unit_next_to_the_change_is_told_as_well() -> None:
    text = "".join(TEXTS["csv"])
    after = text.replace("2,name2,114\n3,name3,121\n", "2,name2,115\n")
    (told,) = lost_units(text, after, "csv")
    assert told.name == "3,name3,121"


def test_comments_imports_and_lines_written_anew_may_go() -> None:
    text = "# a remark\nuse lib\nfirst step here\nsecond step there\nthird thing\n"
    after = "first step now\nsecond step there\nthird thing\n"
    assert lost_units(text, after, "plan") == ()
    assert (
        lost_units(text, text.replace("second step there\nthird thing\n", "all else\n"), "plan")
        == ()
    )
    assert lost_units(text, text.replace("third thing\n", ""), "markdown") == ()


def test_the_reader_tells_several_lines_that_go_beside_a_change_and_not_those_that_go_alone() -> (
    None
):
    units = TEXTS["nginx"]
    text = "".join(units)
    (repair,) = losses(text, text.replace(units[5], "").replace("host1", "other"), "nginx")
    assert "more are gone" in repair.what
    assert repair.risk == "high"
    assert losses(text, text.replace(units[5], ""), "nginx") == ()

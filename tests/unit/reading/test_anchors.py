from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.reading import Match
from understudy.reading.anchors import allowed, named, scope_of
from understudy.reading.places import Place, places_at

FILE = (
    "class A:\n    def run(self):\n        return 1\n\n\nclass B:\n    def run(self):\n"
    "        return 2\n\n\ndef free():\n    return 3\n"
).splitlines()


def found(line: str, *anchors: str, loose: bool = False) -> list[tuple[int, str]]:
    places = list(places_at(FILE, [line], Match.EXACT))
    left = allowed(FILE, places, named(FILE, anchors), loose=loose)
    return [(place.lines.start, place.risk) for place in left]


def test_an_anchor_narrows_the_choice_and_rules_out_what_it_does_not_hold() -> None:
    assert found("    def run(self):", "class B:") == [(6, "none")]
    assert found("        return 1", "class B:", "def run(self):") == []
    assert found("        return 2", "class B", "def run") == [(7, "none")]


def test_an_anchor_with_other_parameters_still_names_its_function() -> None:
    assert found("    return 3", "def free(a, b):") == [(11, "none")]
    assert found("        return 1", "def free(a, b):") == []


def test_an_anchor_that_defines_what_is_not_there_makes_a_place_a_guess() -> None:
    assert found("    return 3", "def gone():") == [(11, "high")]
    assert found("    return 3", "the lines below") == [(11, "none")]
    assert allowed(FILE, (), named(FILE, ["def gone():"], {"gone"}), loose=False) == []
    assert not named(FILE, ["def gone():"], {"gone"}).is_lost


def test_a_diff_may_name_the_definition_before_the_place() -> None:
    assert found("def free():", "class B:", loose=True) == [(10, "none")]
    assert found("    return 3", "class B:", loose=True) == [(11, "high")]
    assert found("    return 3", "class B:") == []
    assert found("        return 1", "class B:", loose=True) == []


def test_the_scope_is_told_where_one_definition_is_named() -> None:
    assert scope_of(named(FILE, ["class B:"])) == range(5, 10)
    assert scope_of(named(FILE, ["    def run(self):"])) is None


@given(st.lists(st.sampled_from(FILE), max_size=12), st.lists(st.text(max_size=12), max_size=3))
def test_no_place_is_made_up(file: list[str], anchors: list[str]) -> None:
    places = [
        Place(range(at, at + 1), Match.EXACT, (range(at, at + 1),)) for at in range(len(file))
    ]
    for loose in (False, True):
        left = allowed(file, places, named(file, anchors), loose=loose)
        assert {one.lines for one in left} <= {one.lines for one in places}

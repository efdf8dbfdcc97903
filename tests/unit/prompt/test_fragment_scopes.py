"""What is marked in a fragment by the names that there are where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.prompt.test_fragments_fit import BUILT_IN, TO
from understudy.prompt.checking import troubles_of
from understudy.prompt.composing import compose
from understudy.prompt.fragment import read_fragment
from understudy.prompt.impossible import World
from understudy.prompt.layers import library_of
from understudy.prompt.settling import settle

if TYPE_CHECKING:
    from understudy.prompt.fragment import Fragment, Layer
    from understudy.prompt.values import Values


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("X {{> problem.one}}", "unknown_variable"),
        ("{{#each others}}{{> problem.one}}{{/each}}", "unknown_variable"),
        ("{{#each problems}}{{> problem.one}}{{/each}}", ""),
        ("{{#with finding}}{{> problem.one}}{{/with}}", "unknown_variable"),
        ("{{#with language}}{{this}}{{/with}}", ""),
        ("{{#with wish as |words|}}{{words}}{{/with}}", ""),
        ("{{#with problem as |one|}}{{one.line}} {{line}}{{/with}}", ""),
        ("{{#with problem}}{{this}}{{/with}}", "no_text"),
        ("{{#with problem}}{{code}}{{/with}}", "may_be_missing"),
        ("{{#if problem}}{{problem.code}}{{/if}}", "may_be_missing"),
        ("{{#if problem.code}}{{problem.code}}{{/if}}", ""),
        ("{{#if wish}}{{#each others}}{{wish}}{{/each}}{{/if}}", ""),
        ("{{#if wish}}{{else}}{{wish}}{{/if}}", "may_be_missing"),
        ("{{#if problems}}{{problems.line}}{{/if}}", "unknown_variable"),
        ("{{#each others}}{{../wish}}{{/each}}", "may_be_missing"),
        ("{{#each problems}}{{#if code}}{{#each ../problems}}{{code}}{{/each}}{{/if}}{{/each}}",
         "may_be_missing"),
        ("{{wish}}", "may_be_missing"),
        ("{{default wish 'x'}}", ""),
        ("{{default problem 'x'}}", "no_text"),
        ("{{rules}}", "may_be_missing"),
        ("{{@index}}", "outside_each"),
    ],
)  # fmt: skip
def test_a_fragment_is_marked_by_the_names_that_are_there(body: str, code: str) -> None:
    reading = read_fragment(f"---\nid: mine\nslot: task\n---\n{body}", "x", "user", "/x.md")
    assert reading.fragment is not None
    found = troubles_of(reading, library_of([*BUILT_IN, reading.fragment]), World())
    assert [one.code for one in found if one.severity == "error"] == ([code] if code else [])


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("asks: change", "wish"), ("asks: [change, words]", "wish"), ("asks: '!fix'", "wish"),
        ("asks: fix", "problem.line"), ("asks: '!words'", "rules"), ("has: wish", "wish"),
        ("strategy: show_finding", "strategy"), ("model: 'acme/*'", "model"),
        ("family: [large, small]", "family"), ("taskKind: fix", "task"),
    ],
)  # fmt: skip
def test_what_a_fragment_is_chosen_by_has_a_value(when: str, name: str) -> None:
    front = f"id: mine\nslot: task\nwhen:\n  {when}"
    reading = read_fragment(f"---\n{front}\n---\n{{{{{name}}}}}", "x", "user", "/x.md")
    assert reading.fragment is not None
    assert troubles_of(reading, library_of([*BUILT_IN, reading.fragment]), World()) == ()


def _chain(length: int, times: int = 1) -> list[Fragment]:
    found = []
    for number in range(length):
        slot = "slot: task\n" if number == 0 else ""
        body = f"{{{{> c{number + 1}}}}}" * times if number < length - 1 else "end"
        text = f"---\nid: c{number}\n{slot}---\n{body}\n"
        reading = read_fragment(text, "x", "user", f"/{number:03}.md")
        assert reading.fragment is not None
        found.append(reading.fragment)
    return found


@pytest.mark.parametrize(
    ("length", "times", "code"),
    [(20, 1, ""), (21, 1, "too_deep"), (300, 1, "too_deep"), (8, 2, ""), (12, 2, "too_many")],
)
def test_a_fragment_that_becomes_too_deep_or_too_many_is_marked_and_left_out(
    length: int, times: int, code: str
) -> None:
    files = _chain(length, times)
    library = library_of([*BUILT_IN, *files])
    reading = read_fragment(files[0].text, "x", "user", files[0].path)
    errors = [one.code for one in troubles_of(reading, library, World()) if one.severity == "error"]
    assert set(errors) == ({code} if code else set())
    filled: Values = {
        "asks": "fix", "language": "python", "file": {"name": "a", "language": "python"},
        "region": {"first": 1, "last": 1, "text": "x", "stays": False}, "rules": "Answer.",
    }  # fmt: skip
    settled = settle({one.path: one for one in files}, {}, BUILT_IN)
    names = [part.name for turn in compose(settled, TO, filled).turns for part in turn.parts]
    assert ("c0" in names) is not bool(code)


def test_blocks_and_includes_that_stand_in_each_other_as_deep_as_they_may_are_put_together() -> (
    None
):
    opened, closed = "{{#if file}}" * 20, "{{/if}}" * 20
    files = []
    for number in range(20):
        body = f"{{{{> c{number + 1}}}}}" if number < 19 else "end"
        text = f"---\nid: c{number}\nslot: task\n---\n{opened}{body}{closed}\n"
        reading = read_fragment(text, "x", "user", f"/{number:03}.md")
        assert reading.fragment is not None
        files.append(reading.fragment)
    filled: Values = {
        "asks": "fix", "language": "python", "file": {"name": "a", "language": "python"},
        "region": {"first": 1, "last": 1, "text": "x", "stays": False}, "rules": "Answer.",
    }  # fmt: skip
    library = settle({one.path: one for one in files}, {}, BUILT_IN)
    assert library.troubles == ()
    assert "end" in compose(library, TO, filled).turns[1].text


@pytest.mark.parametrize(
    ("below", "code"), [("problem.one", "may_be_missing"), ("failing", "unknown_variable")]
)
@pytest.mark.parametrize("layer", ["user", "workspace"])
def test_an_override_that_fits_less_than_what_it_replaces_is_at_fault(
    layer: Layer, below: str, code: str
) -> None:
    text = f"---\nid: {below}\n---\n{{{{line}}}} {{{{code}}}}\n"
    reading = read_fragment(text, "x", layer, "/x.md")
    assert reading.fragment is not None
    library = library_of([*BUILT_IN, reading.fragment])
    found = troubles_of(reading, library, World())
    assert {one.code for one in found if one.severity == "error"} == {code}
    settled = settle({"/x.md": reading.fragment}, {}, BUILT_IN)
    counts = settled.find(below)
    assert counts is not None
    assert counts.layer == "built-in"

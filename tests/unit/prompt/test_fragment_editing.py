from __future__ import annotations

import pytest

from understudy.prompt.checking import troubles_of
from understudy.prompt.describing import described
from understudy.prompt.editing import completions
from understudy.prompt.fragment import read_fragment
from understudy.prompt.impossible import World
from understudy.prompt.library import load_library


@pytest.mark.parametrize(
    ("when", "taken", "shown"),
    [
        ("model: tiny/*", ("tiny/one-1",), "tiny/one-1"),
        ("model: tiny/*", (), "tiny/*"),
        ("model: acme/*", ("acme/small",), "acme/large"),
    ],
)
@pytest.mark.usefixtures("home")
def test_the_preview_is_for_a_model_that_the_fragment_is_taken_for(
    when: str, taken: tuple[str, ...], shown: str
) -> None:
    text = f"---\nid: a\nslot: role\nwhen:\n  {when}\n---\nYou are {{{{default model 'x'}}}}."
    told = described(read_fragment(text, "a", "user"), len(text), load_library(None), taken)
    assert f"You are {shown}." in told
    assert told.startswith("`a`, version 1, user")
    assert ("Shown for: model" in told) == (shown != "acme/large")


EACH = "---\nid: a\nslot: task\n---\n{{#each others as |o|}}%s{{/each}}"


@pytest.mark.parametrize("name", ["o.line", "this.line", "line", "../file.name", "o.message"])
@pytest.mark.usefixtures("home")
def test_the_item_of_a_list_has_a_value_by_each_of_its_names(name: str) -> None:
    reading = read_fragment(EACH % f"{{{{{name}}}}}", "a")
    assert troubles_of(reading, load_library(None), World()) == ()


@pytest.mark.parametrize(
    ("path", "asked"), [("../wish", "../wish"), ("wish", "wish"), ("../problem.code", "../problem")]
)
@pytest.mark.usefixtures("home")
def test_a_hint_names_the_condition_that_would_help(path: str, asked: str) -> None:
    reading = read_fragment(EACH % f"{{{{{path}}}}}", "a")
    (hint,) = troubles_of(reading, load_library(None), World())
    assert f"`{{{{#if {asked}}}}}`" in hint.message
    helped = read_fragment(EACH % f"{{{{#if {path}}}}}{{{{{path}}}}}{{{{/if}}}}", "a")
    assert troubles_of(helped, load_library(None), World()) == ()


@pytest.mark.parametrize("word", ["o.", "this.", "../o."])
@pytest.mark.usefixtures("home")
def test_the_parts_of_an_item_are_offered(word: str) -> None:
    text = EACH % f"{{{{{word}"
    offset = text.index("{{/each")
    found = completions(text, offset, load_library(None), World())
    assert {one.label for one in found} == {"line", "message"}
    assert all(one.span.start == one.span.end == offset for one in found)


@pytest.mark.usefixtures("home")
def test_a_condition_that_is_there_already_is_not_asked_for_again() -> None:
    reading = read_fragment(EACH % "{{#if ../problem}}{{../problem.code}}{{/if}}", "a")
    (hint,) = troubles_of(reading, load_library(None), World())
    assert "`{{#if ../problem.code}}`" in hint.message
    other = read_fragment(EACH % "{{#unless ../wish}}{{else}}{{../wish}}{{/unless}}", "a")
    assert troubles_of(other, load_library(None), World()) == ()


@pytest.mark.parametrize("opened", ["{{#if ", "{{#if wish}}a{{else if ", "{{#unless "])
@pytest.mark.usefixtures("home")
def test_variables_are_offered_behind_every_condition(opened: str) -> None:
    text = f"---\nid: a\nslot: task\n---\n{opened}"
    found = completions(text, len(text), load_library(None), World())
    assert {"wish", "problem"} <= {one.label for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: a\nslot: task\nwhen:\n  has: problem\n---\nx",
        "---\nid: a\nslot: task\n---\n{{#if problem}}x{{/if}}",
        "---\nid: a\nslot: task\n---\n{{#if wish}}a{{else if problem}}x{{/if}}",
        "---\nid: a\nslot: task\n---\n{{#with problem}}{{line}}{{/with}}",
    ],
)
@pytest.mark.usefixtures("home")
def test_a_variable_is_described_wherever_it_is_asked_for(text: str) -> None:
    told = described(read_fragment(text, "a"), text.index("problem") + 2, load_library(None))
    assert told.startswith("`problem`: ")
    assert "It may have no value." in told

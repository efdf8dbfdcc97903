"""No private name is left in a form that a reader knows it by, and plain rules stay readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from understudy.learning.name_forms import known_forms, tells
from understudy.learning.redacting import MASK, redact

SPLIT = st.lists(st.from_regex(r"[a-z]{2,6}", fullmatch=True), min_size=2, max_size=4)
NAMES = st.sampled_from(
    [
        *(
            "parser",
            "order",
            "service",
            "mark",
            "cache",
            "copy",
            "tag",
            "index",
            "entry",
            "process",
        ),
        *(
            "merge",
            "shelf",
            "box",
            "write",
            "path",
            "sync",
            "bill",
            "orders",
            "parsers",
            "services",
        ),
        *("entries", "boxes", "caches"),
    ]
) | st.from_regex(r"[a-z]{3,9}", fullmatch=True)
VOWELS = "aeiou"


def inflected(name: str, ending: str) -> str:
    """A word with an ending, as it is spelt."""
    match ending:
        case "s" if name.endswith(("s", "x", "z", "ch", "sh")):
            return f"{name}es"
        case "s" | "ed" if name[-1] == "y" and name[-2] not in VOWELS:
            return f"{name[:-1]}i{'es' if ending == 's' else 'ed'}"
        case "ed" | "ing" | "er" | "able" if name.endswith("e"):
            return f"{name[:-1]}{ending}"
    return name + ending


def doubled(name: str, ending: str) -> str:
    """A word whose last consonant is doubled before an ending."""
    return f"{name}{name[-1]}{ending}"


ENDINGS = ["", "s", "'s", "s'", "\u2019s", "ed", "ing", "ings", "er", "ers", "er's", "able", "ly"]
COMPOUNDS = [
    *("{0}", "get_{0}", "{0}_id", "{0}-like", "non-{0}", "un{0}", "re{0}", "{0}/value", "list.{0}"),
    *(
        "`{0}()`",
        "({0})",
        "{0}2",
        "HTTP{1}",
        "get{1}",
        "{0}Value",
        "{1}Error",
        "{0}:",
        "\u201c{0}\u201d",
    ),
]


@given(NAMES, st.sampled_from(ENDINGS), st.sampled_from(COMPOUNDS), st.booleans(), st.booleans())
@example("mark", "'s", "{0}", False, False)
@example("order", "s'", "{0}", False, False)
@example("copy", "ed", "{0}", False, False)
@example("tag", "ing", "{0}", True, False)
@example("shelf", "s", "{0}", False, True)
def test_a_name_is_masked_in_every_form(
    name: str, ending: str, compound: str, is_doubled: bool, is_capital: bool
) -> None:
    form = doubled(name, ending) if is_doubled else inflected(name, ending)
    told = compound.format(form, form.capitalize())
    told = told.capitalize() if is_capital else told
    for said in (name, name.upper(), f"The {name.capitalize()} team", f"{name}-tools"):
        assert redact(told, {said}).text == MASK
        assert redact(f"{told} {told}", {said}).text == MASK
        assert redact(f"of {told}", {said}).text.endswith(MASK)


@given(SPLIT, st.sampled_from(["", "s", "ed", "ing"]))
def test_a_name_is_masked_in_several_words(parts: list[str], ending: str) -> None:
    told = " ".join([*parts[:-1], inflected(parts[-1], ending)])
    assert redact(told, {"".join(parts)}).text == MASK
    assert redact(f"of {told}", {"".join(parts)}).text.endswith(MASK)


@given(NAMES, st.sampled_from(["s", "'s"]))
def test_a_name_in_the_plural_is_masked_in_the_singular(name: str, ending: str) -> None:
    assume(not name.endswith("s"))
    assert redact(name, {inflected(name, ending)}).text == MASK


@pytest.mark.parametrize(
    ("sentence", "private", "left"),
    [
        ("Follow mark's rules for tests.", "mark", "Follow <name> rules for tests."),
        ("Mark\u2019s rules are good.", "mark", "<name> rules are good."),
        ("All parsers must return a value.", "parser", "All <name> must return a value."),
        ("Never call the order's services.", "order-service", "Never call the <name>"),
        ("Close the database and the codebase.", "code", "Close the database and the <name>"),
        ("Sort the OrderedDict.", "order", "Sort the <name>"),
        ("Copied entries, unordered.", "order_copy", "<name> entries, <name>"),
        ("Use the check-out.", "checkout", "Use the <name>"),
        ("Use the service.", "OrderService", "Use the <name>"),
        ("Read the cafe.", "Café", "Read the <name>"),
        ("Keep both halves.", "half", "Keep both <name>"),
        ("The indices must fit.", "index", "The <name> must fit."),
        ("Change the matrices.", "matrix", "Change the <name>"),
        ("Keep all criteria.", "criterion", "Keep all <name>"),
        ("Use the analyses.", "analysis", "Use the <name>"),
        ("Do what was written.", "write", "Do what was <name>"),
        ("Never keep what was overwritten.", "overwrite", "Never keep what was <name>"),
        ("It ran twice, and reran.", "run", "It <name> twice, and <name>"),
        ("Kept it.", "keep", "<name> it."),
        ("Use the found value.", "find", "Use the <name> value."),
        ("Use the chosen one.", "choose", "Use the <name> one."),
        ("Write to the index.", "written/indices", "<name> to the <name>"),
        (
            "Read the description of the solution.",
            "describe-solve",
            "Read the <name> of the <name>",
        ),
        ("Keep the application small.", "apply", "Keep the <name> small."),
        ("Normalise the colour.", "normalize-color", "<name> the <name>"),
        ("Keep the good parser small.", "goodparser", "Keep the <name> small."),
        ("Check the test cases.", "testcase", "Check the <name>"),
        ("Check the (test) `case`.", "TESTCASE", "Check the <name>"),
        ("Never change the read only view.", "readonlyview", "Never change the <name>"),
        ("Cut the over long data matrices.", "datamatrix", "Cut the over long <name>"),
        ("In mark or under mark.", "mark", "In <name> or under <name>"),
    ],
)
def test_what_is_left_of_a_sentence(sentence: str, private: str, left: str) -> None:
    assert redact(sentence, {private}).text == left


@pytest.mark.parametrize(
    "private", ["user", "root", "shop", "jane", "dev-box", "acme", "runner", "Doe", "api", "ubuntu"]
)
@pytest.mark.parametrize(
    "sentence",
    [
        "Import what you use, and never more than the code needs.",
        "Use `pathlib.Path` instead of os.path.join; close files with a context manager.",
        "Don't return None where a list is expected: it does nothing later.",
        "Keep every function short, and its name plain, whether or not there are tests.",
    ],
)
def test_plain_rules_stay_readable(sentence: str, private: str) -> None:
    assert redact(sentence, {private}).masked == 0


@given(st.from_regex(r"[A-Za-z0-9]{2,6}([ ./_@'-][A-Za-z0-9]{2,6}){0,3}", fullmatch=True))
def test_a_name_is_known_again_whole_and_by_each_of_its_words(name: str) -> None:
    known = known_forms([name])
    for one in (name, name.upper(), *re.split(r"[ ./_@'-]", name)):
        assert all(tells(word, known) for word in one.split())


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_is_looked_through(text: str, names: list[str]) -> None:
    assert not tells(text, frozenset())
    assert (
        len(text.strip()) < 2
        or not text.isascii()
        or tells(text.strip(), known_forms([*names, text]))
    )


@pytest.mark.parametrize(
    ("word", "name"),
    [
        *(("action", "ace"), ("message", "miss"), ("bind", "bus"), ("present", "press")),
        *(("find", "found"), ("grind", "ground"), ("bear", "bore"), ("leave", "left")),
        *(("fraction", "face"), ("status", "statue"), ("basic", "bus"), ("mission", "mit")),
        *(("section", "sence"), ("class", "clay"), ("process", "proceed"), ("bind", "bound")),
        *(("option", "obey"), ("event", "eve")),
    ],
)
def test_a_plain_word_is_no_form_of_a_name_that_it_resembles(word: str, name: str) -> None:
    assert not tells(word, known_forms({name}))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        *(("solutions", "solve"), ("reduction", "reduce"), ("descriptions", "describe")),
        *(("applications", "apply"), ("indices", "index"), ("reindexing", "index")),
        *(("criteria", "criterion"), ("foci", "focus"), ("axes", "axis"), ("schemata", "schema")),
        *(("extensions", "extend"), ("permission", "permit"), ("reception", "receive")),
        *(("found", "find"), ("bound", "bind"), ("pressed", "press"), ("buses", "bus")),
        *(
            ("missing", "miss"),
            ("aces", "ace"),
            ("founded", "found"),
            ("normalisation", "normalize"),
        ),
        *(("index", "indices"), ("write", "written"), ("criterion", "criteria")),
    ],
)
def test_a_true_form_is_one(word: str, name: str) -> None:
    assert tells(word, known_forms({name}))

"""Fragments that an editor calls clean are always put together; the others never end a request."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from understudy.core.lines import LineIndex
from understudy.prompt.checking import troubles_of
from understudy.prompt.choosing import ASKS, Addressee
from understudy.prompt.composing import compose
from understudy.prompt.fragment import read_fragment
from understudy.prompt.impossible import World
from understudy.prompt.keys import VARIABLES
from understudy.prompt.layers import library_of
from understudy.prompt.library import load_library
from understudy.prompt.settling import settle
from understudy.prompt.trouble import FragmentError
from understudy.prompt.values import Quoted, Snippet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.prompt.fragment import Fragment, Layer
    from understudy.prompt.keys import Known
    from understudy.prompt.layers import Library
    from understudy.prompt.values import Value, Values

BUILT_IN = [one for many in load_library(None).by_id.values() for one in many]
TO = Addressee(task="fix", role="debugging", model="acme/large", family="large")
_GIVEN = {"fix": ("problem", "rules"), "change": ("wish", "rules"), "words": ("wish",)}


def _values_of(known: Known, chance: Random, *, held: bool) -> Value:
    if known.kind == "list":
        most = 1 if held else chance.randint(0, 2)
        return [_parts_of(known.parts, chance) for _ in range(most)]
    if known.kind == "parts":
        return _parts_of(known.parts, chance)
    if known.kind == "number":
        return chance.randint(0, 2)
    if known.kind == "flag":
        return chance.random() < 0.5
    text = "w" if held else chance.choice(["", "w"])
    kinds: Mapping[str, Value] = {"quoted": Quoted(text), "snippet": Snippet(text)}
    return kinds.get(known.kind, text)


def _parts_of(parts: Mapping[str, Known], chance: Random) -> Values:
    found: dict[str, Value] = {}
    for name, known in parts.items():
        how = "some" if known.is_always else chance.choice(["some", "none", "absent"])
        if how != "absent":
            found[name] = _values_of(known, chance, held=False) if how == "some" else None
    return found


def values(seed: int) -> Values:
    """Values as prompts may have them: what is always there, and any of the rest."""
    chance = Random(seed)  # noqa: S311 - nothing is secret here
    asks = chance.choice(ASKS)
    found = dict(_parts_of(VARIABLES, chance))
    for name in _GIVEN[asks]:
        found[name] = _values_of(VARIABLES[name], chance, held=True)
    return {**found, "asks": asks, "task": "fix", "model": TO.model, "family": TO.family}


SOME_VALUES = [values(seed) for seed in range(12)]


PATHS = st.sampled_from(
    (
        *(
            "file.name",
            "language",
            "asks",
            "wish",
            "problem",
            "problem.line",
            "problem.code",
            "code",
        ),
        *(
            "line",
            "message",
            "others",
            "problems",
            "finding",
            "finding.excerpt",
            "strategy",
            "model",
        ),
        *("this", ".", "this.line", "this.code", "this.language", "../wish", "../this", "../code"),
        *("../../line", "@index", "@last", "../@index", "@root.wish", "@root.file.name", "it"),
        *("it.code", "it.line", "problems.line", "region.text", "region.stays", "selected.first"),
        *("editFormat", "rules", "text", "name", "nosuch", "file.nosuch", "@root"),
    )
)
IDS = st.sampled_from(("a", "b", "c", "problem.one", "failing", "problem.target", "ghost"))


def _block(kind: str, path: str, inner: tuple[str, str], alias: str) -> str:
    body, otherwise = inner
    named = " as |it|" if alias and kind in {"each", "with"} else ""
    tail = f"{{{{else}}}}{otherwise}" if otherwise else ""
    return f"{{{{#{kind} {path}{named}}}}}{body}{tail}{{{{/{kind}}}}}"


BODIES = st.recursive(
    st.one_of(
        st.just("words "),
        PATHS.map(lambda path: f"{{{{{path}}}}}"),
        PATHS.map(lambda path: f"{{{{default {path} 'x'}}}}"),
        IDS.map(lambda id_: f"{{{{> {id_}}}}}"),
    ),
    lambda inner: st.one_of(
        st.builds(
            _block,
            st.sampled_from(("if", "unless", "each", "with")),
            PATHS,
            st.tuples(inner, st.one_of(st.just(""), inner)),
            st.sampled_from(("", "it")),
        ),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=5,
)
WHENS = st.sampled_from(
    (
        *("", "  asks: fix", "  asks: change", '  asks: "!words"', "  asks: [change, words]"),
        *(
            "  has: problem",
            "  has: [wish, finding]",
            "  has: others",
            "  strategy: '*'",
            "  model: '*'",
        ),
        "  asks: words\n  has: problems",
    )
)


@st.composite
def written(draw: st.DrawFn) -> list[Fragment]:
    """A few files of users and workspaces that can be read."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        id_ = draw(st.sampled_from(("a", "b", "c", "problem.one", "failing", "problem.target")))
        slot, when = draw(st.sampled_from(("", "slot: task\n", "slot: problem\n"))), draw(WHENS)
        requires = draw(st.sampled_from(("", "requires: b\n", "requires: problem.target\n")))
        front = f"id: {id_}\n{slot}{requires}" + (f"when:\n{when}\n" if when else "")
        layer: Layer = draw(st.sampled_from(("user", "workspace")))
        text = f"---\n{front}---\n{draw(BODIES)}\n"
        reading = read_fragment(text, "x", layer, f"/{layer}/{number}.md")
        assume(reading.fragment is not None)
        assert reading.fragment is not None
        found.append(reading.fragment)
    return found


def _errors(fragment: Fragment, library: Library) -> list[tuple[int, str]]:
    """The lines of a file that an editor marks as errors, counted from 1."""
    reading = read_fragment(fragment.text, "x", fragment.layer, fragment.path)
    index = LineIndex(fragment.text)
    found = troubles_of(reading, library, World())
    return [(index.line_of(t.span.start) + 1, t.message) for t in found if t.severity == "error"]


@given(written())
def test_what_an_editor_calls_clean_is_put_together_and_what_fails_is_marked_at_its_place(
    files: list[Fragment],
) -> None:
    library = library_of([*BUILT_IN, *files])
    marked = {one.path: _errors(one, library) for one in files}
    # Where one is over another, the message may be about the one below.
    counting = {id_: many[0].path for id_, many in library.by_id.items() if len(many) == 1}
    for filled in SOME_VALUES:
        failed = _failed(library, filled)
        assert not failed or any(marked.values()), failed
        place = re.search(r"in line (\d+) of the fragment `([^`]+)`", failed)
        if place is not None and counting.get(place[2]) in marked:
            lines = [line for line, _ in marked[counting[place[2]]]]
            others = [path for path, found in marked.items() if found]
            assert int(place[1]) in lines or others != [counting[place[2]]]


def _failed(library: Library, filled: Values) -> str:
    """Why there is no prompt; empty where there is one."""
    try:
        compose(library, TO, filled)
    except FragmentError as error:
        return str(error)
    return ""


@given(written(), written())
def test_whatever_is_in_the_folders_a_prompt_comes_out(
    before: list[Fragment], now: list[Fragment]
) -> None:
    first = settle({one.path: one for one in before}, {}, BUILT_IN)
    assert all(compose(first, TO, filled).turns for filled in SOME_VALUES)
    sound = {one.path: one for many in first.by_id.values() for one in many}
    written_now = {one.path: one for one in now}
    kept = {path: one for path, one in sound.items() if path in written_now}
    library = settle(written_now, kept, BUILT_IN)
    assert all(compose(library, TO, filled).turns for filled in SOME_VALUES)
    clean = library_of([*BUILT_IN, *now])
    if not any(_errors(one, clean) for one in now):
        assert library.troubles == ()

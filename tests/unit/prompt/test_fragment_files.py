from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy, Trust
from understudy.prompt.checking import troubles_of
from understudy.prompt.choosing import Addressee, applies, facts_of
from understudy.prompt.composing import compose, source_map
from understudy.prompt.fragment import read_fragment
from understudy.prompt.impossible import World
from understudy.prompt.library import BUILT_IN, library_for, load_library, user_folder
from understudy.prompt.trouble import FragmentError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from understudy.prompt.values import Value

ASKED: Mapping[str, Value] = {
    "asks": "fix",
    "language": "python",
    "file": {"name": "a.py", "language": "python"},
    "region": {"first": 1, "last": 2, "text": "x", "stays": False},
    "rules": "Answer.",
}
TO = Addressee(task="fix", role="debugging", model="acme/large-2", family="large")


@pytest.fixture
def own(home: Path) -> Path:
    folder = user_folder()
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, name: str, front: str, body: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"---\n{front}\n---\n{body}\n", "utf-8", newline="")
    return path


def told(root: Path | None = None, to: Addressee = TO, **more: Value) -> str:
    prompt = compose(load_library(root), to, {**ASKED, **more})
    return "\n".join(turn.text for turn in prompt.turns)


def test_the_built_in_fragments_have_nothing_wrong() -> None:
    library = load_library(None)
    for file in sorted(BUILT_IN.iterdir()):
        reading = read_fragment(file.read_text("utf-8"), file.stem, "built-in", str(file))
        assert reading.id == file.stem
        assert troubles_of(reading, library, World()) == ()


def test_the_users_own_fragment_counts_before_that_of_a_workspace_and_a_built_in_one(
    own: Path, tmp_path: Path
) -> None:
    place = tmp_path / "w" / ".understudy" / "fragments"
    write(place, "a.md", "id: role.fix\nslot: role", "The workspace says.")
    assert "The workspace says." in told(tmp_path / "w")
    assert "You repair code" in told(None)
    write(own, "b.md", "id: role.fix\nslot: role", "The user says.")
    assert "The user says." in told(tmp_path / "w")
    assert "The workspace says." not in told(tmp_path / "w")


@pytest.mark.parametrize("trust", list(Trust))
def test_a_workspaces_fragments_count_only_when_it_is_trusted(
    trust: Trust, tmp_path: Path, home: Path
) -> None:
    write(tmp_path / ".understudy" / "fragments", "a.md", "id: mine\nslot: task", "Mine.")
    view = View("file:///a.py", "x", Policy(trust), root=tmp_path)
    assert (library_for(view).find("mine") is not None) == (trust is Trust.TRUSTED)


def test_a_link_out_of_the_workspace_is_not_read(tmp_path: Path, home: Path) -> None:
    secret = write(tmp_path, "secret.md", "id: secret\nslot: task", "Secret.")
    folder = tmp_path / "w" / ".understudy" / "fragments"
    folder.mkdir(parents=True)
    try:
        (folder / "a.md").symlink_to(secret)
    except OSError:
        pytest.skip("Only on systems that let everybody make links")
    library = load_library(tmp_path / "w")
    assert library.find("secret") is None
    assert "outside of the workspace" in library.troubles[0][1].message


def test_a_changed_file_counts_at_once_and_a_broken_one_as_it_was(own: Path) -> None:
    path = write(own, "a.md", "id: mine\nslot: task", "First words.")
    assert "First words." in told()
    write(own, "a.md", "id: mine\nslot: task", "Second, longer words.")
    assert "Second, longer words." in told()
    write(own, "a.md", "id: mine\nslot: task", "Broken {{#if words.")
    assert "Second, longer words." in told()
    assert [name for name, _ in load_library(None).troubles] == [str(path)]
    path.unlink()
    assert "longer words" not in told()


def test_front_matter_is_read_whatever_ends_its_lines(own: Path) -> None:
    for number, end in enumerate(("\n", "\r\n", "\r")):
        text = end.join(
            ("---", "id: mine", "slot: task", "when:", "  language: [go, python]", "---", "Mine.")
        )
        os.utime(own, (number, number))
        (own / f"{number}.md").write_bytes(text.encode())
        assert "Mine." in told()
        (own / f"{number}.md").unlink()


def test_conditions_choose_by_what_is_asked_of_whom(own: Path) -> None:
    def holds(condition: str, **more: Value) -> bool:
        text = f"---\nid: a\nslot: task\nwhen:\n  {condition}\n---\nx"
        found = read_fragment(text, "a").fragment
        assert found is not None
        to = Addressee(
            "fix", "debugging", "acme/large-2", "large", "acme", frozenset({"fix", "vision"})
        )
        return applies(found, facts_of(to, {**ASKED, **more}))

    assert holds("language: python")
    assert not holds("language: go")
    assert not holds('language: "!python"')
    assert holds("model: acme/*")
    assert holds("capability: [fix, vision]")
    assert not holds("capability: [fix, reasoning]")
    assert holds("hasDiagnostics: false")
    assert holds("has: rules")
    assert not holds("has: [rules, samples]")
    # No language chosen is no fragment for a language.
    assert not holds("language: python", language="")


def test_what_is_required_comes_along_and_conflicts_stay_out(own: Path) -> None:
    write(own, "a.md", "id: a\nslot: task\nrequires: [b]", "A.")
    write(own, "b.md", "id: b\nslot: task\nwhen:\n  language: go", "B.")
    write(own, "c.md", "id: c\nslot: task\nrank: 1\nconflicts: a", "C.")
    write(own, "d.md", "id: d\nslot: task\nrequires: nobody", "D.")
    prompt = compose(load_library(None), TO, ASKED)
    words = prompt.turns[-1].text
    assert "A.\n\nB." in words
    assert "C." not in words
    assert "D." not in words
    assert prompt.notes == (
        "`d` is not taken: there is no fragment `nobody`.",
        "`c` is not taken: `c` conflicts with `a`.",
    )


def test_a_slot_over_its_budget_drops_what_is_least_needed_and_says_so(own: Path) -> None:
    for name, rank in (("a", 0), ("b", 1), ("c", 2)):
        write(own, f"{name}.md", f"id: {name}\nslot: tried\nrank: {rank}", f"{name} " * 4_000)
    prompt = compose(load_library(None), TO, ASKED)
    assert prompt.left_out == ("c",)
    assert prompt.notes[0] == "`c` is left out: the slot `tried` has 6000 tokens."
    write(own, "b.md", "id: b\nslot: tried\nrank: 1\nmaxTokens: 10", "b " * 4_000)
    assert compose(load_library(None), TO, ASKED).left_out == ("b",)


def test_a_missing_value_is_never_passed_over(own: Path) -> None:
    path = write(own, "a.md", "id: mine\nslot: task", "{{wish}}")
    reading = read_fragment(path.read_text("utf-8"), "a", "user", str(path))
    assert reading.fragment is not None
    library = load_library(None).with_fragment(reading.fragment)
    with pytest.raises(FragmentError, match="`wish` has no value in line 5 of the fragment `mine`"):
        compose(library, TO, ASKED)


def test_a_fragment_whose_value_may_be_missing_gives_way_to_the_one_below(own: Path) -> None:
    write(own, "a.md", "id: role.fix\nslot: role", "{{wish}}")
    prompt = compose(load_library(None), TO, ASKED)
    assert "You repair code" in prompt.turns[0].text
    assert prompt.notes[0].startswith(
        "`a.md` is not used as it stands: `wish` may have no value here: put it into `{{#if wish}}`"
    )


def test_an_older_template_is_a_partial_without_front_matter(own: Path) -> None:
    (own / "greeting.hbs").write_text("{{#each problems}}{{this.message}}{{/each}}Hi.", "utf-8")
    write(own, "a.md", "id: mine\nslot: task", "{{> greeting}}")
    assert "\n\nHi.\n\n" in told()


def test_the_map_covers_every_word_of_a_prompt(own: Path) -> None:
    prompt = compose(load_library(None), TO, ASKED)
    for number, turn in enumerate(prompt.turns):
        covered = "".join(
            turn.text[one.start : one.stop] for at, one in source_map(prompt) if at == number
        )
        assert covered == "".join(part.text for part in turn.parts)


@given(st.text(alphabet="-:[]a#,\"' \r\n{}"))
def test_any_file_is_read_or_has_a_problem_with_a_place(text: str) -> None:
    reading = read_fragment(f"---\n{text}", "x")
    assert (reading.fragment is None) == any(one.severity == "error" for one in reading.troubles)
    assert all(one.span.end <= len(text) + 4 for one in reading.troubles)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\nid: a\nslot: nowhere\n---\nx", "bad_value"),
        ("---\nid: a\ncolour: red\n---\nx", "unknown_key"),
        ("---\nid: a\nid: b\n---\nx", "double_key"),
        ("---\nslot: task\n---\nx", "missing_key"),
        ("---\nid: a\nslot: task\n---\n{{nobody}}", "unknown_variable"),
        ("---\nid: a\nslot: task\n---\n{{problem}}", "no_text"),
        ("---\nid: a\nslot: task\n---\n{{wish}}", "may_be_missing"),
        ("---\nid: a\nslot: task\n---\n{{> a}}", "cycle"),
        ("---\nid: a\nslot: task\n---\n{{> nobody}}", "unknown_include"),
        ("---\nid: a\nslot: task\nrequires: nobody\n---\nx", "unknown_id"),
        ("---\nid: a\nslot: task\nwhen:\n  language: klingon\n---\nx", "never_selected"),
        ("---\nid: a\nslot: task\nwhen:\n  has: nobody\n---\nx", "never_selected"),
        (f"---\nid: a\nslot: task\nmaxTokens: 5\n---\n{'word ' * 50}", "over_budget"),
        ("---\nid: a\nslot: task\n---\nNo thinking, please.", "contradiction"),
        ("---\nid: a\nslot: task\n---\n{{@index}}", "outside_each"),
        ("---\nid: a\nslot: task\n---\n{{#if @first}}x{{/if}}", "outside_each"),
        (
            "---\nid: a\nslot: task\n---\n{{#each others}}x{{else}}{{@last}}{{/each}}",
            "outside_each",
        ),
        ("---\nid: a\nslot: task\n---\n{{@root.nobody}}", "unknown_variable"),
        (
            "---\nid: a\nslot: task\n---\n{{#each others}}{{@root.line}}{{/each}}",
            "unknown_variable",
        ),
        ("---\nid: a\nslot: task\n---\n{{#each file.name}}x{{/each}}", "no_list"),
        ("---\nid: a\n---\nOf no use.", "never_included"),
        ("Of no use.", "never_included"),
        ("---\nid: a\nslot: task\n", "unclosed"),
        ("---\nid: a\nrequires: [b\n---\nx", "unclosed"),
        ("---\nid: a\nnonsense\n---\nx", "unreadable"),
    ],
)
def test_what_is_wrong_is_found_before_a_fragment_is_used(text: str, code: str, home: Path) -> None:
    thinking = read_fragment(
        "---\nid: t\nslot: task\n---\nUse <thinking> first.", "t", "user", "t.md"
    )
    assert thinking.fragment is not None
    library = load_library(None).with_fragment(thinking.fragment)
    reading = read_fragment(text, "a", "user", "a.md")
    if reading.fragment is not None:
        library = library.with_fragment(reading.fragment)
    world = World({"language": frozenset({"python"})})
    assert code in {one.code for one in troubles_of(reading, library, world)}


@pytest.mark.parametrize(
    "body",
    [
        "{{#each others}}{{@index}}{{#if @last}}.{{/if}}{{/each}}",
        "{{#each others}}{{@root.file.name}}{{/each}}{{@root.language}}",
        "{{#each others as |o|}}{{#with o}}{{@number}}{{/with}}{{/each}}",
    ],
)
@pytest.mark.usefixtures("home")
def test_what_an_item_and_the_whole_prompt_have_is_left_in_peace(body: str) -> None:
    reading = read_fragment(f"---\nid: a\nslot: task\n---\n{body}", "a")
    assert troubles_of(reading, load_library(None), World()) == ()


@pytest.mark.usefixtures("home")
def test_a_fragment_that_another_one_includes_needs_no_slot() -> None:
    library = load_library(None)
    for text in (
        "---\nid: b\nslot: task\n---\n{{> a}}",
        "---\nid: b\nslot: task\nrequires: a\n---\n",
    ):
        other = read_fragment(text, "b", "user", "b.md").fragment
        assert other is not None
        reading = read_fragment("{{@index}}", "a", "user", "a.md")
        assert troubles_of(reading, library.with_fragment(other), World()) == ()


def test_blocks_that_stand_too_deep_are_told_once() -> None:
    deep = "{{#if wish}}" * 200 + "x" + "{{/if}}" * 200
    found = read_fragment(deep, "a").troubles
    assert [one.code for one in found] == ["too_deep"]

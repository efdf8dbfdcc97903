"""Rules that a project wrote down for models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.gathering.places import candidates, count, of_tier
from understudy.context.items import LeftOut
from understudy.context.packing import USUAL, pack
from understudy.gathering.written_rules import STEPS, rule_levels

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = "# Rules of the shop\n\nMoney is in cents.\n\n" + "".join(
    f"## Part {n}\n\nThe first rule of part {n} says what matters most.\n\n"
    + "".join(f"- Rule {n}.{m} is about a case that is rare, and why.\n" for m in range(12))
    + "\n"
    for n in range(15)
)
ONE_LIST = "# Rules\n" + "".join(
    f"- Rule {n} is about one of many small things.\n" for n in range(170)
)
TEXTS = st.lists(
    st.sampled_from(
        ["# A\n", "## B\n", "\n", "- item\n", "  more\n", "```\n", "word word\n", "x" * 90, "\r"]
    )
).map("".join)


def test_long_rules_are_shown_as_far_as_their_tier_has_room() -> None:
    for rules in (SECTIONS, ONE_LIST, "words of a rule and " * 500):
        files = {"AGENTS.md": rules, "a.py": "def f():\n    return 1\n"}
        packed = pack(candidates(files, "a.py").items, 8_000, count, here="a.py")
        (one,) = [each for each in packed.chosen if each.item.path == "AGENTS.md"]
        assert 600 < one.level.tokens <= USUAL.shares["patterns"] * USUAL.nominal


def test_little_room_shows_every_section_with_what_is_first_in_it() -> None:
    text = rule_levels(SECTIONS, count)[1].text
    assert all(f"## Part {n}\n" in text for n in range(15))
    assert all(f"The first rule of part {n} says" in text for n in range(15))
    assert text.endswith("…\n")
    assert "Rule 3.11" not in text


def test_a_long_list_is_not_only_its_heading() -> None:
    text = rule_levels(ONE_LIST, count)[0].text
    assert text.startswith("# Rules\n- Rule 0 is")
    assert "- Rule 12 is" in text
    assert text.endswith("things.\n…\n")


def test_fenced_code_is_shown_whole_or_not_at_all() -> None:
    code = "```sh\n" + "# not a heading\nmake all\n\n- no item\n" * 12 + "```\n\n"
    rules = "# Rules\n\n" + "".join(f"## Part {n}\n\nSay why.\n\n{code}" for n in range(6))
    for level in rule_levels(rules, count):
        assert level.text.count("```") % 2 == 0


def test_short_rules_are_shown_whole_and_as_they_are() -> None:
    (level,) = rule_levels("No globals.\r\nNo prints.", count)
    assert (level.form, level.text) == ("full", "No globals.\nNo prints.\n")


def test_a_text_of_many_megabytes_has_levels_that_are_short() -> None:
    levels = rule_levels("a b\n" * 2_000_000, count)
    assert [level.form for level in levels] == ["signature", "skeleton", "skeleton"]


def test_every_rule_file_that_is_shown_is_a_candidate_with_a_reason() -> None:
    files = {"AGENTS.md": SECTIONS, "a.py": "x = 1\n"}
    item = of_tier(candidates(files, "a.py"), "patterns")["AGENTS.md", ""]
    assert item.reasons == ("says how the project's code is written",)
    assert item.levels[-1].text == SECTIONS


@given(TEXTS)
def test_each_level_keeps_to_its_tokens_and_shows_whole_lines_or_words(text: str) -> None:
    known = set(text.split()) | {"…"}
    for level in rule_levels(text * 20, count):
        assert level.text.strip()
        assert level.form == "full" or level.tokens <= max(most for most, *_ in STEPS)
        if "x" not in text:
            assert set(level.text.split()) <= known


def test_rules_that_are_kept_from_models_are_listed_with_the_reason(tmp_path: Path) -> None:
    files = {"a/main.py": "def f():\n    return 1\n", "a/CLAUDE.md": "Be brief.\n"}
    (tmp_path / ".understudyignore").write_text("AGENTS.md\n*.mdc\n", encoding="utf-8")
    (tmp_path / ".cursor/rules").mkdir(parents=True)
    (tmp_path / "a").mkdir()
    for name in ("AGENTS.md", ".cursor/rules/b.mdc", ".cursor/rules/a.txt", "a/CLAUDE.md"):
        (tmp_path / name).write_text("No globals.\n", encoding="utf-8")
    (tmp_path / "a/GEMINI.md").write_text("x\n" * 600_000, encoding="utf-8")
    found = candidates(files, "a/main.py", root=tmp_path)
    assert set(found.left_out) == {
        LeftOut("AGENTS.md", "", "ignored"),
        LeftOut(".cursor/rules/b.mdc", "", "ignored"),
        LeftOut("a/GEMINI.md", "", "larger than 1 MB"),
    }
    assert [path for path, _ in of_tier(found, "patterns")] == ["a/CLAUDE.md"]

"""Right and wrong patches of four languages: their labels, and that the gate rejects the hopeless."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.patch_cases import LANGUAGES, Patch, patches, read_patches
from tests.patch_gate import judged
from tests.patch_proof import faults
from tests.patch_tools import missing_for
from tests.support import missing
from understudy.engine.evidence import BANDS, Band

if TYPE_CHECKING:
    from pathlib import Path

HOPELESS = frozenset({"invented", "new", "parse", "remains", "truncated"})
"""Kinds of which the language's own tools say at once that they are no repair."""
GUARDED = frozenset({"suppressed", "assert"})
"""Kinds that take away what would tell; most of them pass every check."""


def all_patches() -> list[Patch]:
    return [one for language in LANGUAGES for one in patches(language)]


def tools_for(language: str) -> None:
    if why := missing_for(language):
        missing(why)


def test_there_are_patches_of_both_labels_in_both_halves_of_every_language() -> None:
    counted = Counter((one.base.language, one.base.part, one.label) for one in all_patches())
    assert len(counted) == len(LANGUAGES) * 4
    assert min(counted.values()) >= 10
    assert len(all_patches()) >= 320
    assert min(len(patches(language)) for language in LANGUAGES) >= 80


def test_every_patch_is_another_one_and_changes_something() -> None:
    found = [(one.base.language, one.base.name, one.after) for one in all_patches()]
    assert len(set(found)) == len(found)
    assert not [one.id for one in all_patches() if one.after == one.base.before]
    assert not [one.id for one in all_patches() if not one.base.diagnostic]


@pytest.mark.parametrize(
    "text",
    [
        "About\n=== base\n=== before\na\n=== oracle\n",
        "About\n=== base\ncode: X\nelse: y\n=== before\na\n=== oracle\n",
        "About\n=== base\ncode: X\n=== before\na\n=== oracle\n=== right: great\n-a\n+b\n",
        "About\n=== base\ncode: X\n=== before\na\na\n=== oracle\n=== right: minimal\n-a\n+b\n",
    ],
    ids=["no code", "unknown key", "unknown kind", "two places"],
)
def test_a_file_that_is_not_written_as_the_format_wants_it_is_refused(
    text: str, tmp_path: Path
) -> None:
    file = tmp_path / "python" / "case.txt"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"case\.txt"):
        read_patches(file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_are_what_the_language_itself_says(language: str) -> None:
    tools_for(language)
    found = faults(language)
    wrongly = {
        one.id: found.get(one.id)
        for one in patches(language)
        if (one.id in found) is (one.label == "right")
    }
    assert not wrongly
    hopeless = [one for one in patches(language) if one.kind in HOPELESS]
    assert not [one.id for one in hopeless if found[one.id].by != "tool"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_does_not_parse_keeps_its_problem_or_brings_one_is_blocked(
    language: str,
) -> None:
    tools_for(language)
    hopeless = [one for one in patches(language) if one.kind in HOPELESS]
    found = await judged(hopeless)
    bands = {one.patch.id: one.trial.verdict.band for one in found}
    assert bands == {one.id: Band.BLOCK for one in hopeless}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_silences_a_tool_or_takes_a_check_away_is_at_most_looked_at(
    language: str,
) -> None:
    tools_for(language)
    found = await judged(one for one in patches(language) if one.kind in GUARDED)
    careful = BANDS[BANDS.index(Band.REVIEW) :]
    above = {one.patch.id for one in found if one.trial.verdict.band not in careful}
    # It asserts what it should have done, which no tool and no count can tell from a safeguard.
    assert above <= {"python/pointless-comparison/4"}

"""Text that reads otherwise than it runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import AFTER, AUTO, BEFORE, DEFAULT, evidence, facts_of
from understudy.engine.evidence import Band
from understudy.engine.gate import judge
from understudy.engine.misleading import misleads, reorders


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202a"])
def test_a_sign_that_reorders_what_is_shown_blocks_an_edit(sign: str) -> None:
    verdict = judge(facts_of(BEFORE, AFTER + f"# {sign} }} begin\n"), AUTO)
    assert verdict.band is Band.BLOCK
    assert f"(U+{ord(sign):04X})" in " ".join(verdict.hard_stops)
    there = BEFORE + f"# {sign}\n"
    assert reorders(facts_of(there, there.replace("reslt", "result"))) == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# Pay\u200b pays", "U+200B"),
        ('x = "a\u00adb"', "U+00AD"),
        ("\u3164 = 1", "U+3164"),
        ("# \x1b[2K", "U+001B"),
        ("cl\u0435ar = 1", "cl\\u0435ar"),
        ("\u0441\u043e\u0440\u0443 = 1\ncopy = 2", "\\u0441\\u043e\\u0440\\u0443"),
        ("t\u03bftal = 1", "t\\u03bftal"),
        ("is\ufe00Admin = 1", "U+FE00"),
        ("is\u034fAdmin = 1", "U+034F"),
        ("x\U000e0101 = 1", "U+E0101"),
        ('x = "a\U000e0041"', "U+E0041"),
        ("\u0131sAdmin = 1\nisAdmin = 2", "\\u0131sAdmin"),
        ("\u0261et = 1\nget = 2", "\\u0261et"),
        ("\uff53um = 1\nsum(x)", "\\uff53um"),
        ("\u0570\u0578\u057d = 1\nhnu = 2", "\\u0570\\u0578\\u057d"),
    ],
)
def test_what_nobody_sees_and_names_that_look_like_others_are_looked_at(
    line: str, told: str
) -> None:
    verdict = judge(facts_of(BEFORE, AFTER + line + "\n"), DEFAULT)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert told in evidence(verdict)
    there = BEFORE + line + "\n"
    assert misleads(facts_of(there, there.replace("reslt", "result"))) == ""


@pytest.mark.parametrize(
    "line",
    [
        "# \u0437\u043d\u0430\u0447\u0435\u043d\u0438\u0435 of API",
        "\u0446\u0435\u043d\u0430 = 1",
        "id_\u0446\u0435\u043d\u044b = 1",
        "\u0394x = 1",
        "data\u6570\u636e = 1",
        'x = "\U0001f469\u200d\U0001f4bb"',
        'x = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"',
        'x = "caf\u00e9 \u2014 na\u00efve"',
        "\u00fcber = 1\f",
        'x = "cl\u0435ar"',
        'x = "\u2764\ufe0f 1\ufe0f\u20e3"',
        'x = "\u845b\U000e0100"',
        "\u0131s\u0131 = 1",
        "x = '\\u0430dmin'\nadmin = 1",
        'x = r"[\\u0400-\\u04ff]"',
    ],
)
def test_other_scripts_are_nothing_bad(line: str) -> None:
    assert misleads(facts_of(BEFORE, AFTER + line + "\n")) == ""


def test_a_byte_order_mark_at_the_top_is_usual() -> None:
    assert misleads(facts_of(BEFORE, "\ufeff" + AFTER)) == ""
    assert misleads(facts_of(BEFORE, AFTER + "\ufeff")) != ""


def test_a_name_spelt_by_numbers_reads_like_another_one() -> None:
    before = "function admin() {\n  return 1;\n}\n"
    for name in ("\\u0430dmin", "\\u{61}dmin"):
        facts = facts_of(before, before + before.replace("admin", name), name="shop.ts")
        facts = replace(facts, before=replace(facts.before, language="typescript"))
        assert name in misleads(facts)
    regular = before + "const cyrillic = /[\\u0400-\\u04ff]/;\n"
    facts = facts_of(before, regular, name="shop.ts")
    assert misleads(replace(facts, before=replace(facts.before, language="typescript"))) == ""

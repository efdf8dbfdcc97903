"""What stands beside what the lines use: no list of values that nobody can mean."""

from __future__ import annotations

from tests.unit.gathering.places import candidates, of_tier

FILES = {
    "regs.py": "".join(f"REG_BIT_{n} = {n}\n" for n in range(8))
    + "BASE_COUNT = 3\n\n\nclass Device:\n    base = 1\n\n\ndef reset(): ...\n",
    "main.py": "from regs import Device\n\n\ndef count(device: Device):\n    return device.base\n",
}


def test_values_are_shown_only_where_their_names_share_a_word_with_the_lines() -> None:
    related = of_tier(candidates(FILES, "main.py", range(3, 5)), "related_imports")
    assert {name for _, name in related} == {"BASE_COUNT", "reset"}

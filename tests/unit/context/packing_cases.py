"""Pieces for tests of packing, whose tokens are words."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from understudy.context.items import WEIGHTS, Item, Level
from understudy.context.packing import USUAL

if TYPE_CHECKING:
    from understudy.context.items import Form, Packed, Tier

FORMS: tuple[Form, ...] = ("signature", "skeleton", "full")
TIERS: tuple[Tier, ...] = tuple(WEIGHTS)


def words(text: str) -> int:
    """Tokens that add up: words and marks."""
    return len(text.replace("```", " ` ").split())


def item(
    path: str, number: int, tier: Tier, relevance: float, sizes: list[int], **more: Any
) -> Item:
    """A piece with one level for each size, each worth more than the one before."""
    levels = tuple(
        Level(form, "w " * size, size, (rank + 1) / len(sizes))
        for rank, (form, size) in enumerate(zip(FORMS, sizes, strict=False))
    )
    start = number * 10
    made = Item(path, start, start + 5, f"name{number}", tier, relevance, levels)
    return replace(made, **more)


def value(packed: Packed) -> float:
    """What all that is shown is worth."""
    return sum(
        USUAL.weights[one.item.tier] * one.item.relevance * one.level.worth for one in packed.chosen
    )


@st.composite
def items(draw: st.DrawFn, most: int = 14) -> list[Item]:
    """Pieces of some files, of which some are required and some hang on others."""
    found: list[Item] = []
    for number in range(draw(st.integers(0, most))):
        sizes = draw(st.lists(st.integers(1, 40), min_size=1, max_size=3, unique=True).map(sorted))
        tier = draw(st.sampled_from(TIERS))
        relevance = draw(st.integers(1, 20)) / 20
        required = draw(st.sampled_from((True, False, False, False)))
        parent = draw(st.sampled_from([None, *[one.key for one in found]]))
        path = draw(st.sampled_from(("a/one.py", "a/two.py", "b/three.py")))
        found.append(
            item(path, number, tier, relevance, sizes, required=required, keep_with=parent)
        )
    return found


def usual_mix(seed: int) -> list[Item]:
    """Pieces as many, of the sizes and as relevant as they are around a place of a real project.

    A symbol has some 60 tokens and every tenth more than 260, a signature 15, a skeleton two fifths.
    """
    random = Random(seed)  # noqa: S311 - the same sizes in every run
    found: list[Item] = []
    for tier, many in zip(TIERS, (15, 2, 50, 8, 15, 10), strict=True):
        for _ in range(many):
            full = int(random.lognormvariate(4.2, 0.95)) + 8
            signature = max(
                int(full * random.uniform(0.12, 0.2)), int(random.lognormvariate(2.7, 0.5))
            )
            signature = min(signature, full - 2)
            sizes = sorted({signature, max(int(full * 0.4), signature + 1), full})
            made = item(f"f{len(found) % 12}.py", len(found), tier, random.uniform(0.1, 1), sizes)
            levels = zip(made.levels, (0.6, 0.8, 1.0), strict=False)
            made = replace(made, levels=tuple(replace(one, worth=part) for one, part in levels))
            found.append(replace(made, required=tier == "required_types"))
    return found

"""Which edit format is asked of which model."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.config.settings import ModelSettings, Settings
from understudy.core.text import Span
from understudy.edit_formats import all_edit_formats
from understudy.engine.contract import contract_for, keeps_to_json, region_for
from understudy.engine.subject import Subject, Wish
from understudy.models.model import Model
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

VIEW = View("untitled:a", "a = 1\n" * 30, Policy())
FIX = Subject(VIEW)
HERE = Subject(VIEW, wish=Wish("Shorten it.", range(2, 5)))
WIDE = Subject(VIEW, wish=Wish("Shorten it.", range(2, 5), whole=True))
LONG = Subject(replace(VIEW, text="a = 1\n" * 900), wish=Wish("Shorten it.", range(2), whole=True))


def model(name: str, **facts: str) -> Model:
    return Model(f"acme/{name}", "standard", "cloud", frozenset(), name=name, **facts)  # type: ignore[arg-type]  # the facts are strings


def nothing(_model: str, _format: str) -> tuple[int, int]:
    return 0, 0


def measured(**formats: tuple[int, int]) -> Callable[[str, str], tuple[int, int]]:
    return lambda _model, edit_format: formats.get(edit_format, (0, 0))


@pytest.mark.parametrize(
    ("name", "subject", "expected"),
    [
        ("claude-sonnet-4", FIX, "region"),
        ("qwen2.5-coder:7b", FIX, "region"),
        ("gpt-5", HERE, "region"),
        ("claude-sonnet-4", WIDE, "search_replace"),
        ("gpt-5", WIDE, "apply_patch"),
        ("gpt-4.1", LONG, "apply_patch"),
        ("gpt-4o", WIDE, "search_replace"),
        ("gpt-4o-mini", WIDE, "whole_file"),
        ("qwen2.5-coder:7b", WIDE, "whole_file"),
        ("qwen2.5-coder-32b", WIDE, "whole_file"),
        ("llama-3.3-70b", WIDE, "search_replace"),
        ("qwen2.5-coder:7b", LONG, "search_replace"),
    ],
)
def test_each_model_is_asked_for_what_it_writes_best(
    name: str, subject: Subject, expected: str
) -> None:
    assert contract_for(model(name), subject, Settings(), nothing).id == expected


def test_a_format_that_a_model_writes_badly_gives_way_once_that_is_certain() -> None:
    claude = model("claude-sonnet-4")
    few = measured(search_replace=(2, 10))
    assert contract_for(claude, WIDE, Settings(), few).id == "search_replace"
    bad = measured(search_replace=(15, 20))
    assert contract_for(claude, WIDE, Settings(), bad).id == "whole_file"
    good = measured(search_replace=(16, 20))
    assert contract_for(claude, WIDE, Settings(), good).id == "search_replace"


def test_where_every_format_is_written_badly_the_best_one_stays() -> None:
    bad = dict.fromkeys(all_edit_formats(), (0, 50))
    assert contract_for(model("claude"), WIDE, Settings(), measured(**bad)).id == "search_replace"


def test_json_is_asked_for_once_it_was_measured_and_the_provider_enforces_it() -> None:
    strict, loose = model("m", structured_output="schema"), model("m", structured_output="json")
    assert not keeps_to_json(strict, nothing)
    assert not keeps_to_json(strict, measured(json=(19, 19)))
    assert keeps_to_json(strict, measured(json=(19, 20)))
    assert not keeps_to_json(strict, measured(json=(18, 20)))
    assert keeps_to_json(strict, measured(json=(46, 50))), "it falls back below 90 % only"
    assert not keeps_to_json(strict, measured(json=(44, 50)))
    assert not keeps_to_json(loose, measured(json=(50, 50)))
    assert contract_for(strict, WIDE, Settings(), measured(json=(20, 20))).id == "json"


def test_the_users_word_comes_first_as_far_as_there_is_such_a_format() -> None:
    claude = model("claude-sonnet-4")
    for wanted, expected in (("unified_diff", "unified_diff"), ("morse", "region")):
        own = MappingProxyType({claude.id: ModelSettings(edit_format=wanted)})
        assert contract_for(claude, FIX, Settings(models=own), nothing).id == expected


def test_formats_about_files_get_the_whole_document() -> None:
    formats = all_edit_formats()
    assert region_for(HERE, range(2, 5), formats["region"]).lines == range(2, 5)
    assert region_for(HERE, range(2, 5), formats["search_replace"]).is_whole
    assert region_for(WIDE, range(2, 5), formats["region"]).is_whole


def test_what_the_problem_marks_is_told_to_whoever_reads_the_reply() -> None:
    found = Diagnostic("a", "F841", "`a` is never used.", Span(6, 13), Severity.ERROR)
    region = all_edit_formats()["region"]
    marked = region_for(replace(FIX, target=found), range(2, 5), region).marked
    assert marked == range(1, 3)
    assert not region_for(HERE, range(2, 5), region).marked

"""Names are those of the conventions, the page tells them all, and no span has others."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.telemetry.telling import run_of
from understudy.journal.records import OutcomeRow
from understudy.telemetry import names
from understudy.telemetry.collecting import Became, Collecting, Ended
from understudy.telemetry.conventions import LATEST, USAGE
from understudy.telemetry.outcome_spans import outcome_span
from understudy.telemetry.run_spans import run_spans
from understudy.telemetry.sharing import Sharing
from understudy.telemetry.story import story

if TYPE_CHECKING:
    from understudy.journal.records import What

PAGE = Path(__file__).parents[3] / "docs" / "opentelemetry.md"
OURS = ("understudy.", "openinference.", "llm.", "exception.")
COMPAT = {"gen_ai.usage.cost", "operation.cost"}
_CONVENTIONS = """
    gen_ai.agent.id gen_ai.agent.name gen_ai.agent.version gen_ai.conversation.id
    gen_ai.data_source.id gen_ai.evaluation.explanation gen_ai.evaluation.name
    gen_ai.evaluation.score.label gen_ai.evaluation.score.value gen_ai.input.messages
    gen_ai.operation.name gen_ai.output.messages gen_ai.output.type gen_ai.provider.name
    gen_ai.request.max_tokens gen_ai.request.model gen_ai.request.seed
    gen_ai.request.stop_sequences gen_ai.request.stream gen_ai.request.temperature
    gen_ai.request.top_k gen_ai.request.top_p gen_ai.response.finish_reasons gen_ai.response.id
    gen_ai.response.model gen_ai.response.time_to_first_chunk gen_ai.retrieval.documents
    gen_ai.retrieval.query.text gen_ai.system_instructions gen_ai.token.type
    gen_ai.tool.call.arguments gen_ai.tool.call.id gen_ai.tool.call.result
    gen_ai.tool.definitions gen_ai.tool.name gen_ai.tool.type
    gen_ai.usage.cache_creation.input_tokens gen_ai.usage.cache_read.input_tokens
    gen_ai.usage.input_tokens gen_ai.usage.output_tokens gen_ai.usage.reasoning.output_tokens
    error.type http.request.resend_count server.address server.port service.name
    service.instance.id service.version
"""
CONVENTIONS = frozenset(_CONVENTIONS.split())
"""The attributes of version 1.41.1 that matter here."""
REQUIRED = {
    names.RUN: {"gen_ai.operation.name", "gen_ai.provider.name"},
    names.CONTEXT: {"gen_ai.operation.name"},
    names.CALL: {"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model"},
    names.CHECK: {"gen_ai.operation.name", "gen_ai.tool.name"},
}
METRICS = {
    "gen_ai.client.operation.duration": ("s", (0.01, 81.92)),
    "gen_ai.client.token.usage": ("{token}", (1, 67108864)),
    "gen_ai.client.operation.time_to_first_chunk": ("s", (0.01, 81.92)),
    "gen_ai.client.operation.time_per_output_chunk": ("s", (0.01, 81.92)),
}
AFTERWARDS: tuple[What, ...] = ("applied", "kept", "discarded")
EVERYTHING = Sharing(
    content=True, stays=True, compat=frozenset({"langfuse", "logfire", "openinference"})
)


def rows_of(line: str, page: str) -> dict[str, list[str]]:
    """A table of the page: what stands in the first column, and all else in quotes."""
    table = page[page.index(line) :].split("\n\n")[0].splitlines()[2:]
    found = [re.findall(r"`([^`]+)`", row) for row in table]
    return {first: rest for first, *rest in found}


def test_every_attribute_is_of_the_conventions_or_in_a_name_space_of_its_own() -> None:
    used = {one for shape in names.SHAPES for one in (*shape.attributes, *shape.opt_in)}
    used |= {one for each in names.EVENTS.values() for one in each}
    used |= {*names.METRIC_ATTRIBUTES, *names.RESOURCE}
    assert not [one for one in used - CONVENTIONS if not one.startswith(OURS)]
    compat = {one for shape in names.SHAPES for one in shape.compat}
    assert not [one for one in compat - COMPAT if not one.startswith(OURS)]


def test_metrics_have_the_buckets_of_the_conventions() -> None:
    assert {
        one.name: (one.unit, (one.bounds[0], one.bounds[-1])) for one in names.METRICS
    } == METRICS
    for one in names.METRICS:
        factor = 4 if one.unit == "{token}" else 2
        assert len(one.bounds) == 14
        assert [round(high / low, 6) for low, high in pairwise(one.bounds)] == [factor] * 13


def test_the_page_tells_every_span_and_attribute() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert rows_of("| Span |", page) == {
        shape.name: list(shape.attributes) for shape in names.SHAPES
    }
    for shape in names.SHAPES:
        assert f"| `{shape.name}` | {shape.kind.name} |" in page
    assert rows_of("| Event |", page) == {one: list(known) for one, known in names.EVENTS.items()}
    assert set(rows_of("| Only with", page)) == {
        one for shape in names.SHAPES for one in shape.opt_in
    }
    assert set(rows_of("| With `otel_compat`", page)) == {
        one for shape in names.SHAPES for one in shape.compat
    }
    assert list(rows_of("| Metric |", page)) == [one.name for one in names.METRICS]
    logged = {name: how.name for name, (how, _) in names.LOGGED.items()}
    assert {name: told[0] for name, told in rows_of("| Log record |", page).items()} == logged
    assert rows_of("| With `semconv", page) == {
        **{old: [new] for old, new in LATEST.renamed.items()},
        "gen_ai.client.token.usage": [one.name for one in USAGE],
    }


@pytest.mark.parametrize("sharing", [Sharing(), EVERYTHING])
def test_no_span_has_other_attributes_and_none_lacks_a_required_one(sharing: Sharing) -> None:
    collecting = Collecting()
    items = [item for row in run_of() if (item := collecting.take(row)) is not None]
    (ended,) = items
    assert isinstance(ended, Ended)
    found = story(ended.rows)
    assert found is not None
    spans = [*run_spans(found, sharing)]
    for what in AFTERWARDS:
        became = collecting.take(OutcomeRow("RE", 1_770_000_000_000_000, what, 1.0))
        assert isinstance(became, Became)
        spans.append(outcome_span(became, sharing))
    assert {span.shape for span in spans} == set(names.SHAPES)
    for span in spans:
        known = {*span.shape.attributes, *span.shape.opt_in, *span.shape.compat}
        assert set(span.attributes) <= known, span.name
        assert REQUIRED.get(span.shape, set()) <= set(span.attributes), span.name
        for event in span.events:
            assert set(event.attributes) <= set(names.EVENTS[event.name])
    named = {one for span in spans for one in span.attributes}
    texts = {one for shape in names.SHAPES for one in shape.opt_in}
    assert texts & named == (texts if sharing.content else set())


def test_what_only_models_on_this_machine_may_see_is_shown_to_no_other() -> None:
    elsewhere = Sharing(content=True)
    assert elsewhere.may_show(may_leave=True)
    assert not elsewhere.may_show(may_leave=False)
    assert Sharing(content=True, stays=True).may_show(may_leave=False)
    assert not Sharing(stays=True).may_show(may_leave=True)
    ended = Ended(tuple(run_of()))
    found = story(ended.rows)
    assert found is not None
    said = [span.attributes.get("gen_ai.output.messages") for span in run_spans(found, elsewhere)]
    assert len([one for one in said if one]) == 1


def test_a_run_counts_the_attempts_that_are_below_it() -> None:
    found = story(run_of())
    assert found is not None
    run, *below = run_spans(found, Sharing())
    attempts = [span for span in below if span.shape == names.ATTEMPT]
    assert run.attributes["understudy.attempts"] == len(attempts) == 2
    assert run.attributes["understudy.candidates"] == 1

"""`telemetry`: who may say what is told to a collector, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.config.samples import modelled, only_problem, user, workspace
from understudy.config.assembly import masked
from understudy.config.telemetry_settings import TelemetrySettings

GOOD = """
[telemetry]
otlp_endpoint = "https://collector.acme.com:4318/otlp/"
content = true
otel_compat = ["langfuse"]
service_name = "mine"
[telemetry.otlp_headers]
authorization = "{env:COLLECTOR_KEY}"
x-team = "blue"
"""


def test_by_default_nobody_is_told() -> None:
    assert modelled().settings.telemetry == TelemetrySettings()
    assert not TelemetrySettings().otlp_endpoint


def test_the_user_may_name_a_collector() -> None:
    found = modelled(user(GOOD))
    assert found.problems == ()
    told = found.settings.telemetry
    assert told.otlp_endpoint == "https://collector.acme.com:4318/otlp"
    assert dict(told.otlp_headers) == {"authorization": "{env:COLLECTOR_KEY}", "x-team": "blue"}
    assert (told.content, told.otel_compat, told.service_name) == (True, ("langfuse",), "mine")


@pytest.mark.parametrize(
    "line",
    [
        'otlp_endpoint = "https://evil.example"',
        'otlp_endpoint = ""',
        "content = true",
        'otel_compat = ["logfire"]',
        'semconv = "latest"',
        "operation_details = true",
        'service_name = "theirs"',
        'otlp_headers = { x-team = "red" }',
    ],
)
def test_a_workspace_may_say_nothing_of_it(line: str) -> None:
    own = user(GOOD.replace("content = true", "content = false"))
    found = modelled(own, workspace(f"[telemetry]\n{line}\n"))
    assert "is for the user to decide" in only_problem(found).message
    assert found.settings.telemetry == modelled(own).settings.telemetry
    doubtful = replace(user(f"[telemetry]\n{line}\n"), doubtful=True)
    assert modelled(doubtful).settings.telemetry == TelemetrySettings()


@pytest.mark.parametrize(
    "line",
    [
        'otlp_endpoint = "collector:4318"',
        'otlp_endpoint = "https://me:secret@collector.acme.com"',
        'otlp_endpoint = "{env:SOMETHING_ELSE}"',
        'otlp_endpoint = "grpc://collector.acme.com"',
        'content = "yes"',
        'semconv = "1.40"',
        'service_name = ""',
        'otlp_headers = { authorization = "Bearer abcdef" }',
        'otlp_headers = { x-team = "a\\nb" }',
    ],
)
def test_what_is_broken_means_that_nobody_is_told(line: str) -> None:
    key = line.split()[0]
    kept = "\n".join(one for one in GOOD.split("[telemetry.")[0].splitlines() if key not in one)
    found = modelled(user(f"{kept}\n{line}\n"))
    assert "no collector is told anything" in only_problem(found).message
    assert found.settings.telemetry == TelemetrySettings()


def test_headers_are_shown_as_references_or_not_at_all() -> None:
    assert masked(("telemetry", "otlp_headers", "x-team"), "blue") == "…"
    assert masked(("telemetry", "otlp_headers", "x-key"), "{env:KEY}") == "{env:KEY}"

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.diagnose import code_span, describe, diagnose
from understudy.config.problems import Layer
from understudy.config.source import from_text

FILE = Path("/somewhere/.understudy/config.toml")


def test_an_unsaved_workspace_text_is_judged_against_the_users_layer() -> None:
    user = from_text(Layer.USER, Path("/home/config.toml"), "gate.auto_score = 0.99\nnonsense = 1")
    text = "[gate]\nauto_score = 0.97\n"
    problems = diagnose(from_text(Layer.WORKSPACE, FILE, text), (user,))
    assert [problem.span.of(text) for problem in problems if problem.span] == ["0.97"]
    assert diagnose(from_text(Layer.WORKSPACE, FILE, text)) == ()


def test_every_problem_of_a_document_is_found_at_once() -> None:
    text = "# 😀\n[gate]\nauto_scor = 1\nauto_apply = true\n[fix]\nunsafe = 'no'\n"
    problems = diagnose(from_text(Layer.WORKSPACE, FILE, text))
    marked = [problem.span.of(text) for problem in problems if problem.span is not None]
    assert sorted(marked) == ["'no'", "auto_scor", "true"]


def test_a_key_is_described_in_either_spelling() -> None:
    text = "[checkers.ruff]\ntimeoutS = 3\n"
    described = describe(text, text.index("timeoutS") + 2)
    assert described is not None
    assert described.startswith("`checkers.ruff.timeout_s`")
    assert "a number from 0.5 to 600" in described
    assert "outside tools" in (describe(text, 2) or "")


def test_what_is_no_known_key_is_not_described() -> None:
    text = "[gate]\nunheard = 1 # gate\n"
    assert describe(text, text.index("unheard")) is None
    assert describe(text, text.index("1")) is None
    assert describe("[gate", 2) is None


@given(st.lists(st.sampled_from(["gate", "checkers", "a", "model_routing", "unsafe"]), min_size=1))
def test_no_path_of_keys_makes_a_description_raise(keys: list[str]) -> None:
    text = ".".join(keys) + " = [{a = 1}]"
    for offset in range(len(text)):
        described = describe(text, offset)
        assert described is None or described.startswith("`")


HOSTILE = (
    "![x](https://example.org/x.png)",
    "[run](command:workbench.action.terminal.new)",
    "a`![x](https://example.org/x.png)`b",
    "``a` ![x](https://example.org/x.png)",
    "a\n\n![x](https://example.org/x.png)",
    "<img src=x>",
)


@given(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=20))
def test_a_key_of_the_folder_is_shown_as_code_whatever_it_says(key: str) -> None:
    """CommonMark: a code span ends at the next run of backticks that is as long as its first."""
    shown = code_span(f"checkers.{key}")
    fence = shown[: len(shown) - len(shown.lstrip("`"))]
    runs = re.findall("`+", shown)
    assert [len(run) for run in runs].count(len(fence)) == 2
    assert runs[0] == runs[-1] == fence
    assert shown.endswith(fence)
    assert shown.isprintable()


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_key_is_described_inside_code(key: str) -> None:
    text = f"[checkers.{json.dumps(key)}]\nenabled = true\n"
    described = describe(text, text.index("enabled") + 1)
    assert described is not None
    first, _, rest = described.partition("\n\n")
    assert first == code_span(f"checkers.{key}.enabled")
    assert "example.org" not in rest

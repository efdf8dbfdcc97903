from __future__ import annotations

from pathlib import Path

from understudy.config.policy import Policy
from understudy.core.text import Span
from understudy.prompt import Prompt, fitted, without_ranks
from understudy.prompt.fix import Case, edit_prompt
from understudy.prompt.pieces import Tried
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

TEXT = "".join(f"line_{n} = {n}\n" for n in range(300))
PATH = Path("/projects/shop/src/basket.py").resolve()
VIEW = View(PATH.as_uri(), TEXT, Policy(), language="python", path=PATH, root=PATH.parents[1])
AT = TEXT.index("line_150")
TARGET = Diagnostic("ruff", "F821", "Undefined name `line_150`", Span(AT, AT + 8), Severity.ERROR)
CASE = Case(VIEW, TARGET, range(148, 153), "Answer in one block.")


def size(prompt: Prompt) -> int:
    return sum(len(turn.text) for turn in prompt.turns)


def words(case: Case) -> str:
    return "\n".join(turn.text for turn in edit_prompt(case).turns)


def test_a_prompt_holds_the_problem_the_region_and_how_to_answer() -> None:
    text = words(CASE)
    assert "Problem at line 151, column 1, reported by ruff (F821):" in text
    assert "Marked text: `line_150`" in text
    assert "Lines 149 to 153, which you may rewrite:\n```\nline_148 = 148\n" in text
    assert text.endswith("Answer in one block.")


def test_nothing_of_the_machine_but_the_path_in_the_workspace_is_told() -> None:
    text = words(CASE)
    assert "File: src/basket.py (python)" in text
    assert "/projects/shop" not in text


def test_every_line_around_is_told_once() -> None:
    text = words(CASE)
    assert all(text.count(f"line_{n} = {n}\n") == 1 for n in (0, 39, 100, 140, 150, 160, 200))
    assert "line_60 = 60\n" not in text


def test_a_smaller_window_leaves_out_what_is_furthest_first() -> None:
    prompt = edit_prompt(CASE)
    sizes = [size(without_ranks(prompt, rank)) for rank in range(prompt.ranks + 1)]
    assert sizes == sorted(sizes)
    shorter = fitted(prompt, sizes[2], size)
    assert shorter is not None
    assert shorter.left_out == ("target.far",)
    assert fitted(prompt, sizes[0] - 1, size) is None


def test_earlier_attempts_are_told_in_short() -> None:
    tried = [Tried(f"edit {n}", f"reason {n}.") for n in range(5)]
    text = words(Case(VIEW, TARGET, range(148, 153), "Answer.", tried=tried))
    assert "edit 1" not in text
    assert "```\nedit 2\n```\nThis did not do: reason 2." in text


def test_the_same_attempt_is_told_once() -> None:
    tried = [Tried("edit 1", "reason 1."), *[Tried("edit 2", f"reason {n}.") for n in range(3)]]
    text = words(Case(VIEW, TARGET, range(148, 153), "Answer.", tried=tried))
    assert text.count("edit 2\n") == 1
    assert text.index("reason 1.") < text.rindex("reason 2.")
    assert "reason 0." not in text


def test_a_fence_in_the_code_does_not_end_the_quotation() -> None:
    view = View("untitled:x", "```\na\n```\n", Policy(), language="markdown")
    target = Diagnostic("lint", "", "Odd", Span(0, 0), Severity.WARNING)
    assert "````\n```\na\n```\n````" in words(Case(view, target, range(3), "Answer."))

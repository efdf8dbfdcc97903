from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import FailureCategory
from understudy.failures.proof import hallucinated, incomplete, polluted

OLD = "import os\n\n\ndef f(a):\n    b = a + 1\n    c = b + 1\n    return c\n\n\ndef g():\n    return 2\n"
LATER = "TODO"


def nowhere(_: str) -> bool:
    """No name exists."""
    return False


LANGUAGES = st.sampled_from(["python", "typescript", "markdown", "json", "toml", "go"])


@pytest.mark.parametrize(
    "comment",
    [
        "# ... rest of the function unchanged",
        "# existing code here",
        "# rest of file unchanged",
        "# ...",
        "... rest of the code ...",
        "# Rest of the implementation remains the same",
        "# other methods stay unchanged",
    ],
)
def test_a_new_comment_in_the_place_of_lines_is_proof(comment: str) -> None:
    new = OLD.replace("    b = a + 1\n    c = b + 1\n    return c\n", f"    {comment}\n")
    failure = incomplete(OLD, new, "go")
    assert failure is not None
    assert failure.category is FailureCategory.INCOMPLETE_OUTPUT
    assert failure.advice == "refine"


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        OLD.replace("return 2", "return [*range(...), {**a}]"),
        OLD.replace("return 2", "..."),
        OLD.replace("    return 2", "    # existing code here\n    return 2"),
        OLD.replace("    return 2", f"    # {LATER}: later\n    return 2"),
        OLD.replace("b = a + 1", "b = a + 2  # was a + 1 before"),
        OLD.replace("    c = b + 1\n    return c\n", "    return b + 1  # same as before\n"),
        "",
    ],
)
def test_dots_plans_and_comments_beside_whole_code_are_no_proof(new: str) -> None:
    assert incomplete(OLD, new, "python") is None


def test_a_comment_that_was_there_before_is_no_proof() -> None:
    old = "a\n// rest of file unchanged\nb\nc\n"
    assert incomplete(old, "a\n// rest of file unchanged\n", "typescript") is None


def test_a_body_that_is_only_a_promise_is_proof() -> None:
    new = OLD.replace("    return 2", f"    # {LATER}: implement this\n    pass")
    failure = incomplete(OLD, new, "python")
    assert failure is not None
    assert "TODO" in failure.evidence.text
    braces = "function f() {\n  // " + LATER + ": implement\n  throw new Error('no');\n}\n"
    assert incomplete("", braces, "typescript") is not None


def test_an_old_promise_is_no_proof() -> None:
    old = f"def f():\n    # {LATER}: implement\n    pass\n"
    assert incomplete(old, old + "\n\ndef g():\n    return 1\n", "python") is None


def test_a_text_that_stops_in_the_middle_is_proof() -> None:
    for cut in ("def g(", "x = [1,\n", 's = """abc\n', "def g():\n", "try:\n    pass\n"):
        failure = incomplete(OLD, OLD.replace("def g():\n    return 2\n", cut), "python")
        assert failure is not None, cut
    assert incomplete("", '{"a": [1, 2', "json") is not None
    assert incomplete("", '{"a": "unfinish', "json") is not None


def test_a_bracket_that_is_missing_above_an_intact_end_is_no_cut() -> None:
    assert incomplete(OLD, OLD.replace("b = a + 1", "b = (a + 1"), "python") is None
    assert incomplete("", '{"a": 1,, "b": 2}', "json") is None


def test_a_fence_that_is_not_closed_is_proof() -> None:
    assert incomplete("", "# T\n\n```python\nx = 1\n", "markdown") is not None
    assert incomplete("", "````md\n```\nx\n```\n````\n", "markdown") is None
    assert incomplete("# T\n\n~~~\n", "# T\n\nmore\n\n~~~\n", "markdown") is None
    assert incomplete("", "```go\npackage main\n", "go") is not None


def test_a_fence_left_in_code_is_pollution() -> None:
    for new, language in (
        ("```python\nx = 1\n```\n", "python"),
        ("x = 1\n```\n", "python"),
        ("```ts\nconst x = 1;\n```", "typescript"),
    ):
        failure = polluted(new, language)
        assert failure is not None
        assert failure.category is FailureCategory.MARKDOWN_POLLUTION


def test_prose_in_front_of_code_is_pollution() -> None:
    assert polluted("Here is the fixed code:\n\nx = 1\n", "python") is not None
    assert polluted("Here is the fixed code:\n\nconst x = 1;\n", "typescript") is not None


@pytest.mark.parametrize(
    ("new", "language"),
    [
        ('"""Doc.\n\n```\nx\n```\n"""\n', "python"),
        ("# Let me fix this for you.\nx = 1\n", "python"),
        ("x = (\n", "python"),
        ("let me = 1;\n", "typescript"),
        ("# T\n\n```\nx\n```\n", "markdown"),
        ("Run the tests now.\n", "shellscript"),
        ("const s = `\n```\n`;\nexport {};\n", "typescript"),
        ("", "go"),
    ],
)
def test_what_belongs_to_the_language_is_no_pollution(new: str, language: str) -> None:
    assert polluted(new, language) is None


def test_a_name_that_was_added_and_exists_nowhere_is_invented() -> None:
    new = OLD.replace("return 2", "return os.frobnicate()")
    failure = hallucinated("frobnicate", OLD, new, {"os", "f", "g"}.__contains__)
    assert failure is not None
    assert failure.category is FailureCategory.HALLUCINATION
    assert failure.advice == "refine"


def test_a_name_is_not_invented_when_it_exists_or_was_there_before() -> None:
    new = OLD.replace("return 2", "return os.frobnicate()")
    assert hallucinated("frobnicate", OLD, new, {"frobnicate"}.__contains__) is None
    assert hallucinated("os", OLD, new, nowhere) is None
    assert hallucinated("nowhere", OLD, new, nowhere) is None
    assert hallucinated("frob", OLD, new, nowhere) is None


def test_whether_an_invented_name_exists_is_asked_last() -> None:
    asked: list[str] = []
    hallucinated("f", OLD, OLD, lambda name: asked.append(name) is None)  # type: ignore[func-returns-value]  # it notes the question
    assert asked == []


def test_two_invented_names_are_the_same_failure() -> None:
    one = hallucinated("frob", OLD, OLD.replace("return 2", "return frob"), nowhere)
    two = hallucinated("bork", OLD, OLD.replace("return 2", "x = bork(1)"), nowhere)
    assert one is not None
    assert two is not None
    assert one.fingerprint == two.fingerprint


@given(st.text(max_size=200), st.text(max_size=200), LANGUAGES)
def test_any_two_texts_are_judged(old: str, new: str, language: str) -> None:
    for failure in (
        incomplete(old, new, language),
        polluted(new, language),
        hallucinated(new[:3], old, new, nowhere),
    ):
        assert failure is None or failure.evidence.text


@given(st.text(max_size=200), LANGUAGES)
def test_a_text_that_did_not_change_is_complete(text: str, language: str) -> None:
    assert incomplete(text, text, language) is None

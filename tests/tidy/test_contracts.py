"""What other programs and other versions rely on, and what a start must not pay for."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

from understudy.core.failures import FailureCategory, UnderstudyError

CATEGORIES = """
parse_error import_error type_error syntax_error runtime_error rate_limit context_overflow
capability_mismatch markdown_pollution incomplete_output hallucination timeout
provider_unavailable auth_error quota_exhausted content_filtered refusal empty_output
edit_apply_failed stale_document test_failure lint_failure missing_context budget_exceeded
cancelled unknown
"""

HEAVY = {"httpx", "pydantic", "rich", "sqlite3", "tree_sitter"}


def test_the_failure_categories_are_frozen() -> None:
    assert [category.value for category in FailureCategory] == CATEGORIES.split()


def test_every_failure_has_a_category() -> None:
    for kind in UnderstudyError.__subclasses__():
        assert isinstance(kind.category, FailureCategory)


def test_starting_the_server_imports_nothing_heavy() -> None:
    found = importlib.util.find_spec("understudy.lsp.app")
    door = "understudy.lsp.app" if found else "understudy.cli"
    program = f"import json, sys, {door}; print(json.dumps(sorted(sys.modules)))"
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert not HEAVY & set(json.loads(finished.stdout))

from __future__ import annotations

from understudy.config.policy import Policy
from understudy.engine.explaining import explanation
from understudy.workspace.view import View


def test_an_explanation_that_is_all_in_one_fence_is_no_code() -> None:
    inner = "It *adds* them:\n\n```python\nsum(items)\n```\n"
    read = explanation(View("file:///a.py", "x = 1\n", Policy(), language="python"), range(1)).read
    assert read(f"```markdown\n{inner}```\n") == read(inner)
    code = "```python\nsum(items)\n```\n"
    assert read(code).startswith("```python")
    beside = f"{code}\nThat is it.\n"
    assert read(beside).count("```") == 2

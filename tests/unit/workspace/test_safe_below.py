from __future__ import annotations

import pytest

from understudy.workspace.paths import is_safe_below


@pytest.mark.parametrize(
    "path", ["a.py", "src/a.py", "./a.py", "a//b.py", "src\\a.py", ".env", "a b.py", "\u00e9.py"]
)
def test_plain_paths_below_a_folder_are_safe(path: str) -> None:
    assert is_safe_below(path)


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/a.py", "\\a.py", "\\\\host\\a.py", "C:\\a.py", "c:a.py", "~/a.py"),
        *("..", "../a.py", "a/../b.py", "a/..", "a/", "a\0.py", "a\n.py", "a.py.", "a.py "),
        *("nul", "src/AUX.py", "com1.txt", "a.py:stream"),
        *(".git/config", "a/.GIT/hooks/x", ".git /x", "git~1/config", ".g\u200cit/config"),
    ],
)
def test_paths_that_some_platform_reads_otherwise_are_not(path: str) -> None:
    assert not is_safe_below(path)

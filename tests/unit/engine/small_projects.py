"""Small projects with tests of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.policy import Policy, Trust
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

GO = {
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "add/add.go": "package add\n\nfunc Add(a, b int) int { return a + b }\n",
    "add/more_test.go": (
        'package add\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n'
        "\tif Add(1, 2) != 3 {\n\t\tt.Fatal()\n\t}\n}\n"
    ),
}
PYTHON = {
    "one.py": "VALUE = 1\n",
    "two.py": "VALUE = 2\n",
    "test_one.py": "import one, two\n\n\ndef test_one():\n    assert one.VALUE + two.VALUE == 3\n",
    "conftest.py": "",
}


def make(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")


def view_of(root: Path, name: str, language: str, trust: Trust = Trust.TRUSTED) -> View:
    path = root / name
    text = path.read_text("utf-8") if path.exists() else ""
    return View(path.as_uri(), text, Policy(trust), language=language, path=path, root=root)

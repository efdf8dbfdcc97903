"""Documents and texts for the tests of edit formats."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.workspace.view import View

ROOT = Path("/shop")
"""Nothing looks whether it is there."""


def document(text: str, language: str = "python", name: str = "src/a.py") -> View:
    """A document below the workspace folder."""
    path = ROOT / name
    return View(
        path.as_uri() if path.is_absolute() else f"file:///shop/{name}",
        text,
        Policy(),
        language=language,
        path=path,
        root=ROOT,
    )


def whole(text: str, language: str = "python", name: str = "src/a.py") -> Region:
    """A region that is all of a document."""
    view = document(text, language, name)
    return Region(view, range(len(view.index)))


LINES = st.sampled_from(
    (
        "import os",
        "def f(self):",
        "    return reslt",
        "\tx = 1",
        "",
        "  ",
        "```",
        "```python",
        "    ```",
        "~~~",
        "<think>",
        "</think>",
        "# ... existing code ...",
        "...",
        "# src/a.py",
        "python",
        "class A:",
        "    pass",
        "}",
        "</s>",
        "x = '''",
        "'''",
        "=======",
        "{",
        "Here is the code:",
        "\ufeff",
        "I'm sorry, but I can't.",
        "pi = 'π😀'",
    )
) | st.text(alphabet="ab `~#\t'\"\\{}<>-+@.é😀", max_size=12)

USUAL = st.lists(LINES, min_size=1, max_size=12).map(lambda lines: "\n".join(lines) + "\n")
"""Texts whose lines end as most do."""

ANY = (
    st.lists(st.tuples(LINES, st.sampled_from(("\n", "\r\n", "\r"))), max_size=10).map(
        lambda lines: "".join(line + end for line, end in lines)
    )
    | st.text(max_size=60)
    | USUAL
    | USUAL.map(lambda text: text.removesuffix("\n"))
    | USUAL.map(lambda text: "\ufeff" + text)
)
"""Any texts, as far as an editor's documents go."""

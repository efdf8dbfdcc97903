"""What a model is shown of the workspace beside the lines that it is asked about."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import configuration, fix, questions
from tests.e2e.raw_client import LIMIT_S
from tests.providers.answers import Says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

FUNCTION = (
    "def total(items: list[Price]):\n"
    "    result = hidden()\n"
    "    for item in items:\n"
    "        result += item.price\n"
    "    return something_else_entirely\n"
)
HERE = f"from prices import Price\nfrom vault import hidden\n\n\n{FUNCTION}"
GOOD = Says(f"```python\n{FUNCTION.replace('something_else_entirely', 'result')}```\n")
SAVED = "class Price:\n    old_member: int\n"
UNSAVED = '''\
class Price:
    """What one piece costs."""

    amount_in_cents: int
'''
HIDDEN = "def hidden():\n    return 'vault-word-4711'\n"


def opened(near: NearServer, path: Path, text: str) -> Editor:
    editor = Editor(near, path.as_uri(), Buffer(text), version=1)
    editor.open()
    return editor


def until_ready(near: NearServer, path: Path) -> None:
    """Wait until the index has read everything, which nobody is told."""
    deadline = time.monotonic() + LIMIT_S
    while not is_ready(near, path.as_uri()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_ready(near: NearServer, uri: str) -> bool:
    session, indexing = near._app.session, near._app.indexing
    index = indexing.over(session.view(uri)) if uri in session.documents else None
    return index is not None and index.ready


def started(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread, **ours: bool
) -> Editor:
    configuration(home, provider, "openai", '[privacy]\nexclude = ["vault.py"]\n')
    (workspace / "prices.py").write_text(SAVED, encoding="utf-8")
    (workspace / "vault.py").write_text(HIDDEN, encoding="utf-8")
    (workspace / "total.py").write_text(HERE, encoding="utf-8")
    params = initialize_params("vscode", workspace)
    params["capabilities"]["experimental"] = {"understudy": ours}
    near.wire.request("initialize", params)
    near.wire.notify("initialized", {})
    opened(near, workspace / "prices.py", UNSAVED)
    editor = opened(near, workspace / "total.py", HERE)
    until_ready(near, workspace / "total.py")
    return editor


def test_a_definition_in_an_unsaved_buffer_is_shown_and_an_excluded_file_never(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider)
    provider.server.scripts["one:7b"] = [GOOD]
    fix(editor)
    sent = str(questions(provider)[0].body)
    assert "amount_in_cents" in sent
    assert "From prices.py" in sent
    assert "old_member" not in sent
    assert "vault-word-4711" not in sent


def test_a_definition_in_a_long_buffer_is_shown_while_somebody_types_in_it(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    long = UNSAVED + "".join(f"\n\ndef price_{at}(x):\n    return x\n" for at in range(4_000))
    editor = started(near, workspace, home, provider)
    prices = Editor(near, (workspace / "prices.py").as_uri(), Buffer(UNSAVED), version=1)
    prices.type(0, len(UNSAVED), long)
    until_ready(near, workspace / "total.py")
    provider.server.scripts["one:7b"] = [GOOD]
    prices.type(0, 0, "# typed\n")
    fix(editor)
    assert "amount_in_cents" in str(questions(provider)[0].body)


def test_what_the_editors_diagnostic_points_at_is_shown(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    rates = workspace / "rates.py"
    rates.write_text("LEAST = 3\n\n\ndef rate(a, b):\n    return a * b\n", encoding="utf-8")
    editor = started(near, workspace, home, provider)
    provider.server.scripts["one:7b"] = [GOOD]
    there = {"start": {"line": 3, "character": 4}, "end": {"line": 3, "character": 8}}
    told = {
        "range": editor.here("something_else_entirely"),
        "message": "It must be given as well.",
        "source": "elsewhere",
        "severity": 1,
        "relatedInformation": [
            {"location": {"uri": rates.as_uri(), "range": there}, "message": "Declared here."}
        ],
    }
    editor.fix("something_else_entirely", diagnostics=[told])
    editor.wire.wait_for("workspace/applyEdit")
    sent = str(questions(provider)[0].body)
    assert "From rates.py" in sent
    assert "def rate(a, b):" in sent

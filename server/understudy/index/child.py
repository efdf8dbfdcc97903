"""Starting and asking the process that reads a workspace (`index.worker`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from understudy.core.failures import UnavailableError
from understudy.workspace.line_child import LineChild


async def start_worker(root: Path, folder: Path) -> LineChild:
    """A worker for a workspace folder, whose index is in `folder`.

    It runs beside the interpreter and not in the workspace, where files might be called like our
    modules.

    Raises:
        UnavailableError: when it can't be started.
    """
    command = (sys.executable, "-P", "-m", "understudy.index.worker", str(root), str(folder))
    home = Path(sys.executable).parent
    return await LineChild.start(command, home, {}, "The indexing process")


async def ask(child: LineChild, question: dict[str, Any]) -> dict[str, Any]:
    """A worker's answer.

    Raises:
        UnavailableError: when it ended, or could not do it.
    """
    answer = await child.ask(question)
    if not isinstance(answer, dict) or "failed" in answer:
        why = answer.get("failed") if isinstance(answer, dict) else answer
        raise UnavailableError(f"The index can't be written: {why}.")
    return answer

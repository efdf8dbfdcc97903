"""Write into this folder's files what the real tools say about the texts in them.

    UNDERSTUDY_NODE_MODULES=…/node_modules python -m tests.corpus.patches.make [LANGUAGE …]

Needed are ruff and basedpyright beside the interpreter, go, gopls, cargo and node on the path, and
typescript in `UNDERSTUDY_NODE_MODULES`. A base whose tool says nothing of the kind stays as it is,
and is told.

Each `<language>/<name>.txt` is a base and its patches: what it is about; `=== base` with the `code`
of its diagnostic (or `syntax: yes`), what every repair `keeps`, and the `diagnostic` that is written
here; `=== before`; `=== oracle`, code that fails where a patched text does the wrong thing; and then
patches, `=== right: KIND` or `=== wrong: KIND`, each as hunks without numbers, set apart by `@@`,
whose lines begin with a blank, `-` or `+`. A `=== reply` belongs to the patch above it. What makes a
patch right or wrong is told, and verified, by `tests/patch_proof.py`.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from tests.patch_cases import FOLDER, LANGUAGES, PatchBase, read_patches
from tests.patch_tools import with_tools
from understudy.config.settings import Settings
from understudy.engine.checking import check, close_checkers
from understudy.engine.scratch import scratch
from understudy.workspace.diagnostics import Diagnostic, is_syntax_error

if TYPE_CHECKING:
    from pathlib import Path

_OLD = re.compile(r"^diagnostic: .*\n", re.MULTILINE)
_OF_EDITORS = ("ruff", "basedpyright", "gopls", "typescript", "cargo")
"""The checkers whose words an editor shows, the first one first."""


async def main(languages: list[str]) -> None:
    with with_tools(), scratch() as place:
        try:
            for language in languages or LANGUAGES:
                for file in sorted((FOLDER / language).glob("*.txt")):
                    base = read_patches(file)[0].base
                    with place.holding(base.before, language) as view:
                        reports = await check(view, Settings())
                    said = {one.checker: one.diagnostics for one in reports}
                    found = [one for name in _OF_EDITORS for one in said.get(name, ())]
                    fitting = [one for one in found if _fits(one, base)]
                    if not fitting:
                        print(f"{language}/{base.name}: {[one.label for one in found]}")
                        continue
                    _write(file, _told(fitting[0], base))
        finally:
            await close_checkers()


def _fits(found: Diagnostic, base: PatchBase) -> bool:
    return found.code == base.code if base.code else is_syntax_error(found)


def _told(found: Diagnostic, base: PatchBase) -> dict[str, Any]:
    above = base.before[: found.span.start]
    line = above.count("\n") + 1
    column = len(above) - (above.rfind("\n") + 1) + 1
    return {
        "source": found.source,
        "code": found.code,
        "message": found.message,
        "severity": found.severity.value,
        "line": line,
        "column": column,
    }


def _write(file: Path, diagnostic: dict[str, Any]) -> None:
    text = _OLD.sub("", file.read_text("utf-8"))
    told = f"diagnostic: {json.dumps(diagnostic, ensure_ascii=False)}\n"
    file.write_text(text.replace("=== before\n", f"{told}=== before\n", 1), "utf-8", newline="\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))

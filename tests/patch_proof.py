"""What makes a patch of `tests/corpus/patches` right or wrong, found out without Understudy.

A patch is right when all of this holds, and wrong when anything of it does not:

- the language's own tools have nothing to say about the patched text, so that its diagnostic is
  gone and there is no new one;
- the base's oracle, run by the language itself, does not fail;
- no tool was told to be silent, and nothing is gone that every repair keeps.
"""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.patch_cases import Fault, patches
from tests.patch_proofs import go, python, rust, typescript

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.patch_cases import Patch

    Prove = Callable[[Sequence[Patch], Path], dict[str, Fault]]

_PROOFS: dict[str, Prove] = {
    "go": go.faults,
    "python": python.faults,
    "rust": rust.faults,
    "typescript": typescript.faults,
}
_SILENCED = re.compile(
    r"#\s*noqa|#\s*type:\s*ignore|#\s*pyright:\s*ignore|@ts-(?:ignore|expect-error|nocheck)"
    r"|eslint-disable|#!?\[\s*(?:allow|expect)\s*\(|//\s*nolint"
)


@cache
def faults(language: str) -> dict[str, Fault]:
    """Why patches are wrong, by their ids; a right one has no fault."""
    found: dict[str, Fault] = {}
    for patch in patches(language):
        lost = [one for one in patch.base.keeps if one not in patch.after]
        if len(_SILENCED.findall(patch.after)) > len(_SILENCED.findall(patch.base.before)):
            found[patch.id] = Fault("rule", "a tool is told to be silent")
        elif lost:
            found[patch.id] = Fault("rule", f"`{lost[0]}` is gone")
    with tempfile.TemporaryDirectory(prefix="understudy-proof-") as folder:
        left = [patch for patch in patches(language) if patch.id not in found]
        return found | _PROOFS[language](left, Path(folder).resolve())

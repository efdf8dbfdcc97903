"""How far counts of tokens are off, over files of this machine: `bench_tokens.py [FOLDER …]`.

Needs the extra `tokens`, with whose vocabularies the estimates are compared.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path
from statistics import mean, quantiles
from typing import TYPE_CHECKING

from understudy.models.token_estimate import estimated
from understudy.models.tokens import encoder

if TYPE_CHECKING:
    from collections.abc import Callable

ENDINGS = (".py", ".js", ".ts", ".go", ".rs", ".java", ".c", ".h", ".json", ".md", ".css", ".html")
MOST, EACH = 60_000, 100


def files(folders: list[Path]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            texts = found.setdefault(file.suffix, [])
            if file.suffix in ENDINGS and len(texts) < EACH and 500 < file.stat().st_size < MOST:
                texts.append(file.read_text("utf-8", errors="ignore"))
    return {ending: texts for ending, texts in found.items() if len(texts) > 1}


def row(name: str, texts: list[str], guess: str) -> str:
    count: Callable[[str], int] | None = encoder("o200k_base")
    assert count is not None
    ways: dict[str, Callable[[str], int]] = {
        "estimate": estimated,
        "chars/4": lambda text: len(text) // 4 + 1,
    }
    errors = [ways[guess](text) / max(count(text), 1) - 1 for text in texts]
    tenths = quantiles(map(abs, errors), n=10, method="inclusive")
    return (
        f"{name:6} {guess:9} {len(texts):5} files  bias {mean(errors):+6.1%}"
        f"  p50 {tenths[4]:5.1%}  p90 {tenths[8]:5.1%}"
    )


def main() -> None:
    if encoder("o200k_base") is None:
        print("The extra `tokens` is not installed.")
        return
    folders = [Path(one) for one in sys.argv[1:]] or [Path(sysconfig.get_path("stdlib"))]
    by_ending = files(folders)
    everything = [text for texts in by_ending.values() for text in texts]
    for guess in ("estimate", "chars/4"):
        for ending, texts in sorted(by_ending.items()):
            print(row(ending, texts, guess))
        print(row("all", everything, guess))


if __name__ == "__main__":
    main()

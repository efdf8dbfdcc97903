"""Print, as JSON lines, aider's repository map for each case that is read from standard input.

Runs in the peer's environment. Each line has `root`, `package`, `path`, `names`, `budgets`, and texts
whose tokens are `counted` by budget. The file itself counts as being in the chat, and the names as
mentioned.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import litellm  # type: ignore[import-not-found]  # only in the peer's environment

# Its copy of the vocabulary, so that nothing is downloaded.
os.environ["TIKTOKEN_CACHE_DIR"] = str(
    Path(litellm.__file__).parent / "litellm_core_utils" / "tokenizers"
)

import tiktoken  # type: ignore[import-not-found]  # only in the peer's environment
from aider.repomap import RepoMap  # type: ignore[import-not-found]  # only in the peer's environment

SUFFIXES = (".py", ".pyi", ".ts", ".tsx", ".mts", ".cts", ".c", ".h")


class Model:
    """What the map asks of a model: tokens of a text."""

    def __init__(self) -> None:
        try:
            self._encoding = tiktoken.get_encoding("o200k_base")
        except Exception:  # noqa: BLE001 - whatever a download without a network raises
            self._encoding = tiktoken.get_encoding("cl100k_base")

    def token_count(self, text: str) -> int:
        """Tokens of a text."""
        return len(self._encoding.encode_ordinary(text))


class Quiet:
    """What the map asks of a terminal."""

    def read_text(self, path: str, **_: Any) -> str:
        """The text of a file."""
        return Path(path).read_text(encoding="utf-8", errors="replace")

    def __getattr__(self, name: str) -> Any:
        """Whatever else it says is dropped."""
        return lambda *_args, **_named: None


def main() -> None:
    model, maps = Model(), {}
    for line in sys.stdin:
        case = json.loads(line)
        root = case["root"]
        top = Path(root, case["package"])
        files = [str(one) for one in sorted(top.rglob("*")) if one.suffix in SUFFIXES]
        if root not in maps:
            maps[root] = RepoMap(map_tokens=1024, root=root, main_model=model, io=Quiet())
        chat = str(Path(root, case["path"]))
        found = {}
        for budget in case["budgets"]:
            maps[root].max_map_tokens = budget
            start = time.perf_counter()
            text = maps[root].get_ranked_tags_map_uncached(
                {chat}, [one for one in files if one != chat], budget, set(), set(case["names"])
            )
            spent = time.perf_counter() - start
            found[budget] = {
                "text": text or "",
                "tokens": model.token_count(text or ""),
                "s": spent,
            }
        counted = {budget: model.token_count(one) for budget, one in case["counted"].items()}
        print(json.dumps({"maps": found, "counted": counted}), flush=True)


if __name__ == "__main__":
    main()

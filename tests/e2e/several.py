"""A shop of two files, and a model that changes both of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.editor import Buffer, initialize_params
from tests.e2e.modelled import configuration
from tests.e2e.workbench import Workbench
from tests.providers.answers import Says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message
    from tests.providers.scripted import ServerInThread

SHOP = """\
def total(prices):
    return sum(prices)  # π😀


def largest(prices):
    return max(prices)


def smallest(prices):
    return min(prices)


print(total([1]), largest([2]), smallest([3]))
"""
USE = "from shop import total\n\nprint(total([2, 3]))\n"
ROUTES = '[model_routing]\ncode-generation = ["acme/two"]\n'
FORMAT = 'edit_format = "apply_patch"\n'
PATCH = """*** Begin Patch
*** Update File: shop.py
@@
-def total(prices):
+def sum_of(prices):
@@
-print(total([1]), largest([2]), smallest([3]))
+print(sum_of([1]), largest([2]), smallest([3]))
*** Update File: use.py
@@
-from shop import total
+from shop import sum_of
@@
-print(total([2, 3]))
+print(sum_of([2, 3]))
*** End Patch
"""
RENAMED = SHOP.replace("total(", "sum_of(")
NEW = """*** Begin Patch
*** Add File: money.py
+def total(prices):
+    return sum(prices)
*** Update File: shop.py
@@
-def total(prices):
-    return sum(prices)  # π😀
+from money import total


 def largest(prices):
*** End Patch
"""
MOVED = """*** Begin Patch
*** Update File: use.py
*** Move to: tools/use.py
*** Delete File: old.py
*** End Patch
"""


class Shop:
    """Opens `shop.py` beside `use.py`."""

    def __init__(
        self, home: Path, workspace: Path, near: NearServer, provider: ServerInThread
    ) -> None:
        self._home, self._workspace = home, workspace
        self._near, self._provider = near, provider

    def __call__(
        self,
        reply: str,
        editor: str = "vscode",
        more: str = "",
        experimental: Message | None = None,
        **abilities: Any,
    ) -> Workbench:
        """The document in an editor with these abilities, for which the model answers this."""
        workspace, near = self._workspace, self._near
        answer_with(self._home, self._provider, reply, more)
        params = initialize_params(editor, workspace)
        params["capabilities"]["workspace"]["workspaceEdit"] |= abilities
        params["capabilities"]["experimental"] = experimental or {}
        near.wire.request("initialize", params)
        near.wire.notify("initialized", {})
        (workspace / "shop.py").write_text(SHOP, encoding="utf-8")
        (workspace / "use.py").write_text(USE, encoding="utf-8")
        found = Workbench(near, (workspace / "shop.py").as_uri(), Buffer(SHOP))
        found.wire.answers["window/showDocument"] = lambda _: {"success": True}
        found.open()
        return found


def answer_with(home: Path, provider: ServerInThread, reply: str, more: str = "") -> None:
    """Set the models up that answer wishes with this."""
    provider.server.scripts = {"two": [Says(reply)], "one:7b": [Says(reply)]}
    configuration(home, provider, "openai", more)
    text = (home / "config.toml").read_text(encoding="utf-8")
    text = text.replace('[models."acme/two"]\n', f'[models."acme/two"]\n{FORMAT}')
    text = text.replace("[model_routing]\n", ROUTES)
    (home / "config.toml").write_text(text, encoding="utf-8")


def ask(bench: Workbench, instruction: str) -> None:
    arguments = {"uri": bench.uri, "range": bench.here("def total"), "instruction": instruction}
    bench.execute("understudy.edit", arguments)

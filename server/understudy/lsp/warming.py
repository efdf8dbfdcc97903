"""What the server imports and tidies before the first command needs it."""

from __future__ import annotations

import gc

_FIRST_NEEDED = (
    "understudy.lsp.extensions",
    "understudy.lsp.fixing",
    "understudy.index.following",
)
"""What the first `understudy.fix` would have to import, and the index. By name: the first two know
the background, which knows this module."""


def warm_up() -> None:
    """Import the rooms that the first command needs, so that it is answered at once."""
    import importlib

    from understudy.checkers import all_checkers
    from understudy.edit_formats import all_edit_formats
    from understudy.fixers import all_fixers

    all_checkers()
    all_fixers()
    all_edit_formats()
    for name in _FIRST_NEEDED:
        importlib.import_module(name)
    importlib.import_module("understudy.lsp.commands").all_commands()


def remove_leftovers() -> None:
    """Delete what servers left behind that did not end as they should."""
    from understudy.lsp.scratch import remove_leftovers as remove

    remove()


def quiet_collector() -> None:
    """Keep the garbage collector from walking what never goes away.

    A full collection over all that is loaded stops the loop for some 50 ms, once in 150 requests.
    Syntax trees come and go by ten thousands of objects, and each of them would start several.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)

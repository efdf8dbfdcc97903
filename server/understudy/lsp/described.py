"""Members of our own commands' arguments and answers, with what the reference says about them."""

from __future__ import annotations

from typing import Any

import attrs


def described(text: str, **options: Any) -> Any:
    """A member with what the reference says about it."""
    return attrs.field(metadata={"description": text}, **options)

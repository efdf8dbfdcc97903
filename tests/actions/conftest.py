"""The server and the scripted provider, as other tests of the whole have them."""

from __future__ import annotations

from tests.e2e.conftest import home, near, provider

__all__ = ["home", "near", "provider"]

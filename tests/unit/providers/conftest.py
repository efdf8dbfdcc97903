from __future__ import annotations

from tests.unit.models.conftest import home

__all__ = ["home"]

"""What the tools of one language print, one language per file; each defines `TOOLS`."""

from __future__ import annotations

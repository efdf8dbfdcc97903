"""What every caller asks, so that all send the same."""

from __future__ import annotations

KEY = "sk-benchmark-0123456789"
MAX_OUTPUT = 2_000
SYSTEM = "You repair code. Answer with the whole function in one fence and with nothing else."
USER = "\n".join(f"    total_{at} = price_{at} * amount_{at} + fee" for at in range(120))
"""About as long as a function with what stands around it."""

BROKEN = "def total(prices):\n    found = sum(prics)\n    return round(found, 2)\n"
MENDED = BROKEN.replace("prics", "prices")

"""How providers say no before a stream begins: status, headers and body of each known kind.

The bodies are the providers' own, names and numbers aside.
"""

from __future__ import annotations

from tests.providers.refused import anthropic, gemini, openai, others

ROWS = (*openai.ROWS, *anthropic.ROWS, *gemini.ROWS, *others.ROWS)

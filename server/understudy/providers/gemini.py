"""Google's Gemini API, with a key of Google AI Studio."""

from __future__ import annotations

from understudy.providers import Provider

PROVIDER = Provider(
    id="gemini",
    title="Google Gemini",
    family="gemini",
    base_url="https://generativelanguage.googleapis.com",
    keys=("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    key_page="https://aistudio.google.com/apikey",
)

"""Calls of tools written out as tags, as the tags that are read here.

Three families are known: parameters that are told by an attribute (`<parameter name="old_str">`), a
file between `<content>` tags in `<write_to_file>`, and one in a `<boltAction>`.
"""

from __future__ import annotations

import re

_PARAMETER = re.compile(
    r"<(?:\w{1,20}:)?parameter name=[\"'](?P<name>\w{1,40})[\"'][^<>\n]{0,80}>"
    r"|(?P<end></(?:\w{1,20}:)?parameter>)"
)
_PATHS = frozenset({"path", "file", "file_path", "filename", "filepath"})
_TEXTS = frozenset({"old_str", "new_str", "old_string", "new_string", "old_text", "new_text"})
_WRITES = re.compile(
    r"<(?:write_to_file|create_file|write_file)>\s*<path>(?P<path>[^<>\n]{1,300})</path>\s*"
    r"<content>(?:\r?\n)?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"(?P<inner>[^\n])?</content>\s*(?:<line_count>\d{0,9}</line_count>\s*)?</(?:write_|create_)\w+>"
)
_BOLT = re.compile(
    r"<boltAction\b[^<>\n]{0,200}\bfilePath=[\"'](?P<path>[^\"'<>\n]{1,300})[\"'][^<>\n]{0,200}>(?:\r?\n)?"
)
_BOLT_END = re.compile(r"(?P<inner>[^\n])?</boltAction>")
_BOLT_AROUND = re.compile(r"</?boltArtifact\b[^<>\n]{0,300}>")


def plain_parameters(text: str) -> str:
    """A text with tags of their own names in place of those that name a parameter."""
    if "parameter name=" not in text:
        return text
    opened = ""

    def plain(found: re.Match[str]) -> str:
        nonlocal opened
        if found["end"]:
            name, opened = opened, ""
            return f"</{name}>" if name in _TEXTS else ""
        opened = found["name"].lower()
        return f"<{opened}>" if opened in _TEXTS else "\n" if opened in _PATHS else ""

    return _PARAMETER.sub(plain, text)


def plain_files(text: str) -> str:
    """A text with `<new_file path="...">` in place of the tags of tools that write a file."""
    for opening, closing in ((_WRITES, _WRITTEN), (_BOLT, _BOLT_END)):
        if opening.search(text):
            text = opening.sub(lambda found: f'\n<new_file path="{found["path"].strip()}">\n', text)
            text = closing.sub(_ended, text)
    return _BOLT_AROUND.sub("", text)


def _ended(found: re.Match[str]) -> str:
    inner = found["inner"]
    return f"{inner}\n</new_file>\n" if inner else "</new_file>\n"

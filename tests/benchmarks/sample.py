"""A Python module of any length: many functions and classes, no two alike, always the same text."""

from __future__ import annotations

from itertools import count, product

_HEADER = '''\
"""Größen, prices - and other 😀 things: a module that is made, not written."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

PATTERN = re.compile(r"(?P<key>\\w+)\\s*=\\s*(?P<value>.*)")
'''

_UNITS = (
    '''

def total_{name}(values, factor={number}):
    """Sum up the {name}, weighted."""
    weighted = [value * factor for value in values]
    total = sum(weighted)
    if total == {number}:
        print("nothing übrig", total)
    return round(total, 2)
''',
    '''

@dataclass(frozen=True)
class {title}:
    """What is known about a {name}: naïve, but enough."""

    label: str
    weight: float = {number}.5
    parts: tuple[str, ...] = ()

    def heavier(self, other):
        """Whether this {name} outweighs another one."""
        if other is None:
            return True
        return self.weight > other.weight

    def described(self):
        """The {name} in a sentence. 😀"""
        joined = ", ".join(self.parts)
        return f"{{self.label}} - {{joined}} ({{self.weight:.2f}} €)"
''',
    '''

def read_{name}(path: Path, limit={number}):
    """Read `{name}` from a file, line by line."""
    found = {{}}
    for line in path.read_text(encoding="utf-8").split("\\n"):
        match = PATTERN.match(line)
        if match is None:
            continue
        found[match["key"]] = match["value"].strip()
        if len(found) >= limit:
            break
    return found
''',
    '''

class {title}Store:
    """Keeps every {name} by its key."""

    def __init__(self, folder):
        self.folder = folder
        self.entries = {{}}

    def put(self, key, value):
        """Keep one {name}."""
        self.entries[key] = value
        return len(self.entries)

    def save(self):
        """Write every {name} to the disk."""
        target = Path(self.folder, "{name}.json")
        target.write_text(json.dumps(self.entries, ensure_ascii=False), encoding="utf-8")
        return target
''',
    '''

def group_{name}(rows, key="größe"):
    """Group rows by one of their columns."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    sizes = {{name: len(members) for name, members in groups.items()}}
    largest = max(sizes.values(), default={number})
    return groups, largest
''',
    '''

async def fetch_{name}(client, address, retries={number}):
    """Ask a client for {name}, more than once if need be."""
    problem = None
    for attempt in range(retries):
        try:
            answer = await client.get(address, timeout=attempt + 1)
        except OSError as failure:
            problem = failure
        else:
            return answer
    raise TimeoutError(f"{{address}} - no answer after {{retries}} tries") from problem
''',
    '''

def collect_{name}(rows, seen=None):
    """Collect every {name} that was not seen before; naïve, but it ends."""
    if seen is None:
        seen = []
    for row in rows:
        if row not in seen:
            seen.append(row)
    if seen is not None and len(seen) > {number}:
        print("many")
    return seen
''',
    '''

def parsed_{name}(text):
    """A {name} from JSON, or nothing - whatever is wrong with it."""
    try:
        return json.loads(text)["größe"]
    except Exception:
        return {number}
''',
)

_COLOURS = ("red", "green", "blue", "amber", "violet", "grey", "white", "ochre", "teal", "pink")
_THINGS = ("orders", "prices", "parcels", "books", "drafts", "tickets", "routes", "notes", "keys")


def module(lines: int) -> str:
    """A module of about so many lines, without any problem that Ruff's defaults find."""
    text = _HEADER
    written = text.count("\n")
    names = (
        f"{colour}_{thing}" if not turn else f"{colour}_{thing}_{turn}"
        for turn in count()
        for thing, colour in product(_THINGS, _COLOURS)
    )
    parts = [text]
    for number, name in enumerate(names):
        unit = _UNITS[number % len(_UNITS)].format(
            name=name, title=name.title().replace("_", ""), number=number % 7 + 2
        )
        parts.append(unit)
        written += unit.count("\n")
        if written >= lines:
            break
    return "".join(parts)

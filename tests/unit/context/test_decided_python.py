"""Python that decides, picks or asks for something else after a rewriting, or the same."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    ('python', 'def f(a, b):\n    if a > b:\n        return True\n    return False\n', 'def f(a, b):\n    return a > b\n'),
    ('python', 'def f(a, b):\n    if a > b:\n        return True\n    return False\n', 'def f(a, b):\n    return b < a\n'),
    ('python', 'def f(a, b):\n    if a > b:\n        return False\n    return True\n', 'def f(a, b):\n    return a <= b\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x > 0:\n            r.append(x)\n    return r\n', 'def f(a, b):\n    return [x for x in a if x > 0]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x <= 0:\n            continue\n        r.append(x)\n    return r\n', 'def f(a, b):\n    return [y for y in a if y > 0]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x.ok:\n            if x.n > 1:\n                r.append(x)\n    return r\n', 'def f(a, b):\n    return [x for x in a if x.ok and x.n > 1]\n'),
    ('python', 'def f(a, b):\n    return not any(x > 0 for x in a)\n', 'def f(a, b):\n    return all(x <= 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x > 0:\n            return True\n    return False\n', 'def f(a, b):\n    return any(x > 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if not x > 0:\n            return False\n    return True\n', 'def f(a, b):\n    return all(x > 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x.bad:\n            return False\n    return True\n', 'def f(a, b):\n    return not any(x.bad for x in a)\n'),
    ('python', 'def f(a, b):\n    found = False\n    for x in a:\n        if x.bad:\n            found = True\n            break\n    return found\n', 'def f(a, b):\n    return any(x.bad for x in a)\n'),
    ('python', "def f(a, b):\n    if a is None or not a:\n        raise ValueError('x')\n    return 1\n", "def f(a, b):\n    if not a:\n        raise ValueError('x')\n    return 1\n"),
    ('python', "def f(a, b):\n    if a < b or a == b:\n        raise ValueError('x')\n    return 1\n", "def f(a, b):\n    if a <= b:\n        raise ValueError('x')\n    return 1\n"),
    ('python', 'def f(a, b):\n    if a > 0 and a > 5:\n        return 1\n    return 2\n', 'def f(a, b):\n    return 1 if a > 5 else 2\n'),
    ('python', "def f(a, b):\n    if a == 1:\n        return 'x'\n    if a == 2:\n        return 'x'\n    return 'y'\n", "def f(a, b):\n    return 'x' if a in (1, 2) else 'y'\n"),
    ('python', 'def f(a, b):\n    if a:\n        return 1\n    if b:\n        return 1\n    return 2\n', 'def f(a, b):\n    return 1 if a or b else 2\n'),
    ('python', 'def f(a, b):\n    if not (a and b):\n        return 1\n    return 2\n', 'def f(a, b):\n    return 1 if not a or not b else 2\n'),
    ('python', 'def f(a, b):\n    return not a == b\n', 'def f(a, b):\n    return a != b\n'),
    ('python', 'def f(a, b):\n    if not a == b:\n        return 1\n    return 2\n', 'def f(a, b):\n    if a != b:\n        return 1\n    return 2\n'),
    ('python', 'def f(a, b):\n    return list(filter(lambda x: x > 0, a))\n', 'def f(a, b):\n    return [x for x in a if x > 0]\n'),
    ('python', 'def f(a, b):\n    if len(a) == 0:\n        return None\n    return a[0]\n', 'def f(a, b):\n    if not a:\n        return None\n    return a[0]\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x.id == b:\n            return x\n    return None\n', 'def f(a, b):\n    return next((x for x in a if x.id == b), None)\n'),
    ('python', 'def f(a, b):\n    n = 0\n    for x in a:\n        if x > b:\n            n += 1\n    return n\n', 'def f(a, b):\n    return sum(1 for x in a if x > b)\n'),
    ('python', 'def f(a, b):\n    n = 0\n    for x in a:\n        if x > b:\n            n += 1\n    return n\n', 'def f(a, b):\n    return sum(x > b for x in a)\n'),
    ('python', "def f(a, b):\n    bad = a > b\n    if bad:\n        raise X('a')\n    return 1\n", "def f(a, b):\n    if a > b:\n        raise X('a')\n    return 1\n"),
    ('python', 'def f(a, b):\n    try:\n        return int(a)\n    except ValueError:\n        return None\n', 'def f(a, b):\n    try:\n        return int(a)\n    except ValueError:\n        return None\n'),
    ('python', 'def f(a, b):\n    if a:\n        if b:\n            return 1\n        else:\n            return 2\n    else:\n        return 3\n', 'def f(a, b):\n    if not a:\n        return 3\n    return 1 if b else 2\n'),
    ('python', 'def f(a, b):\n    if a is not None and a.ok:\n        go()\n    return 1\n', 'def f(a, b):\n    if a and a.ok:\n        go()\n    return 1\n'),
]  # fmt: skip
OTHER = [
    ('python', 'def f(a, b):\n    if a > b:\n        return True\n    return False\n', 'def f(a, b):\n    return a <= b\n'),
    ('python', 'def f(a, b):\n    if a > b:\n        return True\n    else:\n        return False\n', 'def f(a, b):\n    return not a > b\n'),
    ('python', 'def f(a, b):\n    if a > b:\n        return False\n    return True\n', 'def f(a, b):\n    return a > b\n'),
    ('python', 'def f(a, b):\n    return [x for x in a if x > 0]\n', 'def f(a, b):\n    return [x for x in a if x <= 0]\n'),
    ('python', 'def f(a, b):\n    return [x for x in a if not x.ok]\n', 'def f(a, b):\n    return [x for x in a if x.ok]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x > 0:\n            r.append(x)\n    return r\n', 'def f(a, b):\n    return [x for x in a if x <= 0]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x <= 0:\n            continue\n        r.append(x)\n    return r\n', 'def f(a, b):\n    return [y for y in a if y <= 0]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if not x.ok:\n            r.append(x)\n    return r\n', 'def f(a, b):\n    return [x for x in a if x.ok]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x.ok:\n            if x.n > 1:\n                r.append(x)\n    return r\n', 'def f(a, b):\n    return [x for x in a if x.ok or x.n > 1]\n'),
    ('python', 'def f(a, b):\n    r = []\n    for x in a:\n        if x.ok and x.n > 1:\n            r.append(x)\n    return r\n', 'def f(a, b):\n    return [x for x in a if x.ok]\n'),
    ('python', 'def f(a, b):\n    return any(x > 0 for x in a)\n', 'def f(a, b):\n    return all(x > 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    return any(x > 0 for x in a)\n', 'def f(a, b):\n    return not any(x > 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x > 0:\n            return True\n    return False\n', 'def f(a, b):\n    return all(x > 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x > 0:\n            return True\n    return False\n', 'def f(a, b):\n    return any(x <= 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if not x > 0:\n            return False\n    return True\n', 'def f(a, b):\n    return any(x > 0 for x in a)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x.bad:\n            return False\n    return True\n', 'def f(a, b):\n    return any(x.bad for x in a)\n'),
    ('python', 'def f(a, b):\n    found = False\n    for x in a:\n        if x.bad:\n            found = True\n            break\n    return found\n', 'def f(a, b):\n    return all(x.bad for x in a)\n'),
    ('python', 'def f(a, b):\n    found = False\n    for x in a:\n        if x.bad:\n            found = True\n    return found\n', 'def f(a, b):\n    return not any(x.bad for x in a)\n'),
    ('python', "def f(a, b):\n    if a or b:\n        raise ValueError('x')\n    return 1\n", "def f(a, b):\n    if a:\n        raise ValueError('x')\n    return 1\n"),
    ('python', "def f(a, b):\n    if a is None or a < 0:\n        raise ValueError('x')\n    return 1\n", "def f(a, b):\n    if a is None:\n        raise ValueError('x')\n    return 1\n"),
    ('python', 'def f(a, b):\n    if a:\n        return 1\n    if b:\n        return 1\n    return 2\n', 'def f(a, b):\n    return 1 if a and b else 2\n'),
    ('python', 'def f(a, b):\n    if not (a and b):\n        return 1\n    return 2\n', 'def f(a, b):\n    return 1 if not a and not b else 2\n'),
    ('python', 'def f(a, b):\n    return list(filter(lambda x: x > 0, a))\n', 'def f(a, b):\n    return [x for x in a if x < 0]\n'),
    ('python', 'def f(a, b):\n    if len(a) == 0:\n        return None\n    return a[0]\n', 'def f(a, b):\n    if a:\n        return None\n    return a[0]\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x.id == b:\n            return x\n    return None\n', 'def f(a, b):\n    return next((x for x in a if x.id != b), None)\n'),
    ('python', 'def f(a, b):\n    n = 0\n    for x in a:\n        if x > b:\n            n += 1\n    return n\n', 'def f(a, b):\n    return sum(1 for x in a if x >= b)\n'),
    ('python', "def f(a, b):\n    bad = a > b\n    if bad:\n        raise X('a')\n    return 1\n", "def f(a, b):\n    if a < b:\n        raise X('a')\n    return 1\n"),
    ('python', 'def f(a, b):\n    if a:\n        if b:\n            return 1\n        else:\n            return 2\n    else:\n        return 3\n', 'def f(a, b):\n    if not a:\n        return 3\n    return 2 if b else 1\n'),
    ('python', 'def f(a, b):\n    if a and b:\n        go()\n    return 1\n', 'def f(a, b):\n    if a:\n        go()\n    return 1\n'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_decisions_said_otherwise_are_the_same(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_other_decisions_are_seen(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language))

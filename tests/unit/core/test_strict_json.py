"""What commands print is JSON for every reader of it."""

from __future__ import annotations

import json

from understudy.core.strict_json import strict_json


def test_numbers_that_json_does_not_know_are_null() -> None:
    inf, nan = float("inf"), float("nan")
    told = strict_json({"cost": 9e999, "rows": [(1.5, -inf), {"rate": nan}], "text": "Infinity"})
    assert json.loads(told, parse_constant=lambda _: 1 / 0) == {
        "cost": None,
        "rows": [[1.5, None], {"rate": None}],
        "text": "Infinity",
    }

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.workspace.cargo_output import (
    RustFile,
    error_elsewhere,
    failure,
    has_errors,
    is_crash,
    is_probed,
    own_findings,
)
from understudy.workspace.tools import Finished

_SPAN = {
    "is_primary": True,
    "file_name": "src/main.rs",
    "line_start": 1,
    "line_end": 9,
    "column_start": 2,
    "column_end": 99,
}
_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.just("error") | st.just(_SPAN),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "level", "spans", "children", "code", "expansion"]), inner
        )
    ),
)


@given(st.lists(_JSON, max_size=3), st.binary(max_size=60))
def test_whatever_cargo_prints_reading_raises_only_its_own_failure(
    messages: list[object], rest: bytes
) -> None:
    lines = [
        json.dumps({"reason": "compiler-message", "message": one}, separators=(",", ":")).encode()
        for one in messages
    ]
    path = Path("/p")
    file = RustFile(LineIndex("\ufefffn π() {}\n"), path / "src/main.rs", path / "Cargo.toml", path)
    failure(rest)
    try:
        found = own_findings(b"\n".join([*lines, rest]), file)
        output = b"\n".join([*lines, rest])
        error_elsewhere(output, file)
        is_probed(output, file)
        is_crash(Finished(1, output, rest, 0.0))
        has_errors(output)
    except UnavailableError:
        return
    assert all(0 <= one.span.start <= one.span.end for one in found)

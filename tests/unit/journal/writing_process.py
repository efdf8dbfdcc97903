"""A process that writes runs. Arguments: the file, then what to do.

`for SECONDS`: write until then with one open journal, then print how many runs it recorded.
`each SECONDS`: the same with a journal of its own for every run, as a command does.
`asked`: write a run for each line that comes, and print whether it is stored, and the notice.
`forever`: print how many runs are surely stored, and go on until killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.unit.journal.samples import WAIT_S, journal_at, run_rows, store
from understudy.core.clock import now_us


def main(path: Path, how: str, seconds: str = "0") -> None:
    """Do what the arguments say."""
    if how == "forever":
        _forever(path)
    if how == "asked":
        _asked(path)
        return
    until = time.monotonic() + float(seconds)
    runs = 0
    journal = journal_at(path)
    while time.monotonic() < until:
        runs += 1
        if how == "each":
            store(path, *run_rows())
            continue
        for row in run_rows():
            journal.record(row)
        time.sleep(0.002)
    assert journal.close(WAIT_S), journal.notice
    assert journal.dropped == 0
    print(runs)  # noqa: T201 - the test reads it


def _forever(path: Path) -> None:
    journal = journal_at(path)
    runs = 0
    while True:
        for row in run_rows():
            journal.record(row)
        runs += 1
        if runs % 20 == 0:
            assert journal.flush(WAIT_S)
            print(runs, flush=True)  # noqa: T201 - the test reads it


def _asked(path: Path) -> None:
    journal = journal_at(path)
    for _ in sys.stdin:
        for row in run_rows(started_us=now_us()):
            journal.record(row)
        print(journal.flush(WAIT_S), journal.notice, flush=True)  # noqa: T201 - as above
    assert journal.close(WAIT_S)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])

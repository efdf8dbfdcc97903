"""A progress bar on standard error, where somebody can see it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from understudy.cli.files import shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.cli.fixing import FileJob
    from understudy.engine.services import Event

    Listener = Callable[[FileJob, Event | None], None]


@contextmanager
def progress(files: int) -> Iterator[Listener]:
    """A listener for as long as the work goes on. Without a terminal it shows nothing."""
    if not sys.stderr.isatty() or not files:
        yield lambda _job, _event: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[step]}", markup=False, style="dim"),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("Fixing", total=files, step="")

    def hear(job: FileJob, event: Event | None) -> None:
        if event is None:
            bar.advance(task)
        else:
            bar.update(task, step=f"{shown_path(job.source.path)}: {event.text}")

    with bar:
        yield hear

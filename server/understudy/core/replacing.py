"""Write a file of ours so that whoever reads it finds the old text or the new one, whole."""

from __future__ import annotations

import os
from pathlib import Path


def replace_text(path: Path, text: str, *, durable: bool = False) -> None:
    """Write beside the file, for the user alone, and then take its name.

    Args:
        path: in a folder that is there.
        text: written as UTF-8, its line ends as they are.
        durable: whether it is on the disk before it takes the name.

    Raises:
        OSError: nothing has changed then.
    """
    import tempfile

    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise

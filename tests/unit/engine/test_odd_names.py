"""Files whose names are no text."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.small_index import SmallIndex
from understudy.config.policy import Policy, Trust
from understudy.core.failures import BadRequestError
from understudy.engine.context_at import Wanted, context_at
from understudy.engine.services import Services
from understudy.prompt.pieces import name_of
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="Only on POSIX may a name be any bytes")
def test_context_of_such_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff.py")
    view = View("file:///w/bad.py", "x = 1\n", Policy(Trust.TRUSTED), path=path, root=tmp_path)
    services = Services(index=lambda _: SmallIndex({}))
    with pytest.raises(BadRequestError) as raised:
        context_at(Wanted(view), services)
    assert str(raised.value) == r"The name of `bad\udcff.py` is no text, so no index has it."
    assert name_of(view) == r"bad\udcff.py"

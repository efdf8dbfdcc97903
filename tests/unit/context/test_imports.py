from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.fixers.name_problems import TEXTS
from understudy.config.policy import Policy
from understudy.context.imports import add_import
from understudy.context.names import Importable, Names
from understudy.core.text import apply
from understudy.workspace.view import View

JSON = Importable("import json", "json", "standard library")
PATH = Importable("from pathlib import Path", "pathlib", "standard library", "Path")
OPTIONAL = Importable("from typing import Optional", "typing", "standard library", "Optional")
OWN = Importable("from shop import Cart", "shop", "workspace", "Cart")


def added(text: str, wanted: Importable) -> str:
    view = View("file:///x.py", text, Policy())
    return apply(text, add_import(view, wanted, Names(view).origin))


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("", JSON, "import json\n"),
        ("x = 1", JSON, "import json\n\nx = 1"),
        ("def f(): ...\n", JSON, "import json\n\n\ndef f(): ...\n"),
        ('"π😀"\r\nx = 1\r\n', JSON, '"π😀"\r\n\r\nimport json\r\n\r\nx = 1\r\n'),
        ('"""D."""', JSON, '"""D."""\n\nimport json\n'),
        (
            "#!/usr/bin/python\n# coding: utf-8\nx = 1\n",
            JSON,
            "#!/usr/bin/python\n# coding: utf-8\nimport json\n\nx = 1\n",
        ),
        ("# Licence\n\nx = 1\n", JSON, "# Licence\n\nimport json\n\nx = 1\n"),
        ("\ufeffx = 1\n", JSON, "\ufeffimport json\n\nx = 1\n"),
        (
            "from __future__ import annotations\nx = 1\n",
            JSON,
            "from __future__ import annotations\n\nimport json\n\nx = 1\n",
        ),
        (
            "from __future__ import annotations\n\nfrom re import A\n",
            JSON,
            "from __future__ import annotations\n\nimport json\nfrom re import A\n",
        ),
        ("import ast\nimport os\n", JSON, "import ast\nimport json\nimport os\n"),
        ("import os", JSON, "import json\nimport os"),
        ("import ast", JSON, "import ast\nimport json\n"),
        ("import os\r\nfrom re import A\r\n", PATH, "import os\r\nfrom pathlib import Path\r\nfrom re import A\r\n"),
        ("import numpy\n", JSON, "import json\n\nimport numpy\n"),
        ("import os\n\nimport numpy\n", OWN, "import os\n\nimport numpy\n\nfrom shop import Cart\n"),
        ("from pathlib import PurePath\n", PATH, "from pathlib import Path, PurePath\n"),
        ("from typing import TYPE_CHECKING, Any\n", OPTIONAL, "from typing import TYPE_CHECKING, Any, Optional\n"),
        (
            "from typing import (\n    Any,\n    Union,\n)\n",
            OPTIONAL,
            "from typing import (\n    Any,\n    Optional,\n    Union,\n)\n",
        ),
        (
            "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from pathlib import PurePath\n",
            PATH,
            "import os\nfrom pathlib import Path\nfrom typing import TYPE_CHECKING\n\n"
            "if TYPE_CHECKING:\n    from pathlib import PurePath\n",
        ),
    ],
)  # fmt: skip
def test_an_import_comes_to_its_place(before: str, wanted: Importable, after: str) -> None:
    assert added(before, wanted) == after


@given(text=TEXTS, wanted=st.sampled_from([JSON, PATH, OPTIONAL, OWN]))
def test_an_import_only_adds(text: str, wanted: Importable) -> None:
    view = View("file:///x.py", text, Policy())
    edits = add_import(view, wanted, Names(view).origin)
    assert all(not len(edit.span) and edit.span.end <= len(text) for edit in edits)
    assert (wanted.member or wanted.module) in apply(text, edits)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.fixers.name_problems import fixes, marked
from understudy.fixers.wrong_import import FIXER

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.fixers import Problem


def unresolved(text: str, root: Path | None = None) -> Problem:
    name = text[text.index("<|") + 2 : text.index("|>")]
    return marked(text, "reportMissingImports", f'Import "{name}" could not be resolved', root)


def unknown(text: str, root: Path | None = None) -> Problem:
    name = text[text.index("<|") + 2 : text.index("|>")]
    return marked(text, "reportAttributeAccessIssue", f'"{name}" is unknown import symbol', root)


def test_a_misspelt_module_is_put_right_with_its_uses() -> None:
    found = fixes(FIXER, unresolved('"π😀"\r\nimport <|colections|>\r\nx = colections.deque()\r\n'))
    assert found == ['"π😀"\r\nimport collections\r\nx = collections.deque()\r\n']


def test_a_module_that_lacks_what_is_used_is_not_meant() -> None:
    assert fixes(FIXER, unresolved("from <|jose|> import jwt\n")) == []


def test_a_wrong_part_of_a_dotted_module_is_put_right() -> None:
    assert fixes(FIXER, unresolved("import <|os.pth|>\n")) == ["import os.path\n"]


def test_a_relative_module_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").touch()
    problem = marked(
        "from .<|helpres|> import x\n",
        "reportMissingImports",
        'Import ".helpres" could not be resolved',
        tmp_path,
    )
    assert fixes(FIXER, problem) == ["from .helpers import x\n"]


def test_python_2_modules_get_their_new_name() -> None:
    found = fixes(FIXER, unresolved("import <|urlparse|>\nurlparse.urljoin(a, b)\n"))
    assert found == ["import urllib.parse as urlparse\nurlparse.urljoin(a, b)\n"]


def test_a_misspelt_name_is_put_right_with_its_uses() -> None:
    found = fixes(FIXER, unknown("from collections import <|OrderdDict|>\nx = OrderdDict()\n"))
    assert found == ["from collections import OrderedDict\nx = OrderedDict()\n"]


def test_a_moved_name_is_taken_from_where_it_lives() -> None:
    found = fixes(FIXER, unknown("from collections import <|Mapping|>\n"))
    assert found[0] == "from collections.abc import Mapping\n"
    found = fixes(FIXER, unknown("from collections import <|Mapping|>, deque\n"))
    assert found[0] == "from collections import deque\nfrom collections.abc import Mapping\n"


def test_mypys_words_are_understood() -> None:
    problem = marked(
        "<|from pathlib import Pathh|>\n",
        "attr-defined",
        'Module "pathlib" has no attribute "Pathh"; maybe "Path"?',
    )
    assert fixes(FIXER, problem) == ["from pathlib import Path\n"]


def test_a_short_module_is_known_by_what_is_taken_from_it() -> None:
    found = fixes(FIXER, unresolved("import <|jsn|>\n\nprint(jsn.dumps(1))\n"))
    assert found == ["import json\n\nprint(json.dumps(1))\n"]
    assert fixes(FIXER, unresolved("import <|jsn|>\n")) == []


def test_a_name_of_typing_is_put_right_with_its_uses() -> None:
    found = fixes(FIXER, unknown("from typing import <|Optinal|>\n\nx: Optinal[int]\n"))
    assert found == ["from typing import Optional\n\nx: Optional[int]\n"]


def installed(root: Path, *names: str) -> Path:
    packages = root / ".venv" / "lib" / "python3.12" / "site-packages"
    for name in names:
        (packages / name).mkdir(parents=True)
        (packages / name / "__init__.py").write_text("def loads(text): ...\ndef run(): ...\n")
    return root


@pytest.mark.parametrize(
    "text",
    [
        "import <|click2|>\nclick2.run()\n",
        "import <|attr_s|>\n",
        "import <|toml|>\nx = toml.loads('')\n",
        "import <|attr|>\nattr.run()\n",
    ],
)
def test_another_package_is_not_a_slip(text: str, tmp_path: Path) -> None:
    assert fixes(FIXER, unresolved(text, installed(tmp_path, "click", "attrs", "tomli"))) == []


def test_what_is_taken_through_an_alias_is_seen(tmp_path: Path) -> None:
    assert fixes(FIXER, unresolved("import <|nunpy|> as np\nx = np.array([1])\n")) == []
    found = fixes(FIXER, unresolved("import <|datetmie|> as dt\nx = dt.date(1, 1, 1)\n"))
    assert found == ["import datetime as dt\nx = dt.date(1, 1, 1)\n"]


def test_a_name_that_a_workspace_lacks_is_not_taken_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text("class Order: ...\n")
    assert fixes(FIXER, unknown("from models import <|Counter|>\n", tmp_path)) == []


def test_a_number_and_a_plural_make_another_name(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text("class Orders: ...\nclass Client2: ...\n")
    assert fixes(FIXER, unknown("from models import <|Order|>\n", tmp_path)) == []
    assert fixes(FIXER, unknown("from models import <|Client1|>\n", tmp_path)) == []

from __future__ import annotations

import pytest

from understudy.core.failures import BadRequestError
from understudy.lsp.extensions import GateReportArguments
from understudy.lsp.structuring import structured


@pytest.mark.parametrize("refit", [True, False])
def test_true_and_false_are_taken_as_they_are(refit: bool) -> None:
    assert structured(GateReportArguments, "m", {"refit": refit}).refit is refit


@pytest.mark.parametrize("refit", [1, 0, "true", []])
def test_nothing_else_is_taken_for_true_or_false(refit: object) -> None:
    with pytest.raises(BadRequestError, match="`refit` of `m` must be true or false"):
        structured(GateReportArguments, "m", {"refit": refit})

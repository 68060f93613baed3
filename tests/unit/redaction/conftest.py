"""One detector for all tests of the core: presidio takes seconds to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from redaction.recognizers.registry import PresidioDetector


@pytest.fixture(scope="session")
def detector() -> PresidioDetector:
    from redaction.recognizers.registry import build_detector  # noqa: PLC0415  late, as the product does

    return build_detector(own_numbers=("020 520 01",))

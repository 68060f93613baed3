"""Three hundred requests to each operation of the API, as its document allows them and as it does not (T27)."""

from collections.abc import Callable

import pytest

from recordings.factory import Vaiti
from storage.records import Recording
from tests.faults.any_request import try_all
from tests.faults.test_any_request import clock, home, playback, push, settings, vaiti
from tests.integration.fakes import a_call
from tests.integration.test_holds import held

__all__ = ["clock", "home", "playback", "push", "settings", "vaiti"]

pytestmark = pytest.mark.soak


def test_none_of_many_requests_makes_a_fault_or_hears_its_own_words(
    vaiti: Vaiti, push: Callable[..., Recording]
) -> None:
    calls = [push(a_call(seed=number), call_id=f"call-{number}") for number in range(20)]
    ids: dict[str, list[str]] = {
        "recording": [str(each.id) for each in calls],
        "hold": [str(held(vaiti, each).id) for each in calls[:10]],
    }
    assert try_all(vaiti, ids, examples=300, derandomize=False) > 0

"""Any request that the document of the API allows, and some that it does not, to every operation (T27).

None makes a fault, each answer is what the document says, and no error repeats a word of what was sent.
"""

from collections.abc import Callable

from recordings.factory import Vaiti
from storage.records import Recording
from tests.faults.any_request import try_all
from tests.integration.conftest import clock, home, playback, push, settings, vaiti
from tests.integration.fakes import a_call
from tests.integration.test_holds import held

__all__ = ["clock", "home", "playback", "push", "settings", "vaiti"]

EXAMPLES = 6


def test_no_request_makes_a_fault_or_hears_its_own_words(vaiti: Vaiti, push: Callable[..., Recording]) -> None:
    calls = [push(a_call(seed=number), call_id=f"call-{number}") for number in range(3)]
    ids: dict[str, list[str]] = {"recording": [str(each.id) for each in calls], "hold": [str(held(vaiti, calls[0]).id)]}
    assert try_all(vaiti, ids, examples=EXAMPLES, derandomize=True) > 0

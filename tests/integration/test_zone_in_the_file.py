"""Another zone or `end_of_day` in the controllers file moves no stored call's time."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from recordings.controllers import Controllers
from recordings.factory import Vaiti
from recordings.facts import parse_facts
from storage.records import Recording, Scope
from tests.integration.conftest import CONTROLLERS, FACTS
from tests.integration.fakes import a_call

SYSTEM = Scope.system()
KUOPIO, LAHTI = 'name = "Kuopion Energia Oy"\n', "end_of_day = true\n"
EXACT, DAYS_END = "2027-03-01T10:00+02:00", "2027-03-02T00:00+02:00"
LAHTI_ENDS = "2026-05-31T00:00+03:00"


@pytest.mark.parametrize(
    ("controller", "edit", "stored", "next_one", "waits"),
    [
        ("kuopio", (KUOPIO, f"{KUOPIO}end_of_day = true\n"), EXACT, DAYS_END, 0),
        ("kuopio", (KUOPIO, f'{KUOPIO}zone = "Europe/Stockholm"\n'), EXACT, EXACT, 1),
        ("lahti", (LAHTI, ""), LAHTI_ENDS, LAHTI_ENDS, 1),
        ("lahti", (LAHTI, f'{LAHTI}zone = "Asia/Tokyo"\n'), LAHTI_ENDS, LAHTI_ENDS, 1),
    ],
    ids=["end-of-day-on", "another-zone", "end-of-day-off", "another-zone-at-days-end"],
)
def test_stored_times_stay_and_only_what_is_longer_counts_for_new_calls(
    push: Callable[..., Recording],
    vaiti: Vaiti,
    *,
    controller: str,
    edit: tuple[str, str],
    stored: str,
    next_one: str,
    waits: int,
) -> None:
    before = push(controller=controller, work=False)
    assert before.delete_at == datetime.fromisoformat(stored)
    edited = replace(vaiti, controllers=Controllers.parse(CONTROLLERS.replace(*edit)))
    edited.shorten.settle()
    facts = parse_facts(json.dumps({**FACTS, "controller": controller, "call_id": "next"}).encode())
    after = edited.ingest(facts, [a_call(seed=2)], actor="test").recording
    assert edited.catalog.get(SYSTEM, before.id).delete_at == datetime.fromisoformat(stored)
    assert after.delete_at == datetime.fromisoformat(next_one)
    assert edited.status(SYSTEM).shortened == waits  # for two persons and a day (docs/periods.md)

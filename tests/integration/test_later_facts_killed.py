"""The process ends while later facts are taken, or a first part: sent again, the same is as if nothing had happened."""

import json
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.facts import parse_facts
from storage.records import Scope
from tests.crashes import KILLED, run_until
from tests.integration.conftest import FACTS
from tests.integration.fakes import a_call
from tests.integration.test_later_facts import ENDS_AS_CONTRACT, NUMBER, add, customer, entries
from tests.integration.test_shorter_periods import key_day, pushed

CHILD = """
import json
from pathlib import Path
from recordings.factory import Engines, Vaiti
from recordings.facts import parse_facts, parse_later_facts
from recordings.settings import load_settings
from storage.records import RecordingId, Scope
from tests.integration.fakes import DigitDetector, MovedClock, Playback, SquareTone, WavCodec, a_call
settings = load_settings(**json.loads({settings!r}))
engines = Engines(codec=WavCodec(), transcriber=Playback, detector=DigitDetector, tone=SquareTone())
vaiti = Vaiti.open(settings, clock=MovedClock(), engines=engines)
if {facts!r}:
    vaiti.ingest(parse_facts({facts!r}.encode()), [a_call(seed=7)], actor="test")
else:
    vaiti.amend(Scope.system(), RecordingId({id!r}), parse_later_facts({later!r}.encode()), actor="test")
"""


def killed(point: str, vaiti: Vaiti, *, facts: str = "", later: str = "", id_: str = "") -> int:
    given = json.dumps(vaiti.settings.model_dump(exclude_defaults=True, mode="json"))
    return run_until(point, CHILD.format(settings=given, facts=facts, later=later, id=id_))


@pytest.mark.parametrize("point", ["amend.sealed", "amend.done"])
def test_later_facts_that_were_killed_half_way_are_whole_when_they_are_sent_again(
    vaiti: Vaiti, api: TestClient, point: str
) -> None:
    recording = pushed(vaiti)
    later: dict[str, Any] = {"kinds": ["contract"], "customer": [NUMBER], "agent": "a-7"}
    assert killed(point, vaiti, later=json.dumps(later), id_=recording.id) == KILLED
    body = add(api, recording, **later)
    assert (body["delete_at"], body["kinds"], body["agent"]) == (ENDS_AS_CONTRACT, ["contract"], "a-7")
    assert customer(api, NUMBER) == customer(api, {"type": "phone", "value": "0401234567"})
    assert key_day(vaiti, recording.id) == date(2026, 9, 1)
    assert len(entries(vaiti, recording)) == 1
    assert not any(vaiti.reconcile().left.values())


@pytest.mark.parametrize("point", ["ingest.kept", "amend.key-moved"])
def test_a_first_part_that_was_killed_moves_the_others_when_it_is_pushed_again(vaiti: Vaiti, point: str) -> None:
    second = pushed(vaiti, part=2, started_at="2026-03-01T00:10:00+02:00")
    facts = json.dumps({**FACTS, "started_at": "2026-02-28T23:50:00+02:00"})
    assert killed(point, vaiti, facts=facts) == KILLED
    first = vaiti.ingest(parse_facts(facts.encode()), [a_call(seed=7)], actor="test")
    assert not first.created
    assert vaiti.catalog.get(Scope.system(), second.id).delete_at == first.recording.delete_at
    assert key_day(vaiti, second.id) == date(2027, 2, 28)

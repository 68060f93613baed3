"""Whose an open request is while persons are joined and parted: it follows her, and never becomes somebody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from storage.records import AuditEntry, CustomerId, Recording, RecordingId, Scope
from tests.integration.fakes import MovedClock
from tests.integration.test_cases import done, opened, tick
from tests.integration.test_holds import posted
from tests.integration.test_persons import DECISION, HIS, NUMBER, PHONE, calls, who

Push = Callable[..., Recording]
SYSTEM = Scope.system()


def decided(api: TestClient, bond: str, reference: dict[str, str], other: dict[str, str] | None = None) -> str:
    body = {**DECISION, "bond": bond, "reference": reference, **({"other": other} if other else {})}
    return str(posted(api, "/persons/decisions", body)["id"])


def held(vaiti: Vaiti) -> set[RecordingId]:
    return {call.id for each in vaiti.holds.list(SYSTEM) for call in vaiti.holds.recordings(SYSTEM, each.id)}


def whose(api: TestClient, case: dict[str, Any]) -> CustomerId | None:
    found: CustomerId | None = api.get(f"/api/v1/cases/{case['id']}").json()["customer"]
    return found


@pytest.mark.parametrize("hers", [PHONE, NUMBER])
def test_a_request_follows_its_person_when_she_is_joined_by_a_decision(
    push: Push, api: TestClient, hers: dict[str, str]
) -> None:
    calls(push, [PHONE], [NUMBER])
    case = opened(api, customer=who(api, hers))
    decided(api, "same", PHONE, NUMBER)
    assert whose(api, case) == who(api, PHONE) == who(api, NUMBER)


@pytest.mark.parametrize("hers", [PHONE, NUMBER])
def test_a_request_follows_its_person_when_she_is_joined_by_a_push(
    push: Push, api: TestClient, hers: dict[str, str]
) -> None:
    calls(push, [PHONE], [NUMBER])
    case = opened(api, customer=who(api, hers))
    push(call_id="both", customer=[PHONE, NUMBER])
    assert whose(api, case) == who(api, PHONE) == who(api, NUMBER)


def test_a_request_of_whom_turns_out_to_be_two_asks_again_whose_it_is(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    calls(push, [PHONE, HIS])
    case = opened(api, customer=who(api, PHONE), identified_by="called-back")
    apart = decided(api, "apart", PHONE, HIS)
    assert whose(api, case) is None
    assert done(api, case, "person", customer=who(api, PHONE))["customer"] == who(api, PHONE) != who(api, HIS)
    posted(api, f"/persons/decisions/{apart}/undo", {}, 200)
    assert whose(api, case) == who(api, PHONE) == who(api, HIS)
    told = [each.action for each in vaiti.audit.list(SYSTEM) if each.action.startswith("case.person")]
    assert told.count("case.person-parted") == 1


def test_a_request_stays_with_the_person_when_her_phone_turns_out_to_be_a_households(
    push: Push, api: TestClient
) -> None:
    calls(push, [PHONE, NUMBER])
    case = opened(api, customer=who(api, PHONE))
    decided(api, "household", PHONE)
    assert whose(api, case) == who(api, NUMBER) != who(api, PHONE)


def test_calls_that_become_hers_after_she_asked_are_kept_until_she_has_her_answer(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    by_phone, by_number = calls(push, [PHONE], [NUMBER])
    clock.at = by_number.delete_at - timedelta(days=2)
    case = opened(api, customer=who(api, PHONE), identified_by="called-back")
    assert held(vaiti) == {by_phone.id}
    decided(api, "same", PHONE, NUMBER)
    tick(vaiti)
    tick(vaiti)
    assert held(vaiti) == {by_phone.id, by_number.id}
    assert len(vaiti.holds.list(SYSTEM)) == 2
    clock.at += timedelta(days=5)
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert vaiti.keys.knows(by_number.id)
    done(api, case, "answer", given_otherwise=True)
    clock.at += timedelta(days=vaiti.settings.access_hold_days, minutes=1)
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert not vaiti.keys.knows(by_phone.id)
    assert not vaiti.keys.knows(by_number.id)


def test_calls_that_wait_for_a_yes_are_kept_too(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    hers, home = calls(push, [PHONE, NUMBER], [PHONE])
    decided(api, "household", PHONE)
    opened(api, customer=who(api, NUMBER))
    assert held(vaiti) == {hers.id, home.id}


def test_a_request_that_is_written_to_while_its_person_changes_keeps_the_change(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    calls(push, [PHONE], [NUMBER])
    before = vaiti.cases.get(SYSTEM, opened(api, customer=who(api, NUMBER), identified_by="called-back")["id"])
    other = vaiti.cases.get(SYSTEM, opened(api, customer=who(api, PHONE), identified_by="called-back")["id"])
    decided(api, "same", PHONE, NUMBER)
    entry = AuditEntry(at=clock.at, actor="anna", action="case.packed", controller="kuopio")
    for stale in (before, other):  # a pack that was begun before is noted after
        assert vaiti.cases.change(stale, before=stale.state, audit=entry).customer == who(api, PHONE)

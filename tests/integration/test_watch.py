"""What was refused is kept, and nobody opens more calls in an hour than her role."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.factory import Vaiti
from recordings.permissions import ROLES, Role
from recordings.watch import REFUSALS
from storage.records import AuditEntry, Recording, Scope
from tests.integration.people import BASE, somebody
from tests.integration.test_api_keys import a_key, bearer

Push = Callable[..., Recording]


def kept(vaiti: Vaiti, action: str) -> list[AuditEntry]:
    return [each for each in vaiti.audit.list(Scope.system(), limit=500) if each.action == action]


def test_what_was_refused_is_in_the_audit_log_without_an_id(vaiti: Vaiti, push: Push) -> None:
    recording = push()
    auditor = somebody(vaiti, Role.AUDITOR)
    assert auditor.get(f"/api/v1/recordings/{recording.id}/transcript").status_code == 403
    (entry,) = kept(vaiti, "access.refused")
    assert entry.actor.startswith("user-")
    assert (entry.controller, entry.recording) == ("kuopio", None)
    assert entry.detail["permission"] == "register:masked:open"
    assert str(entry.detail["route"]).endswith("/recordings/{recording}/transcript")
    assert recording.id not in repr(entry)
    key = TestClient(create_app(vaiti), base_url=BASE, headers=bearer(a_key(vaiti).text))
    assert key.get("/api/v1/audit").status_code == 403
    assert kept(vaiti, "access.refused")[0].actor.startswith("key-")


def test_refusals_do_not_flood_the_audit_log(vaiti: Vaiti) -> None:
    operator = somebody(vaiti, Role.OPERATOR)
    assert {operator.get("/api/v1/audit").status_code for _ in range(REFUSALS + 5)} == {403}
    assert len(kept(vaiti, "access.refused")) == REFUSALS


def test_who_opens_many_calls_is_stopped_and_the_log_says_so_once(vaiti: Vaiti, push: Push) -> None:
    recording = push()
    helper = somebody(vaiti, Role.SUPPORT)
    words = "/api/v1/recordings/{}/transcript"
    for _ in range(3):  # one call, however often
        assert helper.get(words.format(recording.id)).status_code == 200
    most = ROLES[Role.SUPPORT].calls_an_hour
    others = [helper.get(words.format(f"{number:032x}")).status_code for number in range(most + 2)]
    assert others == [404] * (most - 1) + [429] * 3
    assert helper.get(words.format(recording.id)).status_code == 200  # what is open stays open
    page = helper.get(f"/calls/{'f' * 32}")
    assert page.status_code == 429
    assert "as many calls as your role opens" in page.text
    assert 0 < int(page.headers["Retry-After"]) <= 3601
    (entry,) = kept(vaiti, "calls.too-many-opened")
    assert (entry.controller, entry.recording, entry.detail) == ("kuopio", None, {"most": most})
    assert somebody(vaiti, Role.QA).get(words.format(recording.id)).status_code == 200  # counted by person


@pytest.mark.parametrize("role", [role for role, terms in ROLES.items() if terms.longest is not None])
def test_who_comes_for_some_days_opens_less_than_who_works_here(role: Role) -> None:
    assert ROLES[role].calls_an_hour < ROLES[Role.QA].calls_an_hour

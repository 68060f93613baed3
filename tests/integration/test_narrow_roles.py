"""Roles that open some calls only: a partner's people, who works on a case, support; and the filter by agent."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.controllers import Controllers
from recordings.factory import Vaiti
from recordings.people_errors import RoleTermsWrong, UnknownPartner
from recordings.permissions import Role
from recordings.steps.people import NewRole
from storage.records import Recording, Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock
from tests.integration.people import BASE, CASE, a_browser, an_account, sign_in, somebody
from tests.integration.test_api_keys import bearer
from tests.integration.test_push import send

Push = Callable[..., Recording]
API = "/api/v1"
PARTNERS = "myynti-pbx"
DAY = timedelta(days=1)


@pytest.fixture
def calls(push: Push) -> tuple[Recording, Recording]:
    """A partner's call, and the company's own."""
    return push(call_id="p-1", source=PARTNERS), push(call_id="o-1", source="oma-pbx")


def seen(browser: TestClient) -> set[str]:
    listed = {each["id"] for each in browser.get(f"{API}/recordings").json()["recordings"]}
    found = {each["recording"]["id"] for each in browser.post(f"{API}/search", json={"query": "tunnus"}).json()["hits"]}
    assert listed == found
    return listed


def statuses(browser: TestClient, call: Recording) -> set[int]:
    paths = ("", "/transcript", "/audio", "/notes", "/tags")
    return {browser.get(f"{API}/recordings/{call.id}{path}").status_code for path in paths}


def test_a_partners_people_see_its_calls_and_no_others(vaiti: Vaiti, calls: tuple[Recording, Recording]) -> None:
    browser = somebody(vaiti, Role.QA, partner="myynti")
    theirs, other = calls
    assert seen(browser) == {theirs.id}
    assert (statuses(browser, theirs), statuses(browser, other)) == ({200}, {404})
    assert [browser.get(f"/calls/{each.id}").status_code for each in calls] == [200, 404]
    assert other.id not in browser.get("/").text
    noted = [browser.post(f"{API}/recordings/{each.id}/notes", json={"text": "Hyvä aloitus"}) for each in calls]
    assert [each.status_code for each in noted] == [201, 404]
    mask = {"decision": "mask", "places": [{"start": 0.5, "end": 0.8}]}
    decided = [browser.post(f"{API}/recordings/{each.id}/decisions", json=mask) for each in calls]
    assert [each.status_code for each in decided] == [202, 404]


def test_a_whole_role_beside_a_narrow_one_opens_the_register(vaiti: Vaiti, calls: tuple[Recording, Recording]) -> None:
    account = an_account(vaiti, "aino", Role.QA, partner="myynti")
    vaiti.keep_people.grant(account, NewRole(role=Role.TRAINER, controller="kuopio"), actor="test")
    assert seen(sign_in(a_browser(vaiti), "aino")) == {each.id for each in calls}


@pytest.mark.usefixtures("calls")
def test_with_the_agreement_end_accounts_sessions_and_keys(vaiti: Vaiti, clock: MovedClock) -> None:
    key = vaiti.keep_api_keys.create("partner-pbx", ["kuopio"], partner="myynti", actor="operator")
    pushing = TestClient(create_app(vaiti), base_url=BASE, headers=bearer(key.text))
    an_account(vaiti, "aino", Role.QA, partner="myynti")
    clock.at = clock.at.replace(month=12, day=31, hour=21, minute=30)  # the last half hour in Helsinki
    browser = sign_in(a_browser(vaiti), "aino")
    assert browser.get("/account").status_code == 200
    assert pushing.get(f"{API}/recordings/{'0' * 32}").status_code == 404
    clock.at += timedelta(minutes=30)
    assert browser.get("/account").headers["Location"] == "/sign-in"
    assert a_browser(vaiti).post("/sign-in", data={"name": "aino", "password": "x"}).status_code == 401
    assert pushing.get(f"{API}/recordings/{'0' * 32}").status_code == 401
    with pytest.raises(UnknownPartner):
        an_account(vaiti, "bertta", Role.QA, partner="myynti")
    with pytest.raises(UnknownPartner):
        vaiti.keep_api_keys.create("partner-2", ["kuopio"], partner="myynti", actor="operator")


def test_a_partners_key_pushes_and_sees_its_calls_only(vaiti: Vaiti, calls: tuple[Recording, Recording]) -> None:
    key = vaiti.keep_api_keys.create("partner-pbx", ["kuopio"], partner="myynti", actor="operator")
    pushing = TestClient(create_app(vaiti), base_url=BASE, headers=bearer(key.text))
    assert send(pushing, call_id="n-1", source=PARTNERS).status_code == 201
    for refused in (send(pushing, call_id="n-2", source="oma-pbx"), send(pushing, call_id="n-2")):
        assert (refused.status_code, refused.json()["slug"]) == (403, "not-allowed")
    paths = [f"{API}/recordings/{each.id}" for each in calls]
    assert [pushing.get(each).status_code for each in paths] == [200, 404]
    facts = {"customer": [{"type": "customer_number", "value": "7788"}], "queue": "vika"}
    changed = [
        pushing.patch(
            f"{each}/facts", content=json.dumps(facts), headers={"Content-Type": "application/merge-patch+json"}
        )
        for each in paths
    ]
    assert [each.status_code for each in changed] == [200, 404]


@pytest.mark.parametrize("role", [Role.COMPLAINT_HANDLER, Role.INVESTIGATOR])
def test_who_works_on_a_case_sees_the_calls_that_are_given_to_it(
    vaiti: Vaiti, calls: tuple[Recording, Recording], role: Role
) -> None:
    browser, lead = somebody(vaiti, role), somebody(vaiti, Role.SUPERVISOR)
    first, other = calls
    assert seen(browser) == set()
    assert lead.post(f"{API}/recordings/{first.id}/given", json={"case": CASE}).status_code == 204
    assert lead.post(f"{API}/recordings/{other.id}/given", json={"case": "T-8"}).status_code == 204
    assert seen(browser) == {first.id}
    assert (statuses(browser, first), statuses(browser, other)) == ({200}, {404})
    assert lead.post(f"{API}/recordings/{first.id}/taken", json={"case": CASE}).status_code == 204
    assert seen(browser) == set()
    acts = [(e.action, e.case) for e in vaiti.audit.list(Scope.of("kuopio")) if e.action.startswith("given-call")]
    assert acts == [("given-call.taken", CASE), ("given-call.given", "T-8"), ("given-call.given", CASE)]


def test_a_call_that_was_given_goes_with_everything_of_it(vaiti: Vaiti, calls: tuple[Recording, Recording]) -> None:
    vaiti.keep_people.give(Scope.of("kuopio"), calls[0].id, CASE, actor="lead")
    vaiti.purge(calls[0].id, reason="period-ended")
    assert vaiti.people.given(Scope.system(), CASE) == []
    assert vaiti.catalog.knows(calls[0].id) == 0


def test_support_sees_masked_calls_for_some_days(
    vaiti: Vaiti, calls: tuple[Recording, Recording], clock: MovedClock
) -> None:
    account = an_account(vaiti, "tuki")
    for until in (None, clock.at + 4 * DAY, clock.at):
        new = NewRole(role=Role.SUPPORT, controller="kuopio", until=until)
        with pytest.raises(RoleTermsWrong):
            vaiti.keep_people.grant(account, new, actor="test")
    new = NewRole(role=Role.SUPPORT, controller="kuopio", until=clock.at + DAY / 2)
    vaiti.keep_people.grant(account, new, actor="test")
    browser = sign_in(a_browser(vaiti), "tuki")
    assert browser.get(f"/calls/{calls[0].id}").status_code == 200
    opened = [e for e in vaiti.audit.list(Scope.of("kuopio")) if e.action == "masked-words.opened"]
    assert [each.actor for each in opened] == [account.actor]
    clock.at += DAY / 2 - timedelta(hours=1)
    sign_in(browser, "tuki", promise=False)
    clock.at += timedelta(hours=1) - timedelta(seconds=1)
    assert browser.get("/").status_code == 200
    clock.at += timedelta(seconds=1)
    assert browser.get("/").headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    "new",
    [
        NewRole(role=Role.INVESTIGATOR, controller="kuopio"),
        NewRole(role=Role.QA, controller="kuopio", case=CASE),
        NewRole(role=Role.AUDITOR, controller="kuopio", partner="myynti"),
        NewRole(role=Role.ADMIN, controller="kuopio", partner="myynti"),
    ],
)
def test_a_role_is_given_by_its_terms(vaiti: Vaiti, new: NewRole) -> None:
    account = an_account(vaiti, "aino")
    with pytest.raises(RoleTermsWrong):
        vaiti.keep_people.grant(account, new, actor="test")
    assert vaiti.people.roles_of(account.id) == []


def test_an_operator_sees_how_far_calls_have_come_and_nothing_of_them(vaiti: Vaiti, push: Push) -> None:
    call = push(agent="a-7", queue="vika", direction="inbound")
    browser, hearing = somebody(vaiti, Role.OPERATOR), somebody(vaiti, Role.QA)
    full = hearing.get(f"{API}/recordings/{call.id}").json()
    bare = browser.get(f"{API}/recordings/{call.id}").json()
    assert (full["agent"], full["queue"], full["findings"]) == ("a-7", "vika", {"SECRET": 1})
    assert (bare["stage"], bare["delete_at"]) == ("published", full["delete_at"])
    assert {bare[name] for name in ("agent", "queue", "direction", "verdict", "seconds_masked")} == {None}
    assert bare["findings"] == {}
    assert browser.get(f"{API}/recordings").json()["recordings"] == [bare]


def test_calls_are_looked_for_by_agent_only_after_the_co_operation_procedure(
    api: TestClient, push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    here, there = push(agent="a-7"), push(controller="lahti", call_id="l-1", agent="a-7")

    def allow(vaiti: Vaiti, day: int) -> None:
        """Write a day of March as the procedure's into kuopio's table, and nothing into lahti's."""
        dated = CONTROLLERS.replace('Oy"\n', f'Oy"\ncooperation_procedure_on = 2026-03-0{day}\n', 1)
        object.__setattr__(vaiti, "controllers", Controllers.parse(dated))

    def found(client: TestClient) -> set[str] | str:
        answer = client.post(f"{API}/search", json={"query": "tunnus", "agent": "a-7"})
        if answer.status_code != 200:
            assert answer.status_code == 403
            return str(answer.json()["slug"])
        return {each["recording"]["id"] for each in answer.json()["hits"]}

    allow(vaiti, 2)
    assert found(api) == "agent-filter-off"  # it would search lahti too, which has no date
    aino = somebody(vaiti, Role.QA, name="aino", controllers=("lahti",))
    assert found(aino) == "agent-filter-off"
    assert there.id in seen(aino)
    allow(vaiti, 3)
    bertta = somebody(vaiti, Role.QA, name="bertta")
    assert found(bertta) == "agent-filter-off"
    clock.at += timedelta(hours=14)  # after midnight in Helsinki
    bertta = sign_in(a_browser(vaiti), "bertta", promise=False)
    assert found(bertta) == {here.id}

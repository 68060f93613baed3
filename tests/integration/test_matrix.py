"""Every route times every role: what opens, what does not, and what another register's ids are.

The routes are the application's own, so a new one is tried here without a word; one that names no permission stops the
application's start.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.api.guard import OPEN_AT_HOME
from recordings.edge import Declared, RouteWithoutPermission, declared
from recordings.factory import Vaiti
from recordings.permissions import CONTENT, ROLES, Permission, Role
from storage.records import Recording
from tests.integration.people import BASE, CASE, a_browser, an_account, grant, sign_in
from tests.integration.test_api_keys import a_key, bearer

Push = Callable[..., Recording]
UNKNOWN = "0" * 32
LACKS_NOTHING = {200, 201, 202, 204, 206, 303, 404, 409, 422}
# What an address without a body, or with an id that nobody has, may answer to whoever is let in.
NOT_LET_IN = 403
NO_SECRET = 401
# What one's own account answers when a password is not right.
SIGNING_OUT = "/sign-out"


def routes(vaiti: Vaiti) -> list[Declared]:
    return [*create_app(vaiti).state.declared]


def ask(client: TestClient, method: str, path: str) -> int:
    """Ask for a route with ids that nobody has, as a program does: pages then answer no page that leads on."""
    address = path.replace("{account}", UNKNOWN[:12])
    address = re.sub(r"\{\w+\}", UNKNOWN, address)
    headers = {**client.headers, "accept": "application/json"}
    body: dict[str, Any] = {} if method in {"GET", "HEAD", "DELETE"} else {"json": {}}
    return client.request(method, address, headers=headers, **body).status_code


@pytest.fixture
def table(vaiti: Vaiti) -> list[Declared]:
    found = [each for each in routes(vaiti) if each.path != SIGNING_OUT]
    assert len(found) > 90
    return found


def opened(client: TestClient, table: list[Declared]) -> dict[tuple[str, str], int]:
    return {(method, each.path): ask(client, method, each.path) for each in table for method in sorted(each.methods)}


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_it_is_for_and_nothing_else(vaiti: Vaiti, table: list[Declared], role: Role) -> None:
    an_account(vaiti, role.value, role)
    browser = sign_in(a_browser(vaiti), role.value)
    answered = opened(browser, [each for each in table if not each.open])
    wrong = {}
    for each in table:
        if each.open:
            continue
        mine = each.permission in {None, Permission.OWN_ACCOUNT} or each.permission in ROLES[role].may
        for method in each.methods:
            status = answered[method, each.path]
            own = each.permission is Permission.OWN_ACCOUNT and status == NO_SECRET
            if (own or status in LACKS_NOTHING) != mine or (not mine and status != NOT_LET_IN):
                wrong[method, each.path] = status
    assert wrong == {}


def test_who_has_not_signed_in_opens_what_is_open_and_nothing_else(vaiti: Vaiti, table: list[Declared]) -> None:
    answered = opened(a_browser(vaiti), table)
    for each in table:
        for method in each.methods:
            status = answered[method, each.path]
            if each.open:
                assert status in {200, 303, 401, 403, 410, 422}, (method, each.path)
            elif method in {"GET", "HEAD"} and not each.path.startswith("/api/"):
                assert status == 303, each.path
            else:
                assert status == 401, (method, each.path)


def test_a_session_that_lacks_something_opens_only_where_it_is_given(vaiti: Vaiti, table: list[Declared]) -> None:
    an_account(vaiti, "aino", *set(Role) - {Role.SUPPORT})
    browser = sign_in(a_browser(vaiti), "aino", promise=False)
    guarded = [each for each in table if not each.open and each.path != "/commitment"]
    for (method, path), status in opened(browser, guarded).items():
        page = method in {"GET", "HEAD"} and not path.startswith("/api/")
        assert status == (303 if page else 403), (method, path)
        if page:
            assert browser.get(path.replace("{recording}", UNKNOWN)).headers["Location"] == "/commitment"


def test_who_works_in_several_registers_opens_nothing_before_one_is_chosen(vaiti: Vaiti, table: list[Declared]) -> None:
    an_account(vaiti, "aino", Role.QA, Role.PRIVACY_OFFICER, controllers=("kuopio", "lahti"))
    browser = sign_in(a_browser(vaiti), "aino")
    guarded = [each for each in table if not each.open and each.path not in {"/controllers", "/commitment"}]
    for (method, path), status in opened(browser, guarded).items():
        page = method in {"GET", "HEAD"} and not path.startswith("/api/")
        assert status == (303 if page else 403), (method, path)


def test_the_token_opens_the_whole_interface_and_no_account(vaiti: Vaiti, table: list[Declared], token: str) -> None:
    client = TestClient(create_app(vaiti), base_url=BASE, headers=bearer(token), follow_redirects=False)
    for (method, path), status in opened(client, [each for each in table if not each.open]).items():
        if path.startswith("/api/"):
            assert status in LACKS_NOTHING, (method, path)


def test_a_key_opens_the_four_permissions_of_keys(vaiti: Vaiti, table: list[Declared]) -> None:
    pushing = a_key(vaiti)
    measuring = vaiti.keep_api_keys.create("prometheus", (), actor="operator")
    for key, may in (
        (pushing, {Permission.CALLS_PUSH, Permission.STATES_READ, Permission.CALLS_AMEND}),
        (measuring, {Permission.METRICS_READ}),
    ):
        client = TestClient(create_app(vaiti), base_url=BASE, headers=bearer(key.text), follow_redirects=False)
        for each in table:
            for method in each.methods:
                status = ask(client, method, each.path)
                if each.open:
                    continue
                mine = each.path.startswith("/api/") and each.permission in may
                assert (status in LACKS_NOTHING) if mine else status == NOT_LET_IN, (method, each.path)


def test_a_route_that_names_no_permission_stops_the_start(vaiti: Vaiti) -> None:
    app: FastAPI = create_app(vaiti)

    @app.get("/api/v1/forgotten")
    def forget() -> None: ...

    with pytest.raises(RouteWithoutPermission, match="/api/v1/forgotten"):
        list(declared(app))


def test_what_is_open_is_named_at_both_places(vaiti: Vaiti) -> None:
    opens = {each.path for each in routes(vaiti) if each.open}
    assert opens == OPEN_AT_HOME - {"/favicon.ico", "/api/v1/openapi.json"}


def test_nobody_without_content_has_any(vaiti: Vaiti) -> None:
    for role in (Role.AUDITOR, Role.OPERATOR, Role.ADMIN):
        assert not ROLES[role].may & CONTENT
    assert ROLES[Role.SUPPORT].may & CONTENT == {Permission.MASKED_OPEN}
    alone = {Permission.ORIGINALS_OPEN, Permission.CALLS_ERASE, Permission.HOLDS_RELEASE, Permission.CLEARANCES_DECIDE}
    for permission in alone:
        assert [role for role in Role if permission in ROLES[role].may] == [Role.PRIVACY_OFFICER]
    nobodys = {Permission.CALLS_PUSH, Permission.METRICS_READ, Permission.PORTAL_USE}
    given = frozenset().union(*(terms.may for terms in ROLES.values()))
    assert set(Permission) - given == nobodys | {Permission.OWN_ACCOUNT}


@dataclass(frozen=True)
class Foreign:
    """What another register has, and the body that a route needs to get as far as its id."""

    ids: dict[str, str]
    bodies: dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def foreign(api: TestClient, push: Push, vaiti: Vaiti) -> Foreign:
    """A call of kuopio with all that can hang on it."""
    number = {"type": "customer_number", "value": "445566"}
    theirs = push(customer=[number])
    customer = api.post("/api/v1/customers/find", json={"controller": "kuopio", **number}).json()["customer"]
    order = {"controller": "kuopio", "case": "T-9", "recordings": [theirs.id]}
    hold = api.post("/api/v1/holds", json={**order, "ground": "legal-claim"}).json()["id"]
    case = {"controller": "kuopio", "kind": "access", "way": "portal", "customer": customer}
    opened_case = api.post("/api/v1/cases", json={**case, "identified_by": "strong-identification"}).json()["id"]
    collection = api.post("/api/v1/collections", json={"controller": "kuopio", "name": "Hyvät"}).json()["id"]
    note = api.post(f"/api/v1/recordings/{theirs.id}/notes", json={"text": "Hyvä aloitus"}).json()["id"]
    ids = {
        "recording": theirs.id,
        "customer": customer,
        "hold": hold,
        "case": opened_case,
        "collection": collection,
        "note": note,
    }
    assert all(ids.values())
    return Foreign(ids, BODIES)


API = "/api/v1"
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PATCH", f"{API}/recordings/{{recording}}/facts"): {"queue": "vika"},
    ("POST", f"{API}/recordings/{{recording}}/flag"): {"topic": "health"},
    ("POST", f"{API}/recordings/{{recording}}/clearance"): {"clearance": "granted"},
    ("POST", f"{API}/recordings/{{recording}}/decisions"): {"decision": "retry"},
    ("POST", f"{API}/recordings/{{recording}}/notes"): {"text": "Hyvä aloitus"},
    ("PUT", f"{API}/recordings/{{recording}}/tags"): {"tags": ["hyvä"]},
    ("POST", f"{API}/recordings/{{recording}}/given"): {"case": CASE},
    ("POST", f"{API}/recordings/{{recording}}/taken"): {"case": CASE},
    ("POST", f"{API}/recordings/{{recording}}/link"): {
        "reference": {"type": "phone", "value": "040 123 4567"},
        "role": "customer",
        "evidence": "company-register",
    },
    ("POST", f"{API}/recordings/{{recording}}/corrections/note"): {"case": UNKNOWN, "text": "Summa on väärä"},
    ("POST", f"{API}/recordings/{{recording}}/corrections/facts"): {"case": UNKNOWN, "facts": {"queue": "vika"}},
    ("POST", f"{API}/recordings/{{recording}}/corrections/open"): {"case": CASE},
    ("POST", f"{API}/recordings/{{recording}}/cuts"): {"start": 0, "end": 1, "reason": "others-data", "case": CASE},
    ("POST", f"{API}/holds/{{hold}}/review"): {},
    ("POST", f"{API}/holds/{{hold}}/answer"): {"answer": "delivered"},
    ("POST", f"{API}/holds/{{hold}}/open"): {"purpose": "legal-claim", "passphrase": "x" * 20},
    ("POST", f"{API}/restrictions/{{hold}}/notice"): {"notified_on": "2026-03-02"},
    ("POST", f"{API}/cases/{{case}}/person"): {"customer": UNKNOWN},
    ("POST", f"{API}/cases/{{case}}/identity"): {"identified_by": "document-shown"},
    ("POST", f"{API}/cases/{{case}}/extension"): {"reason": "complexity"},
    ("POST", f"{API}/cases/{{case}}/pack"): {"passphrase": "x" * 20},
    ("POST", f"{API}/cases/{{case}}/refusal"): {"ground": "manifestly-unfounded"},
    ("PUT", f"{API}/collections/{{collection}}"): {"name": "Muut"},
    ("PUT", f"{API}/collections/{{collection}}/recordings/{{recording}}"): {},
}
FORMS: dict[tuple[str, str], dict[str, str]] = {
    ("POST", "/calls/{recording}/notes"): {"text": "Hyvä aloitus"},
    ("POST", "/calls/{recording}/collect"): {"collection": UNKNOWN},
    ("POST", "/collections/{collection}"): {"name": "Muut"},
}


KEYS_OR_ANYBODYS = {None, Permission.OWN_ACCOUNT, Permission.PORTAL_USE}


def with_ids(vaiti: Vaiti, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every route of the interface that takes an id of these."""
    for each in routes(vaiti):
        for method in sorted(each.methods - {"HEAD"}):
            names = set(re.findall(r"\{(\w+)\}", each.path))
            if names and names <= set(ids) and each.permission not in KEYS_OR_ANYBODYS:
                yield method, each.path


def test_another_registers_ids_are_as_unknown_as_unknown_ones(vaiti: Vaiti, foreign: Foreign) -> None:
    roles = [role for role in Role if not ROLES[role].named_calls and ROLES[role].longest is None]
    account = an_account(vaiti, "aino", *roles, controllers=["lahti"])
    grant(vaiti, account, Role.QA, "kuopio")  # elsewhere, and not on screen
    browser = sign_in(a_browser(vaiti), "aino")
    assert browser.post("/controllers", data={"controller": "lahti"}).status_code == 303
    tried = 0
    for method, path in with_ids(vaiti, foreign.ids):
        answers = []
        for ids in (foreign.ids, dict.fromkeys(foreign.ids, UNKNOWN)):
            form = FORMS.get((method, path))
            answer = browser.request(method, path.format(**ids), json=foreign.bodies.get((method, path)), data=form)
            answers.append((answer.status_code, re.sub("|".join(ids.values()), "", answer.text)))
        assert answers[0] == answers[1], (method, path)
        assert answers[0][0] == 404, (method, path, answers[0])
        tried += 1
    assert tried > 30


def test_a_body_that_names_another_register_is_answered_as_one_that_names_none(vaiti: Vaiti, foreign: Foreign) -> None:
    roles = [role for role in Role if not ROLES[role].named_calls and ROLES[role].longest is None]
    an_account(vaiti, "aino", *roles, controllers=["lahti"])
    browser = sign_in(a_browser(vaiti), "aino")
    person = {"type": "customer_number", "value": "445566"}
    order = {"case": "T-9", "recordings": [foreign.ids["recording"]]}
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("customers/find", person),
        ("customers/profile", {**person, "profile": "strict"}),
        ("holds", {**order, "ground": "legal-claim"}),
        ("holds/access", order),
        ("restrictions", {**order, "ground": "accuracy-contested"}),
        ("cases", {"kind": "access", "way": "portal"}),
        ("collections", {"name": "Hyvät"}),
    ]
    for path, body in bodies:
        answers = [browser.post(f"{API}/{path}", json={**body, "controller": each}) for each in ("kuopio", "helen")]
        assert [each.json()["slug"] for each in answers] == ["unknown-controller"] * 2, path
        assert answers[0].json() == answers[1].json()


def test_lists_and_searches_never_cross(vaiti: Vaiti, foreign: Foreign) -> None:
    roles = [role for role in Role if not ROLES[role].named_calls and ROLES[role].longest is None]
    an_account(vaiti, "aino", *roles, controllers=["lahti"])
    browser = sign_in(a_browser(vaiti), "aino")
    since = {"since": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
    for each in routes(vaiti):
        if "GET" not in each.methods or "{" in each.path or not each.path.startswith(f"{API}/") or each.open:
            continue
        if each.permission is Permission.METRICS_READ:
            continue
        needed = {"/notices": since, "/objections": {"controller": "lahti"}}
        answer = browser.get(each.path, params=needed.get(each.path.removeprefix(API), {}))
        assert answer.status_code == 200, each.path
        assert not any(theirs in answer.text for theirs in foreign.ids.values()), each.path
        assert "kuopio" not in answer.text, each.path
    assert browser.post(f"{API}/search", json={"query": "tunnus"}).json()["hits"] == []

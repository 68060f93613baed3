"""A customer asks in the company's portal: what it signs opens her case once, and her copies go back when let go."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import pyzipper
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey

from recordings.controllers import Controllers
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.settings import Settings, load_settings
from storage.cases import CaseState, Identification, Way
from storage.records import Recording, Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock
from tests.integration.people import somebody
from tests.integration.test_api_keys import system

Push = Callable[..., Recording]
SYSTEM = Scope.system()
KEY, STRANGER = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
PHRASE = "kolme kuivaa kannua kaapissa"
CODE = "131052-308T"


def portal_lines(key: Any = KEY, *, private: bool = False, controller: str = "kuopio") -> str:
    plain = ", ".join(
        f'{name} = "{value}"' for name, value in key.as_dict(private=private).items() if name != "key_ops"
    )
    head = f"\n[controllers.{controller}.portals.vappi]\n"
    return f'{head}name = "Väppi"\nissuer = "https://vappi.example.fi"\nkeys = [{{ {plain} }}]\n'


@pytest.fixture
def settings(settings: Settings) -> Settings:
    assert settings.controllers is not None
    settings.controllers.write_text(CONTROLLERS + portal_lines(), encoding="utf-8")
    return load_settings(data=settings.data, controllers=settings.controllers)


@pytest.fixture
def portal(vaiti: Vaiti) -> TestClient:
    return system(vaiti, vaiti.keep_api_keys.create_for_portal("vappi", ["kuopio"], actor="operator"))


def signed(clock: MovedClock, key: Any = KEY, algorithm: str = "EdDSA", **claims: Any) -> str:
    now = int(clock.at.timestamp())
    said = {
        "iss": "https://vappi.example.fi",
        "aud": "vaiti:kuopio",
        "iat": now,
        "exp": now + 300,
        "jti": "a-request-of-today-0001",
        "acr": "strong",
        "kind": "access",
        "references": [{"type": "phone", "value": "0401234567"}],
    } | claims
    return jwt.encode(
        {"alg": algorithm}, {name: each for name, each in said.items() if each is not None}, key, [algorithm]
    )


def ask(portal: TestClient, token: str, status: int = 201, controller: str = "kuopio") -> dict[str, Any]:
    body = {"controller": controller, "portal": "vappi", "assertion": token}
    answer = portal.post("/api/v1/portal/requests", json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_what_a_portal_signs_opens_one_case_that_is_identified(
    push: Push, portal: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    call = push()
    token = signed(clock)
    opened = ask(portal, token)
    assert (opened["name"], opened["state"], opened["released_at"]) == ("2026-1", "open", None)
    assert ask(portal, token, 200) == opened
    assert portal.get(f"/api/v1/portal/requests/{opened['id']}").json() == opened
    (case,) = vaiti.cases.list(SYSTEM)
    assert (case.way, case.identified_by, case.state) == (Way.PORTAL, Identification.STRONG, CaseState.OPEN)
    assert vaiti.catalog.recordings_of(SYSTEM, case.customer)[0].id == call.id  # type: ignore[arg-type]
    assert case.hold is not None
    stored = json.dumps([str(each) for each in vaiti.audit.list(SYSTEM)])
    assert "0401234567" not in stored
    assert "a-request-of-today" not in stored


def test_copies_go_back_to_the_portal_once_they_are_let_go_and_each_time_is_on_record(
    push: Push, portal: TestClient, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    call = push()
    case = ask(portal, signed(clock))
    place = f"/api/v1/portal/requests/{case['id']}/pack"
    early = portal.post(place, json={"passphrase": PHRASE})
    assert (early.status_code, early.json()["slug"]) == (409, "not-released")
    assert api.post(f"/api/v1/cases/{case['id']}/release").json()["released_at"]
    given = portal.post(place, json={"passphrase": PHRASE})
    with pyzipper.AESZipFile(io.BytesIO(given.content)) as archive:
        archive.setpassword(PHRASE.encode())
        assert json.loads(archive.read("manifest.json"))["calls"][0]["recording"] == call.id
    actions = [each.action for each in vaiti.audit.list(SYSTEM) if each.case == case["name"]]
    assert actions.count("case.packed") == 1
    assert [each.action for each in vaiti.audit.list(SYSTEM, recording=call.id)].count("raw.opened") == 1
    assert api.post(f"/api/v1/cases/{case['id']}/answer").json()["state"] == "answered"
    assert portal.post(place, json={"passphrase": PHRASE}).status_code == 409


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example.fi"},
        {"aud": "vaiti:lahti"},
        {"exp": 1_000_000_000, "iat": 999_999_900},
        {"iat": None},
        {"jti": None},
        {"jti": "short"},
        {"acr": None},
        {"acr": "password"},
        {"kind": "everything"},
        {"references": []},
        {"references": [{"type": "shoe", "value": "43"}]},
        {"references": "0401234567"},
    ],
)
def test_a_word_that_does_not_count_opens_nothing_and_is_not_repeated(
    push: Push, portal: TestClient, vaiti: Vaiti, clock: MovedClock, claims: dict[str, Any]
) -> None:
    push()
    refused = ask(portal, signed(clock, **claims), 403)
    assert refused["slug"] == "assertion-refused"
    assert "0401234567" not in json.dumps(refused)
    assert vaiti.cases.list(SYSTEM) == []


def test_a_long_lived_word_a_strangers_and_an_unsigned_one_open_nothing(
    push: Push, portal: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    now = int(clock.at.timestamp())
    unsigned = ".".join([*signed(clock).split(".")[:2], ""])
    for token in (signed(clock, exp=now + 3600), signed(clock, key=STRANGER), unsigned, "x" * 40):
        assert ask(portal, token, 403)["slug"] == "assertion-refused"
    assert vaiti.cases.list(SYSTEM) == []


def test_an_identity_code_in_a_word_is_refused_and_kept_nowhere(
    push: Push, portal: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    for claims in ({"sub": CODE}, {"references": [{"type": "customer_number", "value": CODE}]}):
        refused = ask(portal, signed(clock, **claims), 422)
        assert refused["slug"] == "identity-code-sent"
        assert CODE not in json.dumps(refused)
    assert vaiti.cases.list(SYSTEM) == []


def test_the_officer_lets_copies_go_from_the_page_of_the_case(
    push: Push, portal: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    case = ask(portal, signed(clock))["id"]
    officer = somebody(vaiti, Role.PRIVACY_OFFICER)
    assert f"/cases/{case}/release" in officer.get(f"/cases/{case}").text
    assert officer.post(f"/cases/{case}/release").status_code == 303
    assert f"/cases/{case}/release" not in officer.get(f"/cases/{case}").text
    assert portal.get(f"/api/v1/portal/requests/{case}").json()["released_at"]


def test_references_of_two_persons_open_a_case_that_is_nobodys_yet(
    push: Push, portal: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    push(call_id="other", customer=[{"type": "customer_number", "value": "445566"}])
    both = [{"type": "phone", "value": "0401234567"}, {"type": "customer_number", "value": "445566"}]
    case = ask(portal, signed(clock, references=both))
    assert vaiti.cases.get(SYSTEM, case["id"]).customer is None


def test_a_portals_key_sees_its_own_requests_only_and_a_pushing_key_none(
    push: Push, portal: TestClient, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    letter = api.post("/api/v1/cases", json={"controller": "kuopio", "kind": "access", "way": "letter"}).json()["id"]
    assert portal.get(f"/api/v1/portal/requests/{letter}").status_code == 404
    assert portal.get("/api/v1/cases").status_code == 403
    case = ask(portal, signed(clock))["id"]
    pushing = system(vaiti, vaiti.keep_api_keys.create("pbx", ["kuopio"], actor="operator"))
    assert pushing.get(f"/api/v1/portal/requests/{case}").status_code == 403
    other = system(vaiti, vaiti.keep_api_keys.create_for_portal("muu", ["lahti"], actor="operator"))
    assert other.get(f"/api/v1/portal/requests/{case}").status_code == 404
    body = {"controller": "kuopio", "portal": "vappi", "assertion": signed(clock, jti="another-request-0002")}
    assert other.post("/api/v1/portal/requests", json=body).json()["slug"] == "unknown-controller"


@pytest.mark.parametrize(
    ("key", "private"), [(KEY, True), (RSAKey.generate_key(1024), False)], ids=["private", "short RSA"]
)
def test_a_key_that_is_private_or_short_stops_the_start(key: Any, *, private: bool) -> None:
    with pytest.raises(SettingsWrong, match=r"portals\.vappi"):
        Controllers.parse(CONTROLLERS + portal_lines(key, private=private))

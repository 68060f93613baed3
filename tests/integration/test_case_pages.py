"""The pages of cases: what is due, what was asked for, and what is done about it, on real stores and in a browser."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.cases import CaseState
from storage.records import Recording, Scope
from tests.integration.browser import AXE
from tests.integration.fakes import a_call
from tests.integration.people import somebody
from tests.integration.test_pages_for_everyone import RUN_AXE, SMALL

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PHRASE = "kolme kuivaa kannua kaapissa"
NUMBER = {"reference_type": "phone", "reference": "0401234567"}
ACCESS = {"kind": "access", "way": "letter", "received": "2026-03-01"}


@pytest.fixture
def officer(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.PRIVACY_OFFICER, name="orvokki")


def opened(officer: TestClient, **form: str) -> str:
    answer = officer.post("/cases", data={**ACCESS, **form})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_letter_is_noted_its_writer_identified_and_her_copies_made(
    push: Push, officer: TestClient, vaiti: Vaiti
) -> None:
    call = push()
    place = opened(officer, **NUMBER)
    assert place in officer.get("/cases").text
    page = officer.get(place).text
    assert "1 Apr 2026" in page
    assert "identity awaited" in page
    assert f"{place}/pack" not in page
    assert officer.post(f"{place}/pack", data={"passphrase": PHRASE}).status_code == 409
    assert officer.post(f"{place}/identity", data={"by": "document-shown"}).headers["location"] == place
    offered = re.search(r'name="passphrase" value="([^"]{24})"', officer.get(place).text)
    assert offered
    archive = officer.post(f"{place}/pack", data={"passphrase": offered[1], "language": "sv"})
    assert archive.headers["content-type"] == "application/zip"
    with pyzipper.AESZipFile(io.BytesIO(archive.content)) as unpacked:
        unpacked.setpassword(offered[1].encode())
        assert "001/audio.wav" in unpacked.namelist()
    assert officer.post(f"{place}/answer").status_code == 303
    (case,) = vaiti.cases.list(SYSTEM)
    assert (case.state, case.packed_at is not None) == (CaseState.ANSWERED, True)
    assert vaiti.keys.knows(call.id)
    assert place not in officer.get("/cases").text
    assert place in officer.get("/cases?closed=true").text


def test_who_asks_to_be_erased_is_and_a_reference_is_in_no_address_and_no_row(
    push: Push, officer: TestClient, vaiti: Vaiti
) -> None:
    call = push()
    place = opened(officer, kind="erasure", identified_by="known-address")
    named = officer.post(f"{place}/person", data=NUMBER)
    assert named.headers["location"] == place
    assert "0401234567" not in officer.get(place).text
    erased = officer.post(f"{place}/erasure")
    assert "Erased 1, held 0" in erased.text
    assert not vaiti.keys.knows(call.id)


def test_a_call_that_rests_on_a_shared_number_is_given_only_where_it_is_ticked(
    push: Push, officer: TestClient, vaiti: Vaiti, api: TestClient
) -> None:
    mine = push()
    hers = push(a_call(seed=2), call_id="hers", customer=[{"type": "customer_number", "value": "445566"}])
    both = [{"type": "customer_number", "value": "445566"}, {"type": "phone", "value": "0401234567"}]
    push(a_call(seed=3), call_id="both", customer=both)
    household = {"controller": "kuopio", "bond": "household", "evidence": "company-register"}
    body = {**household, "reference": {"type": "phone", "value": "0401234567"}}
    assert api.post("/api/v1/persons/decisions", json=body).status_code in {200, 201}
    place = opened(officer, reference_type="customer_number", reference="445566", identified_by="document-shown")
    page = officer.get(place).text
    doubtful = re.findall(r'name="confirmed" value="([0-9a-f]{32})"', page)
    assert hers.id not in doubtful
    given = officer.post(f"{place}/pack", data={"passphrase": PHRASE})
    assert given.status_code == 200
    with pyzipper.AESZipFile(io.BytesIO(given.content)) as unpacked:
        unpacked.setpassword(PHRASE.encode())
        manifest = unpacked.read("manifest.json").decode()
    assert mine.id not in manifest
    assert hers.id in manifest


def test_an_extension_and_a_refusal_have_their_letters(push: Push, officer: TestClient) -> None:
    push()
    place = opened(officer, **NUMBER)
    assert officer.post(f"{place}/letter").status_code == 409
    assert officer.post(f"{place}/extension", data={"reason": "complexity"}).status_code == 303
    assert officer.post(f"{place}/extension", data={"reason": "complexity"}).status_code == 409
    letter = officer.post(f"{place}/letter", data={"language": "fi", "explanation": "Pyyntöjä on monta."})
    assert letter.content.startswith(b"%PDF")
    assert officer.post(f"{place}/refusal", data={"ground": "not-identified"}).status_code == 303
    assert "not identified" in officer.get(place).text
    assert officer.post(f"{place}/letter", data={"language": "sv"}).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "everything"}, 422),
        ({"received": "2026-13-01"}, 422),
        ({"received": "2027-01-01"}, 422),
        ({"kind": "objection"}, 422),
        ({"reference_type": "shoe", "reference": "43"}, 422),
        ({"reference": "999999"}, 404),
    ],
)
def test_what_cannot_be_noted_is_refused_and_nothing_is_kept(
    push: Push, officer: TestClient, vaiti: Vaiti, form: dict[str, str], status: int
) -> None:
    push()
    answer = officer.post("/cases", data={**ACCESS, **form})
    assert answer.status_code == status
    assert all(value not in answer.text for value in form.values() if value.isdigit())
    assert vaiti.cases.list(SYSTEM) == []


@pytest.mark.parametrize("role", [Role.QA, Role.SUPERVISOR, Role.OPERATOR, Role.ADMIN])
def test_cases_are_the_officers(push: Push, officer: TestClient, vaiti: Vaiti, role: Role) -> None:
    push()
    place = opened(officer)
    other = somebody(vaiti, role, name="muu")
    assert other.get("/cases").status_code == 403
    assert other.get(place).status_code == 403
    assert other.post(f"{place}/withdrawal").status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize(("theme", "language"), [("light", "fi"), ("dark", "sv")])
def test_axe_finds_nothing_on_the_pages_of_cases(
    push: Push, officer: TestClient, open_browser: Callable[..., Any], theme: str, language: str
) -> None:
    push()
    waits, known = opened(officer, **NUMBER), opened(officer, **NUMBER, identified_by="document-shown")
    ended = opened(officer, kind="erasure", **NUMBER)
    officer.post(f"{known}/extension", data={"reason": "complexity"})
    officer.post(f"{ended}/refusal", data={"ground": "excessive"})
    narrow = {"width": 360, "height": 740}
    page = open_browser(name="orvokki", locale=language, color_scheme=theme, viewport=narrow)
    page.add_init_script(path=AXE)
    for path in ("/cases", "/cases?closed=true", waits, known, ended):
        page.goto(path)
        assert page.evaluate(RUN_AXE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert page.evaluate(SMALL) == [], path

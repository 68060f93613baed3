"""The officer hears a call as it was, for a case: what is others' is cut from the copy, what is wrong is noted."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import pyzipper
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.records import Recording, Scope
from tests.integration.browser import AXE
from tests.integration.fakes import MovedClock, a_call
from tests.integration.people import somebody
from tests.integration.test_case_pages import NUMBER, PHRASE, opened
from tests.integration.test_pages_for_everyone import RUN_AXE, SMALL

Push = Callable[..., Recording]
SYSTEM = Scope.system()
KNOWN = {**NUMBER, "identified_by": "document-shown"}


@pytest.fixture
def officer(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.PRIVACY_OFFICER, name="orvokki")


@pytest.fixture
def call(push: Push) -> Recording:
    return push()


def openings(vaiti: Vaiti, call: Recording) -> list[tuple[str, str | None, str | None]]:
    entries = vaiti.audit.list(SYSTEM, recording=call.id)
    return [(each.action, each.case, each.purpose) for each in entries if each.action.startswith("raw")]


def test_an_original_opens_for_its_case_and_on_record(
    call: Recording, officer: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    place = opened(officer, **KNOWN)
    page = f"{place}/calls/{call.id}"
    assert page in officer.get(place).text
    assert officer.get(f"{page}/sound/0-20").status_code == 409  # the page comes first
    assert openings(vaiti, call) == []
    shown = officer.get(page)
    assert "131052-308T" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    (case,) = vaiti.cases.list(SYSTEM)
    assert openings(vaiti, call) == [("raw.opened", case.name, "access-request")]
    sound = officer.get(f"{page}/sound/10-20")
    assert (sound.headers["content-type"], sound.content[:4]) == ("audio/wav", b"RIFF")
    assert vaiti.engines.codec.probe(io.BytesIO(sound.content)).seconds == pytest.approx(1.0, abs=0.01)
    assert officer.get(f"{page}/sound/0-700").status_code == 404  # a minute at most
    clock.at += timedelta(hours=5)
    officer = somebody(vaiti, Role.PRIVACY_OFFICER, name="olavi")
    assert officer.get(f"{page}/sound/10-20").status_code == 409


def test_what_is_cut_is_gone_from_words_and_sound_of_the_copy_until_it_is_undone(
    call: Recording, officer: TestClient, vaiti: Vaiti
) -> None:
    place = opened(officer, **KNOWN)
    page = f"{place}/calls/{call.id}"
    form = {"start": "1.0", "end": "1.5", "reason": "others-data"}
    assert officer.post(f"{page}/cuts", data=form).headers["location"] == page
    shown = officer.get(page).text
    assert "<del" in shown
    (kept,) = vaiti.keep_cuts.list(SYSTEM, call.id)
    assert (kept.case, kept.reason) == (vaiti.cases.list(SYSTEM)[0].name, "others-data")
    content = officer.post(f"{place}/pack", data={"passphrase": PHRASE}).content
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(PHRASE.encode())
        assert json.loads(archive.read("manifest.json"))["calls"][0]["cuts"]
        assert "[CUT]" in archive.read("001/transcript.txt").decode()
    assert officer.post(f"{page}/cuts/{kept.id}/undo").status_code == 303
    assert "<del" not in officer.get(page).text


def test_what_is_wrong_is_noted_and_facts_are_corrected_with_their_history(
    push: Push, officer: TestClient, vaiti: Vaiti
) -> None:
    call = push(queue="laskut")
    place = opened(officer, **KNOWN, kind="rectification")
    page = f"{place}/calls/{call.id}"
    note = {"text": "En sanonut näin. Tunnukseni on 131052-308T.", "at": "1.5"}
    assert officer.post(f"{page}/notes", data=note).status_code == 303
    assert officer.post(f"{page}/facts", data={"queue": "viat", "satisfaction": "4"}).status_code == 303
    shown = officer.get(page).text
    assert "En sanonut näin. Tunnukseni on [FI_PERSONAL_IDENTITY_CODE]." in shown
    assert "laskut &rarr; viat" in shown
    assert vaiti.catalog.get(SYSTEM, call.id).queue == "viat"
    assert openings(vaiti, call)[0][2] == "rectification"
    for wrong in ({"satisfaction": "paljon"}, {}, {"direction": "sideways"}):
        assert officer.post(f"{page}/facts", data=wrong).status_code == 422
    assert officer.post(f"{page}/notes", data={"text": ""}).status_code == 422


def test_nothing_opens_for_another_person_state_or_kind(
    push: Push, call: Recording, officer: TestClient, vaiti: Vaiti
) -> None:
    other = push(a_call(seed=3), call_id="other", customer=[{"type": "phone", "value": "0401234568"}])
    unknown, erasure = opened(officer, **NUMBER), opened(officer, **KNOWN, kind="erasure")
    known = opened(officer, **KNOWN)
    assert officer.get(f"{known}/calls/{other.id}").status_code == 404
    assert officer.get(f"{unknown}/calls/{call.id}").status_code == 409
    assert officer.get(f"{erasure}/calls/{call.id}").status_code == 409
    officer.post(f"{known}/withdrawal")
    assert officer.get(f"{known}/calls/{call.id}").status_code == 409
    assert openings(vaiti, call) == openings(vaiti, other) == []


@pytest.mark.parametrize("role", [Role.QA, Role.SUPERVISOR, Role.COMPLAINT_HANDLER, Role.ADMIN, Role.AUDITOR])
def test_originals_are_the_officers_alone(call: Recording, officer: TestClient, vaiti: Vaiti, role: Role) -> None:
    page = f"{opened(officer, **KNOWN)}/calls/{call.id}"
    officer.get(page)
    other = somebody(vaiti, role, name="muu")
    for path in (page, f"{page}/sound/0-10"):
        assert other.get(path).status_code == 403
    assert other.post(f"{page}/cuts", data={"start": "0", "end": "1", "reason": "others-data"}).status_code == 403
    assert not vaiti.keep_cuts.list(SYSTEM, call.id)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("theme", "language", "width"), [("light", "fi", 360), ("dark", "sv", 360), ("light", "en", 1280)]
)
def test_words_are_marked_and_cut_in_a_browser(  # noqa: PLR0917 - fixtures
    call: Recording,
    officer: TestClient,
    vaiti: Vaiti,
    open_browser: Callable[..., Any],
    theme: str,
    language: str,
    width: int,
) -> None:
    place = opened(officer, **KNOWN, kind="access")
    wrong = opened(officer, **KNOWN, kind="rectification")
    page: Page = open_browser(
        name="orvokki", locale=language, color_scheme=theme, viewport={"width": width, "height": 900}
    )
    page.add_init_script(path=AXE)
    page.goto(f"{place}/calls/{call.id}")
    word = page.locator("#turns .words [data-start]").nth(1)
    word.click()
    page.wait_for_function("() => document.getElementById('sound').currentTime > 0")
    word.dblclick()
    expect(page.locator("#start")).to_have_value(str(word.get_attribute("data-start")))
    page.locator("#cut button[type=submit]").click()
    expect(page.locator("#turns del").first).to_be_visible()
    for path in (f"{place}/calls/{call.id}", f"{wrong}/calls/{call.id}"):
        page.goto(path)
        assert page.evaluate(RUN_AXE) == [], path
        assert page.evaluate(SMALL) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert vaiti.keep_cuts.list(SYSTEM, call.id)

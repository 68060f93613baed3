"""Each role's day in a real browser: what it finds, what it does, and what stays shut. The pictures of docs/pictures.

    VAITI_PICTURES=docs/pictures .venv/bin/pytest tests/integration/test_days_of_roles.py

takes them anew.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from recordings.errors import BadAudio
from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.records import Recording, Scope, Stage
from tests.integration.browser import wait_for
from tests.integration.fakes import MovedClock, Playback, a_call, said
from tests.integration.people import CASE, an_account
from tests.integration.test_work_pages import work

pytestmark = pytest.mark.browser

Push = Callable[..., Recording]
Open = Callable[..., Any]
SYSTEM = Scope.system()
PICTURES = os.environ.get("VAITI_PICTURES")
WIDE = {"width": 1280, "height": 860}
TALK = (
    ("laskutus", "agent-07", "Energiayhtiöstä päivää mitä asia koskee", "se lasku tuli kahteen kertaan"),
    ("sopimukset", "agent-03", "Sopimusneuvonta hei", "haluaisin irtisanoa sopimuksen kun muutan"),
    ("viat", "agent-11", "Vikapalvelu", "täällä on koko kylä ilman sähköä"),
    ("laskutus", "agent-07", "Laskutus hei", "mikä tää hinta nyt on"),
)


@pytest.fixture
def week(call: Recording, push: Push, playback: Playback) -> Recording:
    """A few calls of a week around one that has a secret in it; returns that one."""
    for day, (queue, agent, said_by_agent, said_by_customer) in enumerate(TALK, start=2):
        playback.words = [*said(said_by_agent), *said(said_by_customer, start=3, channel=1)]
        started = f"2026-02-{20 + day}T1{day}:05:00+02:00"
        push(a_call(8, seed=day), call_id=f"week-{day}", queue=queue, agent=agent, started_at=started)
    return call


def show(page: Any, name: str) -> None:
    """Keep what the reader sees as a picture, where pictures are asked for."""
    if PICTURES:
        page.mouse.move(0, 0)
        page.screenshot(path=Path(PICTURES) / f"day-{name}.png", animations="disabled")


def listen(page: Any, call: Recording) -> None:
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")


def shut(page: Any, *paths: str) -> None:
    for path in paths:
        assert page.goto(path).status in {403, 404}, path


def test_a_qa_person_finds_the_call_of_a_word_listens_and_contests_a_mask(week: Recording, open_browser: Open) -> None:
    page = open_browser(viewport=WIDE)
    page.goto("/")
    show(page, "qa-calls")
    page.get_by_label("Hae puhutuista sanoista").fill("laskussa")  # another form of the word that was said
    page.get_by_role("button", name="Hae", exact=True).click()
    page.wait_for_url("**/found/*")
    assert page.get_by_text("kahteen kertaan").is_visible()
    show(page, "qa-search")
    listen(page, week)
    page.get_by_role("button", name="Toista", exact=True).click()
    wait_for(page, "!document.querySelector('audio') || document.querySelector('audio').currentTime >= 0")
    page.get_by_role("button", name="Turhaan?").first.click()
    page.get_by_role("heading", name="Kiitos").wait_for()
    shut(page, "/people", f"/waiting/{week.id}/sound/1")


def test_a_trainer_collects_calls_to_learn_from_and_sees_neither_what_waits_nor_who_works_here(
    week: Recording, open_browser: Open
) -> None:
    page = open_browser(name="taina", roles=[Role.TRAINER], viewport=WIDE)
    page.goto("/collections")
    page.get_by_label("Kokoelman nimi").fill("Hyviä tapoja tunnistaa")
    page.get_by_label("Mistä se kertoo").fill("Rauhallisesti, ja asiakas ymmärtää miksi")
    page.get_by_role("button", name="Tee kokoelma").click()
    page.get_by_text("Kokoelmassa ei ole puheluita.").wait_for()
    listen(page, week)
    assert page.get_by_text("131052").count() == 0
    page.get_by_label("Uusi muistiinpano").fill("Kertoo ensin, miksi kysyy.")
    page.get_by_role("button", name="Kirjoita").click()
    page.get_by_text("Kertoo ensin").wait_for()
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    page.locator("#collect button").click()
    page.get_by_role("link", name="1.3.2026").wait_for()
    show(page, "trainer")
    shut(page, "/waiting", "/people", "/home")


def test_a_supervisor_masks_what_the_machine_doubts(
    push: Push, playback: Playback, vaiti: Vaiti, open_browser: Open
) -> None:
    playback.again = said("308", start=2.9)
    heard = push()
    playback.again = []
    page = open_browser(name="sari", roles=[Role.SUPERVISOR], viewport=WIDE)
    page.goto("/waiting")
    page.get_by_role("link", name="1.3.2026").click()
    show(page, "supervisor")
    page.get_by_role("button", name="Peitä valitut").click()
    page.wait_for_url("**/waiting")
    assert work(vaiti, heard).stage is Stage.PUBLISHED
    page.reload()
    assert page.get_by_text("Mikään ei odota.").is_visible()
    shut(page, "/people")


@pytest.mark.parametrize("role", [Role.COMPLAINT_HANDLER, Role.INVESTIGATOR])
def test_who_works_on_a_case_hears_its_calls_and_no_others(
    week: Recording, push: Push, vaiti: Vaiti, open_browser: Open, role: Role
) -> None:
    other = push(a_call(8, seed=9), call_id="other")
    vaiti.keep_people.give(SYSTEM, week.id, CASE, actor="test")
    page = open_browser(name="kaarina", roles=[role], viewport=WIDE)
    page.goto("/")
    show(page, role.value)
    listen(page, week)
    shut(page, f"/calls/{other.id}", "/waiting", "/people")


def test_a_privacy_officer_decides_about_a_contested_mask_after_hearing_it(
    week: Recording, vaiti: Vaiti, open_browser: Open
) -> None:
    (mask,) = vaiti.view.read_plan(SYSTEM, week.id)["windows"]
    vaiti.contest(SYSTEM, week.id, mask["start"], actor="test")
    page = open_browser(name="orvokki", roles=[Role.PRIVACY_OFFICER], viewport=WIDE)
    page.goto("/waiting")
    page.get_by_role("link", name="1.3.2026").click()
    page.get_by_role("button", name="Näytä sanat ja kuuntele").click()
    page.wait_for_url("**/words")
    page.evaluate("document.querySelector('audio').play()")
    wait_for(page, "document.querySelector('audio').currentTime > 0.2")
    show(page, "privacy-officer")
    page.get_by_role("button", name="Valitut eivät ole henkilötietoja").click()
    page.wait_for_url("**/waiting")
    assert work(vaiti, week).stage is Stage.PUBLISHED
    assert vaiti.catalog.get(SYSTEM, week.id).seconds_masked == 0
    actions = {each.action for each in vaiti.audit.list(SYSTEM, recording=week.id)}
    assert {"mask.contested", "raw.opened", "raw-audio.opened", "review.decided"} <= actions


def test_a_privacy_officer_answers_a_person_who_asks_for_her_calls(
    week: Recording, vaiti: Vaiti, open_browser: Open
) -> None:
    page = open_browser(name="orvokki", roles=[Role.PRIVACY_OFFICER], viewport=WIDE)
    page.goto("/cases")
    page.get_by_label("Saapunut").fill("2026-02-20")
    page.get_by_label("Tunnistetieto").select_option("phone")
    page.get_by_label("Arvo").fill("040 123 4567")
    page.get_by_role("button", name="Kirjaa", exact=True).click()
    page.get_by_label("Miten henkilöllisyys tiedetään").select_option("document-shown")
    page.get_by_role("button", name="Henkilöllisyys on osoitettu").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tee kopiot").click()
    assert download.value.suggested_filename == "vaiti-2026-1.zip"
    assert Path(download.value.path()).stat().st_size > 100_000
    page.goto("/cases")
    show(page, "cases")
    page.get_by_role("link", name="2026-1").click()
    page.get_by_role("button", name="Merkitse vastatuksi").click()
    page.get_by_role("heading", name="Vastattu").wait_for()
    assert [each.name for each in vaiti.cases.list(SYSTEM)] == ["2026-1"]


def test_an_auditor_sees_receipts_and_who_works_here_and_no_call(
    week: Recording, vaiti: Vaiti, clock: MovedClock, open_browser: Open
) -> None:
    clock.at += timedelta(days=366)
    vaiti.purge_due(clock.at)
    page = open_browser(name="auli", roles=[Role.AUDITOR], viewport=WIDE)
    page.goto("/home")
    assert page.get_by_text(week.id).first.is_visible()
    show(page, "auditor")
    page.goto("/people")
    assert page.get_by_role("button", name="Kutsu käyttäjä").count() == 0
    shut(page, f"/calls/{week.id}", "/waiting")


def test_an_operator_sends_failed_work_back_and_opens_no_call(
    week: Recording, push: Push, vaiti: Vaiti, open_browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_damage(*_: object, **__: object) -> None:
        raise BadAudio("audio-undecodable", "It is damaged.")

    monkeypatch.setattr(Playback, "transcribe", find_damage)
    failed = push(call_id="broken")
    assert failed.stage is Stage.FAILED
    page = open_browser(name="onni", roles=[Role.OPERATOR], viewport=WIDE)
    page.goto("/home")
    show(page, "operator")
    page.get_by_role("button", name="Yritä uudelleen").first.click()
    page.wait_for_load_state()
    assert vaiti.catalog.get(SYSTEM, failed.id).stage is Stage.RECEIVED
    shut(page, f"/calls/{week.id}", "/waiting", "/people")


def test_an_admin_invites_somebody_and_gives_a_role(open_browser: Open, vaiti: Vaiti) -> None:
    an_account(vaiti, "bertta", Role.QA)
    page = open_browser(name="ylläpito", roles=[Role.ADMIN], viewport=WIDE)
    page.goto("/people")
    show(page, "admin")
    page.get_by_label("Käyttäjänimi").fill("cecilia")
    page.get_by_label("Rooli").select_option("trainer")
    page.get_by_role("button", name="Kutsu käyttäjä").click()
    page.get_by_role("heading", name="cecilia").wait_for()
    assert page.locator("code").count() == 1
    assert [each.name for each in vaiti.people.list() if each.name == "cecilia"] == ["cecilia"]
    shut(page, "/waiting")

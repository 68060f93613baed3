"""The pages of work: mark what was missed, decide about what waits, see how the register stands. On real stores."""

import io
import wave
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.steps.review import Reviewer
from storage.records import Recording, Scope, Stage
from tests.integration.browser import wait_for
from tests.integration.fakes import MovedClock, Playback, a_call, said, wav
from tests.integration.people import a_browser, an_account, sign_in, somebody

Push = Callable[..., Recording]
SYSTEM = Scope.system()


def work(vaiti: Vaiti, recording: Recording) -> Recording:
    row = vaiti.catalog.get(SYSTEM, recording.id)
    while row.stage in {Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED}:
        row = vaiti.advance(row)
    return row


@pytest.fixture
def heard(push: Push, playback: Playback) -> Recording:
    """A call in which a number is heard in the masked sound, whatever is cut."""
    playback.again = said("308", start=2.9)
    recording = push()
    assert recording.stage is Stage.QUARANTINED
    return recording


# -- what was missed


def test_a_listener_masks_a_stretch_for_everybody_and_learns_who_had_opened_it(vaiti: Vaiti, push: Push) -> None:
    call = push()
    aino, bertta = somebody(vaiti, Role.QA, name="aino"), somebody(vaiti, Role.TRAINER, name="bertta")
    assert "Energiayhtiöstä" in bertta.get(f"/calls/{call.id}").text
    answer = aino.post(f"/calls/{call.id}/mask", data={"start": "0.0", "end": "1.2"})
    assert answer.status_code == 200
    assert "bertta" in answer.text
    assert bertta.get(f"/calls/{call.id}").status_code == 409  # out of reach until its new copy is verified
    assert work(vaiti, call).stage is Stage.PUBLISHED
    assert "Energiayhtiöstä" not in bertta.get(f"/calls/{call.id}").text
    stretch, words = vaiti.catalog.decisions(SYSTEM, call.id)
    assert (stretch.start, stretch.end, words.channel, words.first, words.last) == (0.0, 1.2, 0, 0, 1)
    assert {*stretch.shape, *words.shape} <= {"other", "name"}  # a shape, no word


@pytest.mark.parametrize(
    ("start", "end"), [("3", "2"), ("0", "0"), ("-1", "2"), ("nan", "2"), ("0", "601"), ("500", "501"), ("x", "2")]
)
def test_a_stretch_that_is_none_masks_nothing(vaiti: Vaiti, push: Push, start: str, end: str) -> None:
    call = push()
    assert somebody(vaiti, Role.QA).post(f"/calls/{call.id}/mask", data={"start": start, "end": end}).status_code == 422
    assert vaiti.catalog.get(SYSTEM, call.id).stage is Stage.PUBLISHED
    assert vaiti.catalog.decisions(SYSTEM, call.id) == []


def test_what_is_not_there_or_not_ready_cannot_be_marked(vaiti: Vaiti, push: Push) -> None:
    aino, waiting, foreign = somebody(vaiti, Role.QA), push(work=False), push(call_id="l-1", controller="lahti")
    stretch = {"start": "0", "end": "1"}
    assert aino.post(f"/calls/{waiting.id}/mask", data=stretch).status_code == 409
    for unknown in ("0" * 32, foreign.id):
        assert aino.post(f"/calls/{unknown}/mask", data=stretch).status_code == 404
        assert aino.post(f"/calls/{unknown}/flag", data={"topic": "health"}).status_code == 404


def test_a_listener_hides_a_sensitive_call_and_the_officer_decides(vaiti: Vaiti, push: Push) -> None:
    call, aino = push(), somebody(vaiti, Role.QA, name="aino")
    officer = somebody(vaiti, Role.PRIVACY_OFFICER, name="olga")
    assert aino.post(f"/calls/{call.id}/flag", data={"topic": "weather"}).status_code == 422
    assert aino.post(f"/calls/{call.id}/flag", data={"topic": "health"}).status_code == 200
    assert aino.get(f"/calls/{call.id}").status_code == 409
    assert call.id not in aino.get("/waiting").text  # flags are the officer's
    assert "Health" in officer.get("/waiting").text
    place = f"/waiting/{call.id}/clearance"
    assert aino.post(place, data={"clearance": "granted"}).status_code == 403
    assert officer.post(place, data={"clearance": "waiting"}).status_code == 422
    assert officer.post(place, data={"clearance": "granted"}).status_code == 303
    assert aino.get(f"/calls/{call.id}").status_code == 200
    assert officer.post(f"/waiting/{'0' * 32}/clearance", data={"clearance": "granted"}).status_code == 404


# -- what waits


def test_a_reviewer_sees_the_doubtful_places_without_a_word_and_masks_them(
    vaiti: Vaiti, heard: Recording, playback: Playback
) -> None:
    aino = somebody(vaiti, Role.QA)
    listed = aino.get("/waiting").text
    assert "Something was still found in the masked copy" in listed
    assert f"/waiting/{heard.id}" in listed
    page = aino.get(f"/waiting/{heard.id}").text
    assert "heard again in the masked sound" in page
    assert "308" not in page
    assert "kiitos" not in page
    assert "Show the words" not in page
    assert aino.post(f"/waiting/{heard.id}", data={"verb": "mask"}).status_code == 422  # none was chosen
    playback.again = []
    assert aino.post(f"/waiting/{heard.id}", data={"verb": "mask", "number": "1"}).status_code == 303
    assert work(vaiti, heard).stage is Stage.PUBLISHED
    assert "Nothing waits." in aino.get("/waiting").text


def test_only_the_privacy_officer_opens_the_words_and_clears(vaiti: Vaiti, heard: Recording) -> None:
    aino, officer = somebody(vaiti, Role.QA, name="aino"), somebody(vaiti, Role.PRIVACY_OFFICER, name="olga")
    assert aino.post(f"/waiting/{heard.id}/words").status_code == 403
    assert aino.post(f"/waiting/{heard.id}", data={"verb": "release"}).status_code == 403
    assert vaiti.catalog.decisions(SYSTEM, heard.id) == []
    before = len(vaiti.audit.list(SYSTEM, recording=heard.id))
    opened = officer.post(f"/waiting/{heard.id}/words")
    assert opened.status_code == 200
    entries = vaiti.audit.list(SYSTEM, recording=heard.id)
    assert (entries[0].action, len(entries)) == ("raw.opened", before + 1)
    assert officer.post(f"/waiting/{heard.id}", data={"verb": "release"}).status_code == 303
    (decision,) = vaiti.catalog.decisions(SYSTEM, heard.id)
    assert decision.action == "clear"


def test_the_officer_hears_a_doubtful_place_and_a_second_around_it_on_record(vaiti: Vaiti, heard: Recording) -> None:
    aino, officer = somebody(vaiti, Role.QA, name="aino"), somebody(vaiti, Role.PRIVACY_OFFICER, name="olga")
    place = f"/waiting/{heard.id}/sound/1"
    assert aino.get(place).status_code == 403
    assert place not in officer.get(f"/waiting/{heard.id}").text
    assert place in officer.post(f"/waiting/{heard.id}/words").text
    answer = officer.get(place)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("audio/wav", "no-store")
    (doubt,) = vaiti.review.show(SYSTEM, heard.id, Reviewer(actor="test")).places
    assert doubt.start is not None
    assert doubt.end is not None
    first, end = round((doubt.start - 1) * 8000), round((doubt.end + 1) * 8000)
    with wave.open(io.BytesIO(answer.content)) as sound, wave.open(io.BytesIO(a_call())) as whole:
        whole.setpos(first)
        assert sound.readframes(10**6) == whole.readframes(end - first)
    entry = vaiti.audit.list(SYSTEM, recording=heard.id)[0]
    assert (entry.action, entry.actor[:5], entry.purpose) == ("raw-audio.opened", "user-", "review")
    assert officer.get(f"/waiting/{heard.id}/sound/2").status_code == 404
    assert officer.get(f"/waiting/{'0' * 32}/sound/1").status_code == 404


@pytest.mark.parametrize("verb", ["", "publish", "mask; release"])
def test_a_decision_that_is_none_changes_nothing(vaiti: Vaiti, heard: Recording, verb: str) -> None:
    officer = somebody(vaiti, Role.PRIVACY_OFFICER)
    assert officer.post(f"/waiting/{heard.id}", data={"verb": verb}).status_code == 422
    assert vaiti.catalog.get(SYSTEM, heard.id).stage is Stage.QUARANTINED


# -- how it stands


def test_an_operator_sees_what_failed_and_why_and_sends_it_back_to_work(vaiti: Vaiti, push: Push) -> None:
    call = push(wav(np.zeros((16_000, 2), dtype=np.int16)))
    assert (call.stage, call.slug) == (Stage.FAILED, "no-speech")
    operator = somebody(vaiti, Role.OPERATOR)
    page = operator.get("/home").text
    assert str(call.slug) in page
    assert call.id not in page
    assert somebody(vaiti, Role.QA).post("/home/retry", data={"slug": str(call.slug)}).status_code == 403
    assert operator.post("/home/retry", data={"slug": "another"}).status_code == 303
    assert vaiti.catalog.get(SYSTEM, call.id).stage is Stage.FAILED
    assert operator.post("/home/retry", data={"slug": str(call.slug)}).status_code == 303
    assert vaiti.catalog.get(SYSTEM, call.id).stage is Stage.RECEIVED
    assert "Nothing has failed." in operator.get("/home").text


def test_the_state_of_a_register_says_what_waits_and_what_is_gone(
    vaiti: Vaiti, push: Push, heard: Recording, clock: MovedClock
) -> None:
    other = push(call_id="l-1", controller="lahti")
    auditor = somebody(vaiti, Role.AUDITOR)
    page = auditor.get("/home").text
    assert "1 calls wait for review" in page
    assert "Nothing has been deleted yet." in page
    assert other.id not in page
    clock.at += timedelta(days=366)
    vaiti.purge_due(clock.at)
    auditor = sign_in(a_browser(vaiti), Role.AUDITOR.value, promise=False)
    page = auditor.get("/home").text
    assert heard.id in page  # in its receipt
    assert "Nothing waits, and nothing is overdue." in page
    assert other.id not in page


# -- in the browser


@pytest.mark.browser
def test_marked_words_are_masked_from_the_page_of_the_call(page: Any, call: Recording, vaiti: Vaiti) -> None:
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    page.get_by_role("button", name="Peitä kohta").click()
    assert page.get_by_text("Merkitse ensin sanoja tai vedä aaltomuodosta.").is_visible()
    page.get_by_text("kiitos", exact=True).evaluate(
        "word => { const range = document.createRange(); range.selectNodeContents(word);"
        " const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"
    )
    wait_for(page, "/^0:0/.test(document.getElementById('mark-what').textContent)")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Peitä kohta").click()
    page.get_by_role("heading", name="Kohta on peitetty kaikilta").wait_for()
    assert work(vaiti, call).stage is Stage.PUBLISHED
    page.goto(f"/calls/{call.id}")
    assert page.get_by_text("kiitos", exact=True).count() == 0


def test_pages_of_work_are_in_the_readers_own_register(vaiti: Vaiti, heard: Recording, push: Push) -> None:
    an_account(vaiti, "lahtelainen", Role.QA, controllers=("lahti",))
    browser: TestClient = sign_in(a_browser(vaiti), "lahtelainen")
    assert heard.id not in browser.get("/waiting").text
    assert browser.get(f"/waiting/{heard.id}").status_code == 404
    assert browser.post(f"/waiting/{heard.id}", data={"verb": "mask", "number": "1"}).status_code == 404
    assert push(a_call(seed=3), call_id="x").id

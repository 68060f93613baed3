"""Notes, tags, collections and saved searches on the pages, on real stores and in a real browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.records import Recording, Scope
from tests.integration.browser import wait_for
from tests.integration.fakes import MovedClock
from tests.integration.people import a_browser, an_account, sign_in, somebody

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@pytest.fixture
def taina(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.TRAINER, name="taina")


def collection_of(browser: TestClient, name: str, about: str = "") -> str:
    made = browser.post("/collections", data={"name": name, "about": about})
    assert made.status_code == 303, made.text
    return made.headers["location"]


def test_a_note_stands_at_its_moment_with_who_wrote_it_and_only_that_person_removes_it(
    vaiti: Vaiti, push: Push, taina: TestClient
) -> None:
    call, aino = push(), somebody(vaiti, Role.QA, name="aino")
    assert taina.post(f"/calls/{call.id}/notes", data={"text": "hyvä lopetus", "at": "2.5"}).status_code == 303
    assert taina.post(f"/calls/{call.id}/notes", data={"text": "koko puhelu on hyvä"}).status_code == 303
    page = aino.get(f"/calls/{call.id}").text
    assert page.index("koko puhelu on hyvä") < page.index("hyvä lopetus")
    assert 'data-start="2.5"' in page
    assert "taina" in page
    whole, moment = vaiti.annotate.notes(SYSTEM, call.id)
    assert (whole.at, moment.at) == (None, 2.5)
    assert aino.post(f"/calls/{call.id}/notes/{moment.id}/remove").status_code == 404
    assert aino.delete(f"/api/v1/recordings/{call.id}/notes/{moment.id}").status_code == 404
    assert taina.post(f"/calls/{call.id}/notes/{moment.id}/remove").status_code == 303
    assert vaiti.annotate.notes(SYSTEM, call.id) == [whole]


def test_a_moment_after_the_end_of_the_call_is_none(vaiti: Vaiti, push: Push, taina: TestClient) -> None:
    call = push()
    assert taina.post(f"/calls/{call.id}/notes", data={"text": "hyvä", "at": "6.5"}).status_code == 422
    late = taina.post(f"/api/v1/recordings/{call.id}/notes", json={"text": "hyvä", "at": 6.5})
    assert late.json()["problems"] == [{"field": "at", "rule": "within_the_call"}]
    assert vaiti.annotate.notes(SYSTEM, call.id) == []


@pytest.mark.parametrize("text", ["soita numeroon 0401234567", "syntynyt 13.10.1952", "maija@example.fi"])
def test_a_note_that_may_name_somebody_is_refused_and_repeated_nowhere(
    vaiti: Vaiti, push: Push, taina: TestClient, text: str
) -> None:
    call = push()
    for path, field in (("notes", "text"), ("tags", "add")):
        refused = taina.post(f"/calls/{call.id}/{path}", data={field: text})
        assert refused.status_code == 422
        assert text not in refused.text
    assert taina.post("/collections", data={"name": text}).status_code == 422
    assert vaiti.annotate.notes(SYSTEM, call.id) == []
    assert vaiti.collect.list(SYSTEM) == []


def test_a_tag_is_given_narrows_a_search_and_is_taken_back(vaiti: Vaiti, push: Push, taina: TestClient) -> None:
    call, other = push(), push(call_id="other")
    assert taina.post(f"/calls/{call.id}/tags", data={"add": "  Hyvä  Lopetus "}).status_code == 303
    assert taina.post(f"/calls/{call.id}/tags", data={"add": "x"}).status_code == 422
    form = {"query": "Energiayhtiöstä", "tag": "hyvä lopetus"}
    found = taina.get(taina.post("/", data=form).headers["location"]).text
    assert call.id in found
    assert other.id not in found
    assert taina.post(f"/calls/{call.id}/tags", data={"remove": "hyvä lopetus"}).status_code == 303
    assert vaiti.tags.counts(SYSTEM) == {}


def test_a_stretch_goes_into_a_collection_and_out_of_it(vaiti: Vaiti, push: Push, taina: TestClient) -> None:
    call, place = push(), collection_of(taina, "Hyviä lopetuksia", "näin puhelu päättyy")
    name = place.rpartition("/")[2]
    form = {"collection": name, "start": "1.0", "end": "3.2"}
    assert taina.post(f"/calls/{call.id}/collect", data=form).headers["location"] == place
    page = taina.get(place).text
    assert f"/calls/{call.id}#t=1.0" in page
    assert "0:01-0:04" in page
    assert taina.post("/collections", data={"name": "Hyviä lopetuksia"}).status_code == 409
    assert taina.post(place, data={"name": "Lopetuksia"}).status_code == 303
    assert "Lopetuksia" in taina.get("/collections").text
    assert taina.post(f"{place}/calls/{call.id}/drop").status_code == 303
    assert call.id not in taina.get(place).text
    assert taina.post(f"{place}/remove").status_code == 303
    assert taina.get(place).status_code == 404


def test_all_of_it_dies_with_the_call(vaiti: Vaiti, push: Push, taina: TestClient, clock: MovedClock) -> None:
    call, place = push(), collection_of(taina, "Hyviä lopetuksia")
    taina.post(f"/calls/{call.id}/notes", data={"text": "hyvä lopetus"})
    taina.post(f"/calls/{call.id}/tags", data={"add": "lopetus"})
    taina.post(f"/calls/{call.id}/collect", data={"collection": place.rpartition("/")[2]})
    clock.at += timedelta(days=366)
    vaiti.purge_due(clock.at)
    taina = sign_in(a_browser(vaiti), "taina", promise=False)
    assert call.id not in taina.get(place).text
    assert vaiti.tags.counts(SYSTEM) == {}
    assert vaiti.collect.list(SYSTEM)[0].count == 0


def test_what_is_anothers_is_not_there(vaiti: Vaiti, push: Push, taina: TestClient) -> None:
    foreign, call = push(call_id="l-1", controller="lahti"), push()
    an_account(vaiti, "lahtelainen", Role.TRAINER, controllers=("lahti",))
    other = sign_in(a_browser(vaiti), "lahtelainen")
    place = collection_of(taina, "Meidän")
    name = place.rpartition("/")[2]
    assert other.get(place).status_code == 404
    assert other.post(f"{place}/remove").status_code == 404
    assert other.post(f"/calls/{call.id}/notes", data={"text": "hei"}).status_code == 404
    assert other.post(f"/calls/{call.id}/tags", data={"add": "hei"}).status_code == 404
    assert taina.post(f"/calls/{foreign.id}/collect", data={"collection": name}).status_code == 404
    assert "Meidän" not in other.get("/collections").text


def test_a_search_is_saved_asked_again_and_removed_by_its_owner_alone(
    vaiti: Vaiti, push: Push, taina: TestClient
) -> None:
    call, aino = push(), somebody(vaiti, Role.QA, name="aino")
    form = {
        "query": "Energiayhtiöstä",
        "since": "2026-02-01",
        "until": "2026-03-01",
        "shortest": "0.05",
        "kind": "service",
    }
    found = taina.post("/", data=form).headers["location"]
    assert taina.post(f"{found}/save", data={"called": "alut"}).status_code == 303
    assert taina.post(f"{found}/save", data={"called": "alut"}).status_code == 409
    assert aino.post(f"{found}/save", data={"called": "alut"}).status_code == 404
    (saved,) = [each for person in vaiti.people.list() for each in vaiti.keep_searches.list(person.actor)]
    home = taina.get("/").text
    listed = home[home.index('class="saved"') :]
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', listed[: listed.index("</form>")]))
    assert again == form
    assert call.id in taina.get(taina.post("/", data=again).headers["location"]).text
    assert "alut" not in aino.get("/").text
    assert aino.post(f"/searches/{saved.id}/remove").status_code == 404
    assert taina.post(f"/searches/{saved.id}/remove").status_code == 303
    assert "alut" not in taina.get("/").text


@pytest.mark.browser
def test_in_the_browser_a_note_is_written_at_the_playing_moment(
    call: Recording, open_browser: Callable[..., Any], vaiti: Vaiti
) -> None:
    page = open_browser(name="taina", roles=[Role.TRAINER])
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    page.get_by_role("button", name="Toista kohdasta 0:03").click()
    wait_for(page, "document.getElementById('note-clock').textContent === '0:03'")
    page.get_by_role("button", name="Tauko", exact=True).click()
    page.get_by_label("Uusi muistiinpano").fill("tässä kysytään hyvin")
    page.get_by_role("button", name="Kirjoita").click()
    page.get_by_text("tässä kysytään hyvin").wait_for()
    (note,) = vaiti.annotate.notes(SYSTEM, call.id)
    assert note.at is not None
    assert 2.9 <= note.at < 4.5


@pytest.mark.browser
def test_in_the_browser_marked_words_go_into_a_collection_as_a_stretch(
    call: Recording, open_browser: Callable[..., Any], vaiti: Vaiti
) -> None:
    vaiti.collect.make("kuopio", "Hyviä", actor="test")
    page = open_browser(name="taina", roles=[Role.TRAINER])
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    page.get_by_text("kiitos", exact=True).evaluate(
        "word => { const range = document.createRange(); range.selectNodeContents(word);"
        " const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"
    )
    wait_for(page, "/^0:0/.test(document.getElementById('collect-what').textContent)")
    page.locator("#collect button").click()
    page.wait_for_url("**/collections/*")
    (collection,) = vaiti.collect.list(SYSTEM)
    ((item, _),) = vaiti.collect.open(SYSTEM, collection.id)[1]
    assert item.start is not None
    assert item.start > 3

"""The pages in a real browser (Debian's Chromium), with real FLAC: sign in, search, go through the hits, sign out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.web.found import KEPT_FOR
from storage.records import Recording
from tests.integration.browser import wait_for
from tests.integration.fakes import MovedClock, a_call, said
from tests.integration.people import PASSWORD, an_account

pytestmark = pytest.mark.browser

NOTE_LIT_WORDS = """() => {
  window.seen = [];
  const note = (changes) => changes.forEach(({target}) => {
    if (target.classList.contains("lit")) window.seen.push(target.textContent);
  });
  new MutationObserver(note).observe(document.body, {subtree: true, attributeFilter: ["class"]});
}"""
# A word is lit for 300 ms, and a busy machine asks less often than that.


def search_for(page: Any, words: str) -> None:
    page.get_by_label("Hae puhutuista sanoista").fill(words)
    page.get_by_role("button", name="Hae").click()
    page.wait_for_url("**/found/*")


def test_a_person_signs_in_promises_and_signs_out_again(chromium: Any, live: str, vaiti: Vaiti) -> None:
    an_account(vaiti, "bertta", Role.QA)
    context = chromium.new_context(locale="fi-FI", base_url=live)
    page = context.new_page()
    page.goto("/")
    assert page.url.endswith("/sign-in")
    page.get_by_label("Käyttäjänimi").fill("bertta")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()
    page.get_by_role("button", name="Sitoudun tähän").click()
    page.wait_for_url(live + "/")
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url(live + "/sign-in")
    page.goto("/")
    assert page.url.endswith("/sign-in")
    context.close()


def test_after_signing_out_the_way_back_shows_nothing_of_a_call(call: Recording, page: Any) -> None:
    page.goto(f"/calls/{call.id}")
    assert page.get_by_text("kiitos", exact=True).is_visible()
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url("**/sign-in")
    page.go_back()
    page.wait_for_load_state()
    assert page.url.endswith("/sign-in")
    assert "kiitos" not in page.content()
    answer = page.request.get(f"/api/v1/recordings/{call.id}/audio", max_redirects=0)
    assert answer.status == 401


def test_a_reader_searches_listens_and_sees_the_word_that_is_played(call: Recording, page: Any) -> None:
    search_for(page, "tunnus")
    assert "tunnus" not in page.url  # no word of the search is in the address
    page.get_by_role("link", name="1.3.2026 klo 10.00").click()
    page.wait_for_url(f"**/calls/{call.id}?found=*")
    assert "tunnus" not in page.url
    wait_for(page, "document.getElementById('sound')?.readyState >= 1")
    assert abs(page.evaluate("document.getElementById('sound').duration") - 8) < 0.01
    page.evaluate(NOTE_LIT_WORDS)
    page.get_by_text("kiitos", exact=True).click()
    wait_for(page, "window.seen.includes('kiitos')")
    assert page.evaluate("document.getElementById('sound').currentTime") >= 4.2
    content = page.content()
    assert "131052" not in content
    assert "salainen tunnus" in content
    assert "1.3.2027 klo 10.00" in content
    assert "kokeilumalli" in content


def test_a_time_is_reached_and_played_by_keyboard(call: Recording, page: Any) -> None:
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('sound')?.readyState >= 1")
    page.get_by_role("button", name="Toista kohdasta 0:03").press("Enter")
    wait_for(page, "document.getElementById('sound').currentTime >= 3")


def test_a_hit_opens_at_its_turn(call: Recording, page: Any) -> None:
    page.goto(f"/calls/{call.id}#t=3.0")
    wait_for(page, "document.getElementById('sound').currentTime === 3")


def test_the_hits_follow_each_other_and_lead_back_to_their_list(
    call: Recording, page: Any, push: Callable[..., Recording]
) -> None:
    older = push(a_call(8, seed=2), call_id="pbx-0002", started_at="2026-02-28T09:00:00+02:00")
    search_for(page, "tunnus")
    links = page.locator("a.whole")
    assert links.count() == 2
    links.first.click()
    page.wait_for_url(f"**/calls/{call.id}?found=*")
    assert page.get_by_text("Osuma 1 / 2").is_visible()
    assert page.get_by_role("link", name="Edellinen osuma").count() == 0
    page.get_by_role("link", name="Seuraava osuma").click()
    page.wait_for_url(f"**/calls/{older.id}?found=*")
    wait_for(page, "document.getElementById('sound').currentTime === 3")
    assert page.locator(".turn.hit").inner_text().endswith("salainen tunnus kiitos")
    page.keyboard.press("p")
    page.wait_for_url(f"**/calls/{call.id}?found=*")
    page.get_by_role("link", name="Hakutulokset").click()
    page.wait_for_url("**/found/*")
    assert page.get_by_label("Hae puhutuista sanoista").input_value() == "tunnus"


def test_a_search_is_forgotten_after_a_while_and_the_page_says_so(
    call: Recording, api: TestClient, clock: MovedClock
) -> None:
    api.headers["Accept-Language"] = "fi"
    found = api.post("/", data={"query": "tunnus"})
    assert call.id in found.text
    clock.at += KEPT_FOR + timedelta(seconds=1)
    again = api.get(found.url)
    assert again.status_code == 404
    assert "Tätä hakua ei enää muisteta. Hae uudelleen." in again.text
    alone = api.get(f"/calls/{call.id}", params={"found": found.url.path.rpartition("/")[2], "hit": 0})
    assert "Osuma" not in alone.text
    assert "Kaikki puhelut" in alone.text


def test_all_hits_of_a_search_can_be_walked_through_page_by_page(
    push: Callable[..., Recording], api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once, newest call first; from a later page's hit too there is a way to the ones beside it."""
    monkeypatch.setattr("recordings.web.calls.MOST_HITS", 2)
    calls = [push(a_call(seed=n), call_id=f"c-{n}", started_at=f"2026-02-0{n + 1}T09:00:00+02:00") for n in range(5)]
    first = api.post("/", data={"query": "tunnus"})
    pages = [first.text, api.get(f"{first.url}?page=1", headers={"HX-Request": "true"}).text]
    pages.append(api.get(f"{first.url}?page=2").text)
    shown = [found for page in pages for found in re.findall(r"/calls/([0-9a-f]{32})[?]", page)]
    assert shown == [each.id for each in reversed(calls)]
    assert "<html" not in pages[1]
    assert "page=3" not in pages[2]
    last = re.search(r'href="(/calls/[^"#]+)', pages[2])
    assert last
    assert f"/calls/{calls[1].id}?found=" in api.get(last[1].replace("&amp;", "&")).text
    assert api.get(f"{first.url}?page=4").status_code == 404


def test_what_is_not_there_is_said_calmly(page: Any, push: Callable[..., Recording]) -> None:
    assert page.get_by_text("Täällä ei ole vielä yhtään puhelua.").is_visible()
    waiting = push(work=False)
    page.goto("/")
    assert page.get_by_text("Odottaa litterointia").is_visible()
    search_for(page, "vaalipuhe")
    assert page.get_by_text("Yksikään puhelu ei vastaa hakua.").is_visible()
    assert waiting.id not in page.content()
    search_for(page, "...")
    assert page.get_by_text("Kirjoita ainakin yksi sana.").is_visible()


def test_older_calls_come_in_their_place_under_their_days(
    page: Any, push: Callable[..., Recording], monkeypatch: pytest.MonkeyPatch, playback: Any
) -> None:
    monkeypatch.setattr("recordings.web.calls.NEWEST", 2)
    playback.words = said("hei")
    for number, started in enumerate(["01T10", "01T11", "01T12", "01T13", "02T08"]):
        push(work=False, call_id=f"pbx-{number}", started_at=f"2026-03-{started}:00:00+02:00")
    page.goto("/")
    assert page.locator("h2.day").all_inner_texts() == ["Tänään 2.3.2026", "Eilen 1.3.2026"]
    page.get_by_role("link", name="Näytä vanhempia").click()
    wait_for(page, "document.querySelectorAll('.rows > li').length === 4")
    assert page.locator("h2.day").count() == 2  # the same day goes on without another heading
    page.get_by_role("link", name="Näytä vanhempia").click()
    wait_for(page, "document.querySelectorAll('.rows > li').length === 5")
    assert page.get_by_role("link", name="Näytä vanhempia").count() == 0
    hours = page.locator(".rows > li > .numbers:first-child").all_inner_texts()
    assert hours == ["8.00", "13.00", "12.00", "11.00", "10.00"]

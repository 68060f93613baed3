"""Searching over HTTP: filters, pages, counts, saved searches; no word of it in an address, a log or the audit log."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.api.search_schemas import AskedIn
from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.ready_made import READY_MADE
from storage.records import Recording, Scope
from storage.sql.query import parse
from tests.integration.fakes import Playback, a_call, said
from tests.integration.people import an_account
from workers.schedule import Schedule

Push = Callable[..., Recording]


@pytest.fixture
def calls(push: Push, playback: Playback) -> list[Recording]:
    """Three calls of one day, the newest last: an hour apart."""
    found = []
    for hour, text in ((8, "Sain kaksi laskua"), (9, "Lasku on maksettu"), (10, "Peruutan sopimuksen laskun takia")):
        playback.words = said(text)
        facts = {"queue": f"q{hour}", "direction": "inbound" if hour < 10 else "outbound"}
        facts |= {"call_id": str(hour), "started_at": f"2026-03-01T{hour:02}:00:00+02:00"}
        found.append(push(a_call(2.0, seed=hour), **facts))
    return found


def asked(api: TestClient, **body: Any) -> list[str]:
    answer = api.post("/api/v1/search", json=body)
    assert answer.status_code == 200
    return [hit["recording"]["id"] for hit in answer.json()["hits"]]


def test_a_hit_has_its_turn_its_time_and_the_words_that_were_found(api: TestClient, calls: list[Recording]) -> None:
    (hit,) = api.post("/api/v1/search", json={"query": '"kaksi lasku"'}).json()["hits"]
    text = hit["turn"]["text"]
    assert [text[first:end] for first, end in hit["found"]] == ["kaksi laskua"]
    assert hit["turn"]["start"] == 0.5
    assert hit["recording"]["id"] == calls[0].id


def test_a_search_is_narrowed(api: TestClient, calls: list[Recording]) -> None:
    first, second, third = (call.id for call in calls)
    assert asked(api, query="lasku") == [third, second, first]
    assert asked(api, query="lasku", queue="q9") == [second]
    assert asked(api, query="lasku", direction="outbound") == [third]
    assert asked(api, query="lasku", language="sv") == []
    assert asked(api, query="lasku", min_seconds=1, max_seconds=3) == [third, second, first]
    assert asked(api, query="lasku", min_seconds=3) == []
    assert asked(api, query="lasku", masked=["IBAN_CODE"]) == []
    assert asked(api, query="lasku", since="2026-03-01T07:00:00Z", until="2026-03-01T08:00:00Z") == [second]
    assert asked(api, query="lasku -maksaa -peruuttaa") == [first]
    assert asked(api, query="maksaa/peruuttaa") == [third, second]


def test_pages_follow_one_another(api: TestClient, calls: list[Recording]) -> None:
    found, after = [], None
    while True:
        page = api.post("/api/v1/search", json={"query": "lasku", "limit": 2, "after": after}).json()
        found += [hit["recording"]["id"] for hit in page["hits"]]
        after = page["next"]
        if after is None:
            break
    assert found == [call.id for call in reversed(calls)]


def test_hits_are_counted_apart(api: TestClient, calls: list[Recording]) -> None:
    answer = api.post("/api/v1/search/count", json={"query": "lasku", "queue": "q8"})
    assert answer.json() == {"calls": 1, "more": False, "unread": 0}
    assert api.post("/api/v1/search/count", json={"query": "-lasku"}).status_code == 422


@pytest.mark.parametrize("where", ["search", "search/count"])
def test_calls_are_not_searched_by_agent_before_the_procedure_is_held(api: TestClient, where: str) -> None:
    answer = api.post(f"/api/v1/{where}", json={"query": "lasku", "agent": "a-17"})
    assert (answer.status_code, answer.json()["slug"]) == (403, "agent-filter-off")


class TestAfterTheProcedure:
    """The same service, with the day in its controllers file."""

    @pytest.fixture
    def controllers_file(self, settings: Any) -> Path:
        path: Path = settings.controllers
        text = path.read_text(encoding="utf-8").replace('Oy"\n', 'Oy"\ncooperation_procedure_on = 2026-01-15\n', 2)
        path.write_text(text, encoding="utf-8")
        return path

    def test_calls_are_searched_by_agent(self, controllers_file: Path, api: TestClient, calls: list[Recording]) -> None:
        assert asked(api, query="lasku", agent="nobody") == []


def test_a_person_saves_lists_and_removes_searches(api: TestClient, vaiti: Vaiti) -> None:
    body = {"name": "Laskut", "search": {"query": "lasku -maksettu", "queue": "q9", "masked": ["IBAN_CODE"]}}
    saved = api.post("/api/v1/searches", json=body)
    assert saved.status_code == 201
    (own,) = api.get("/api/v1/searches").json()["own"]
    assert (own["name"], own["search"]) == (body["name"], body["search"])
    again = api.post("/api/v1/searches", json=body)
    assert (again.status_code, again.json()["slug"]) == (409, "search-not-kept")
    assert vaiti.keep_searches.list("somebody-else") == []
    assert api.delete(f"/api/v1/searches/{own['id']}").status_code == 204
    assert api.delete(f"/api/v1/searches/{own['id']}").status_code == 404


def test_what_a_person_saved_goes_with_the_account(api: TestClient, vaiti: Vaiti) -> None:
    for name in ("a", "b"):
        vaiti.keep_searches.save(name, {"query": "lasku"}, actor="mari")
    vaiti.keep_searches.save("a", {"query": "lasku"}, actor="olli")
    assert vaiti.keep_searches.forget_person("mari") == 2
    assert vaiti.keep_searches.list("mari") == []
    assert len(vaiti.keep_searches.list("olli")) == 1


def test_a_saved_search_is_a_search_and_nothing_else(api: TestClient) -> None:
    for search in ({"query": ""}, {"query": "a", "limit": 3}, {"query": "a", "masked": ["person"]}, {}):
        answer = api.post("/api/v1/searches", json={"name": "x", "search": search})
        assert answer.status_code == 422


def test_ready_made_searches_find_what_they_are_for(
    api: TestClient, push: Push, playback: Playback, calls: list[Recording]
) -> None:
    ready = {each["slug"]: each for each in api.get("/api/v1/searches").json()["ready_made"]}
    assert len(ready) == len(READY_MADE)
    for each in ready.values():
        assert set(each["names"]) == {"fi", "sv", "en"}
        AskedIn.model_validate(each["search"])
        assert parse(each["search"]["query"]).terms
    query = ready["telesales-cancellation"]["search"]["query"]
    assert asked(api, query=query) == [calls[2].id]


def test_no_word_of_a_search_is_in_a_log_or_the_audit_log(
    api: TestClient, vaiti: Vaiti, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    word = "qxzvtermi"
    for where, body in (
        ("search", {"query": word}),
        ("search/count", {"query": word}),
        ("search", {"query": word, "x": 1}),
    ):
        api.post(f"/api/v1/{where}", json=body)
    api.post("/api/v1/searches", json={"name": word, "search": {"query": word}})
    entries = [entry.detail for entry in vaiti.audit.list(Scope.system())]
    told = capfd.readouterr()
    for text in (caplog.text, told.out, told.err, json.dumps([dict(each) for each in entries])):
        assert word not in text


def test_the_page_marks_what_was_found_and_narrows(api: TestClient, calls: list[Recording]) -> None:
    page = api.post("/", data={"query": "laskut", "direction": "outbound"}).text
    assert "<mark>laskun</mark>" in page
    assert page.count('class="hit"') == 1
    assert 'value="outbound" selected' in page
    everything = {"query": "lasku", "since": "x", "until": "9999-12-31", "shortest": "-", "language": "klingon"}
    assert api.post("/", data=everything).text.count('class="hit"') == len(calls)


def test_the_page_narrows_by_what_was_masked_and_by_agent_once_that_is_allowed(
    api: TestClient, calls: list[Recording]
) -> None:
    assert api.post("/", data={"query": "lasku", "masked": "IBAN_CODE"}).text.count('class="hit"') == 0
    assert api.post("/", data={"query": "lasku", "masked": "SHOE_SIZE"}).text.count('class="hit"') == len(calls)
    assert 'name="agent"' not in api.get("/").text  # before the co-operation procedure
    assert 'class="hit"' not in api.post("/", data={"query": "lasku", "agent": "a-1"}).text


def test_searches_that_are_ready_made_stand_on_the_page(api: TestClient, calls: list[Recording]) -> None:
    page = api.get("/", headers={"Accept-Language": "fi"}).text
    assert "Puhelinmyynti: hinta" in page


def test_a_persons_saved_searches_go_with_the_account(vaiti: Vaiti) -> None:
    account = an_account(vaiti, "aino", Role.QA)
    vaiti.keep_searches.save("Laskut", {"query": "lasku"}, actor=account.actor)
    vaiti.keep_searches.save("Muut", {"query": "sopimus"}, actor="other")
    vaiti.keep_people.disable(vaiti.controllers.scope, account, actor="admin")
    assert vaiti.keep_searches.list(account.actor) == []
    assert len(vaiti.keep_searches.list("other")) == 1


def test_an_older_index_is_made_anew_beside_the_work(
    vaiti: Vaiti, api: TestClient, calls: list[Recording], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sql.search.edition", lambda: "other")
    assert api.post("/api/v1/search/count", json={"query": "lasku"}).json()["unread"] == len(calls)
    Schedule(vaiti, stop=Event()).run_once()
    assert api.post("/api/v1/search/count", json={"query": "lasku"}).json()["unread"] == 0
    assert len(asked(api, query="laskut")) == len(calls)

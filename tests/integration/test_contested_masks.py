"""Somebody says that a mask hides nothing personal; the officer clears it or lets it stay, on real stores."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.records import Recording, Scope, Stage
from tests.integration.people import somebody
from tests.integration.test_work_pages import work

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@pytest.fixture
def aino(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.QA, name="aino")


@pytest.fixture
def officer(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.PRIVACY_OFFICER, name="orvokki")


def first_mask(page: str) -> str:
    """Where the first mask that can be contested begins, as the page of a call says it."""
    found = re.search(r'/contest" method="post"><input type="hidden" name="start" value="([0-9.]+)"', page)
    assert found
    return found[1]


def contested(vaiti: Vaiti, call: Recording, who: TestClient) -> str:
    start = first_mask(who.get(f"/calls/{call.id}").text)
    assert who.post(f"/calls/{call.id}/contest", data={"start": start}).status_code == 200
    return start


def test_what_was_masked_for_nothing_is_cleared_by_the_officer_and_heard_again(
    vaiti: Vaiti, push: Push, aino: TestClient, officer: TestClient
) -> None:
    call = push()
    before = vaiti.catalog.get(SYSTEM, call.id)
    contested(vaiti, call, aino)
    assert vaiti.catalog.get(SYSTEM, call.id) == before  # nobody's copy changes by a word of a listener's
    assert f"/waiting/{call.id}" in officer.get("/waiting").text
    assert f"/waiting/{call.id}" not in aino.get("/waiting").text
    assert officer.get(f"/waiting/{call.id}").status_code == 200
    assert officer.post(f"/waiting/{call.id}", data={"verb": "clear", "number": "1"}).status_code in {200, 303}
    assert work(vaiti, call).stage is Stage.PUBLISHED
    assert vaiti.catalog.get(SYSTEM, call.id).seconds_masked == 0
    assert f"/waiting/{call.id}/keep" not in officer.get("/waiting").text


def test_a_mask_that_stays_leaves_the_list_and_the_log_says_who_decided(
    vaiti: Vaiti, push: Push, aino: TestClient, officer: TestClient
) -> None:
    call = push()
    contested(vaiti, call, aino)
    contested(vaiti, call, aino)  # said twice it is one
    assert len(vaiti.contested.list(SYSTEM, limit=10)) == 1
    officer.post(f"/waiting/{call.id}/keep")
    assert not vaiti.contested.list(SYSTEM, limit=10)
    actions = [each.action for each in vaiti.audit.list(SYSTEM, recording=call.id)]
    assert actions.count("mask.contested") == actions.count("mask.kept") == 1


def test_only_a_mask_can_be_contested(vaiti: Vaiti, push: Push, aino: TestClient) -> None:
    call = push()
    assert aino.post(f"/calls/{call.id}/contest", data={"start": "0.0"}).status_code == 422
    assert aino.post(f"/calls/{'0' * 32}/contest", data={"start": "0.0"}).status_code == 404
    assert not vaiti.contested.list(SYSTEM, limit=10)


def test_what_was_said_of_a_call_goes_with_it(vaiti: Vaiti, push: Push, aino: TestClient) -> None:
    call = push()
    contested(vaiti, call, aino)
    vaiti.purge(call.id, reason="retention")
    assert not vaiti.contested.list(SYSTEM, limit=10)
    assert vaiti.catalog.knows(call.id) == 0

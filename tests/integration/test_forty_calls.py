"""A person with forty calls over a year in three kinds: her pack is whole, and nothing of anybody else is in it."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.steps.access import AccessRequest, Purpose
from storage.records import CustomerId, Recording
from tests.integration.fakes import Playback, a_call, said
from tests.integration.test_holds import PASSPHRASE, customer_of
from tests.integration.test_objections import stating

Push = Callable[..., Recording]
KINDS = ("service", "direct-marketing", "other")
FIRST = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)
CALLS = 40
PHONE = {"type": "phone", "value": "040 123 4567"}
NUMBER = {"type": "customer_number", "value": "77001"}
OTHERS = "kanarialintu"
# What is said in calls of other persons and other registers: in no file of hers.


@pytest.fixture
def settings(home: Path) -> Settings:
    lines = stating().replace('service = "P90D"', 'service = "P2Y"')
    (home / "controllers.toml").write_text(lines, encoding="utf-8")
    return Settings(data=home / "data", controllers=home / "controllers.toml")


def test_forty_calls_of_a_year_in_three_kinds_come_whole_and_with_nobody_elses(
    push: Push, api: TestClient, vaiti: Vaiti, playback: Playback
) -> None:
    mine: dict[str, tuple[bytes, int]] = {}
    for number in range(CALLS):
        started = FIRST + timedelta(days=9 * number)
        mark = f"oma{number:02d}"
        playback.words = [*said(f"hei {mark}"), *said("asiakas puhuu", start=1.5, channel=1)]
        sound = a_call(1.0 + number / 40, seed=number)
        who = [[PHONE], [NUMBER], [PHONE, NUMBER]][number % 3]
        call = push(
            sound,
            work=number % 7 != 6,  # some are not masked yet, and hers all the same
            call_id=f"c-{number}",
            kind=KINDS[number % 3],
            customer=who,
            started_at=started.isoformat(),
        )
        mine[call.id] = (sound, number)
    playback.words = said(OTHERS)
    theirs = [
        push(a_call(seed=100), call_id="theirs", customer=[{"type": "phone", "value": "0409876543"}], queue=OTHERS),
        push(a_call(seed=101), controller="lahti", call_id="c-0", customer=[PHONE, NUMBER], queue=OTHERS),
    ]
    assert api.patch(f"/api/v1/recordings/{next(iter(mine))}/facts", json={"satisfaction": 4}).status_code == 200
    told: list[tuple[int, int]] = []
    out = io.BytesIO()
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        purpose=Purpose.ACCESS_REQUEST,
        case="2026-7",
        actor="officer-1",
        passphrase=PASSPHRASE,
        customer=CustomerId(customer_of(api)),
    )
    manifest = vaiti.access(request, out, lambda done, of: told.append((done, of)))
    assert told == [(number, CALLS) for number in range(1, CALLS + 1)]
    with pyzipper.AESZipFile(out) as archive:
        archive.setpassword(PASSPHRASE.encode())
        files = {name: archive.read(name) for name in archive.namelist()}
    assert [each["recording"] for each in manifest["calls"]] == [*mine]
    assert {each["kind"] for each in manifest["calls"]} == set(KINDS)
    for place, (own, (sound, number)) in enumerate(mine.items(), start=1):
        assert files[f"{place:03d}/audio.wav"] == sound, own
        if number % 7 != 6:
            assert f"oma{number:02d}" in files[f"{place:03d}/transcript.txt"].decode()
    assert json.loads(files["001/call.json"])["satisfaction"] == 4
    for each in [*manifest["calls"], {"files": [manifest["letter"]]}]:
        for file in each["files"]:
            content = files[file["name"]]
            assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    letter = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["letter.pdf"])).pages)
    foreign = (OTHERS, "Lahti Energia", "0409876543", *(each.id for each in theirs))
    for text in foreign:
        assert text not in letter
        assert not [name for name, content in files.items() if text.encode() in content], text
    sounds = {hashlib.sha256(content).hexdigest() for content in files.values()}
    assert not sounds & {hashlib.sha256(a_call(seed=seed)).hexdigest() for seed in (100, 101)}

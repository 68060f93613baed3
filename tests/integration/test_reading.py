"""What staff can reach over HTTP: the masked copy of published recordings, while their time lasts, and nothing else."""

import io
import json
import wave
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from redaction.interchange import plan_from_dict
from redaction.mask_samples import window_frames
from storage import receipts
from storage.records import Item, Recording, Scope, Stage
from tests.integration.fakes import MovedClock, Playback, a_call, said

AUDIO = a_call()
PASSPHRASE = "a passphrase that is long"


def samples(content: bytes) -> np.ndarray[Any, Any]:
    with wave.open(io.BytesIO(content)) as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), dtype=np.int16).reshape(-1, sound.getnchannels())


def test_the_masked_sound_is_the_original_but_for_the_cut_windows(
    push: Callable[..., Recording], api: TestClient
) -> None:
    recording = push(AUDIO)
    answer = api.get(f"/api/v1/recordings/{recording.id}/audio")
    masked, original = samples(answer.content), samples(AUDIO)
    assert masked.shape == original.shape
    cut = (masked != original).any(axis=1)
    tone = np.isin(masked, (1000, -1000)).all(axis=1)
    assert cut.any()
    assert (cut == tone).all()
    assert abs(cut.sum() / 8000 - (recording.seconds_masked or 0)) < 0.001
    assert answer.headers["Content-Type"] == "audio/flac"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_every_word_that_is_found_lies_in_a_cut_window(push: Callable[..., Recording], vaiti: Vaiti) -> None:
    recording = push(AUDIO)
    plan = plan_from_dict(vaiti.view.read_plan(Scope.system(), recording.id))
    first, last = window_frames(plan.windows[0], 8000)
    assert first <= 2.3 * 8000
    assert last >= 2.6 * 8000


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-99", 206, (0, 100)),
        ("bytes=100-", 206, (100, None)),
        ("bytes=-50", 206, (-50, None)),
        ("bytes=65530-65545", 206, (65530, 65546)),
        ("bytes=0-99999999", 206, (0, None)),
        ("bytes=5-2", 200, (0, None)),
        ("bytes=0-1,5-6", 200, (0, None)),
        ("lines=1-2", 200, (0, None)),
        ("bytes=-", 200, (0, None)),
    ],
)
def test_a_range_of_the_sound(
    push: Callable[..., Recording], api: TestClient, *, asked: str, status: int, span: tuple[int, int | None]
) -> None:
    place = f"/api/v1/recordings/{push(AUDIO).id}/audio"
    whole = api.get(place).content
    answer = api.get(place, headers={"Range": asked})
    assert answer.status_code == status
    assert answer.content == whole[slice(*span)]
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    if status == 206:
        start, end, _ = slice(*span).indices(len(whole))
        assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole)}"


def test_a_range_past_the_end_is_416_with_the_size(push: Callable[..., Recording], api: TestClient) -> None:
    place = f"/api/v1/recordings/{push(AUDIO).id}/audio"
    size = len(api.get(place).content)
    for asked in (f"bytes={size}-", "bytes=-0"):
        answer = api.get(place, headers={"Range": asked})
        assert (answer.status_code, answer.json()["slug"]) == (416, "range-unsatisfiable")
        assert answer.headers["Content-Range"] == f"bytes */{size}"


def test_head_tells_the_size_and_sends_nothing(push: Callable[..., Recording], api: TestClient) -> None:
    place = f"/api/v1/recordings/{push(AUDIO).id}/audio"
    answer = api.head(place)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(api.get(place).content)
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_the_masked_words_and_the_search_hold_no_value(push: Callable[..., Recording], api: TestClient) -> None:
    recording = push(AUDIO)
    words = api.get(f"/api/v1/recordings/{recording.id}/transcript")
    assert [each["text"] for each in words.json()["words"]][2:] == ["tunnus", "on", "[SECRET]", "kiitos"]
    hits = api.post("/api/v1/search", json={"query": "tunnus"}).json()["hits"]
    assert [(each["recording"]["id"], each["turn"]["text"]) for each in hits] == [
        (recording.id, "tunnus on [SECRET] kiitos")
    ]
    assert "131052" not in words.text
    assert api.post("/api/v1/search", json={"query": "131052-308T"}).json()["hits"] == []
    assert api.post("/api/v1/search", json={"query": " ... "}).json()["slug"] == "request-invalid"


def test_a_customer_is_found_by_any_way_of_writing_the_phone(push: Callable[..., Recording], api: TestClient) -> None:
    recording = push(AUDIO)
    asked = {"controller": "kuopio", "type": "phone", "value": "+358 40 1234567"}
    customer = api.post("/api/v1/customers/find", json=asked).json()["customer"]
    found = api.get(f"/api/v1/customers/{customer}/recordings").json()["recordings"]
    assert [each["id"] for each in found] == [recording.id]
    other = api.post("/api/v1/customers/find", json={**asked, "controller": "lahti"})
    assert (other.status_code, other.json()["slug"]) == (404, "not-found")


@pytest.mark.parametrize("stage", ["received", "transcribed", "planned", "masked"])
def test_nothing_unpublished_can_be_seen_or_heard(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient, stage: str
) -> None:
    recording = push(AUDIO, work=False)
    while recording.stage != stage:
        recording = vaiti.advance(recording)
    for what in ("audio", "transcript"):
        answer = api.get(f"/api/v1/recordings/{recording.id}/{what}")
        assert (answer.status_code, answer.json()["slug"]) == (409, "not-published")
    assert api.post("/api/v1/search", json={"query": "tunnus"}).json()["hits"] == []


def test_at_delete_at_a_recording_is_out_of_reach_before_its_purge(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient, clock: MovedClock
) -> None:
    recording = push(AUDIO)
    asked = {"controller": "kuopio", "type": "phone", "value": "0401234567"}
    customer = api.post("/api/v1/customers/find", json=asked).json()["customer"]
    clock.at = recording.delete_at - timedelta(seconds=1)
    assert api.get(f"/api/v1/recordings/{recording.id}/audio").status_code == 200
    clock.at = recording.delete_at
    for what in ("", "/audio", "/transcript"):
        assert api.get(f"/api/v1/recordings/{recording.id}{what}").status_code == 404
    assert api.get("/api/v1/recordings").json()["recordings"] == []
    assert api.post("/api/v1/search", json={"query": "tunnus"}).json()["hits"] == []
    assert api.get(f"/api/v1/customers/{customer}/recordings").json()["recordings"] == []
    wanted = {"type": "access", "customer": customer, "case": "T-1", "purpose": "access-request"}
    assert api.post("/api/v1/requests", json={**wanted, "passphrase": PASSPHRASE}).status_code == 404
    assert vaiti.catalog.get(Scope.system(), recording.id).stage is Stage.PUBLISHED  # its purge has not run


def test_an_access_request_gives_the_original_call_whole(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient
) -> None:
    recording = push(AUDIO, known={"name": "Aino"})
    asked = {"controller": "kuopio", "type": "phone", "value": "0401234567"}
    customer = api.post("/api/v1/customers/find", json=asked).json()["customer"]
    wanted = {"type": "access", "customer": customer, "case": "T-1", "purpose": "access-request"}
    short = api.post("/api/v1/requests", json={**wanted, "passphrase": "short"})
    assert (short.status_code, short.json()["slug"]) == (422, "passphrase-short")
    answer = api.post("/api/v1/requests", json={**wanted, "passphrase": PASSPHRASE})
    assert answer.headers["Content-Type"] == "application/zip"
    archive = pyzipper.AESZipFile(io.BytesIO(answer.content))
    assert all(each.flag_bits & 1 for each in archive.infolist())
    archive.setpassword(PASSPHRASE.encode())
    assert archive.read("001/audio.wav") == AUDIO
    assert "131052-308T" in archive.read("001/transcript.txt").decode()
    facts = json.loads(archive.read("001/call.json"))
    assert (facts["call_id"], "known" in facts) == ("pbx-0001", False)
    entries = vaiti.audit.list(Scope.system(), recording=recording.id)
    opened = [each for each in entries if each.action == "raw.opened"]
    assert [(each.case, each.purpose, each.actor) for each in opened] == [("T-1", "access-request", "token")]


def test_requests_of_other_types_are_not_supported(api: TestClient) -> None:
    wanted = {"type": "erasure", "customer": "0" * 32, "case": "T-1", "purpose": "access-request"}
    answer = api.post("/api/v1/requests", json={**wanted, "passphrase": PASSPHRASE})
    assert (answer.status_code, answer.json()["slug"]) == (422, "request-type-unsupported")


def test_residue_that_is_heard_again_widens_and_then_quarantines(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient, playback: Playback
) -> None:
    playback.again = said("308", start=2.9)
    recording = push(AUDIO)
    assert (recording.stage, recording.slug) == (Stage.QUARANTINED, "residue-after-masking")
    assert not any(str(Item.MASKED_AUDIO) in each.name for each in vaiti.vault.inventory(recording.id))
    assert api.get(f"/api/v1/recordings/{recording.id}/audio").json()["slug"] == "not-published"


def test_a_purge_leaves_nothing_and_signs_what_it_counted(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient, clock: MovedClock
) -> None:
    recording = push(AUDIO)
    clock.at = recording.delete_at
    (receipt,) = vaiti.purge_due(clock.now())
    receipts.verify(receipt, api.get("/api/v1/receipts/public-key").text)
    assert set(receipt["probes"].values()) == {"gone"}
    assert all(counts["before"] > 0 == counts["after"] for counts in receipt["stores"].values())
    assert api.get("/api/v1/receipts", params={"recording": recording.id}).json() == [receipt]
    assert not [path for path in (vaiti.settings.data / "objects").rglob("*") if path.is_file()]
    for path in vaiti.settings.data.glob("*.db*"):
        assert b"kiitos" not in path.read_bytes()
    assert vaiti.purge_due(clock.now()) == []
    assert vaiti.audit.verify() > 0


def test_every_opening_and_search_is_audited_without_a_term(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient
) -> None:
    recording = push(AUDIO)
    api.get(f"/api/v1/recordings/{recording.id}/audio")
    api.get(f"/api/v1/recordings/{recording.id}/transcript")
    api.post("/api/v1/search", json={"query": "tunnus"})
    entries = [each for each in vaiti.audit.list(Scope.system()) if each.actor == "token"]
    assert [each.action for each in entries] == ["search", "masked-words.opened", "masked-audio.opened"]
    assert "tunnus" not in repr(entries)

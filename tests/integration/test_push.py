"""Pushing over HTTP, on real stores: what is taken, what is refused, and that a refusal leaves nothing behind."""

import json
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from storage import receipts
from storage.records import Item, Recording
from tests.integration.conftest import FACTS
from tests.integration.fakes import MovedClock, a_call, wav

AUDIO = a_call()


def send(api: TestClient, audio: bytes = AUDIO, *, key: str | None = None, **changes: Any) -> Any:
    facts = {name: value for name, value in {**FACTS, **changes}.items() if value is not None}
    files: list[Any] = [
        ("facts", (None, json.dumps(facts), "application/json")),
        ("audio", ("+358401234567.wav", audio, "audio/wav")),
    ]
    return api.post("/api/v1/recordings", files=files, headers={"Idempotency-Key": key} if key else {})


def stored(vaiti: Vaiti) -> tuple[list[Path], list[str], int]:
    """Everything that a push could leave: files, keys, rows."""
    files = sorted(path for path in (vaiti.settings.data / "objects").rglob("*") if path.is_file())
    return files, [*vaiti.keys.recordings()], len(vaiti.catalog.list(vaiti.controllers.scope))


def test_a_first_push_is_created_and_listed(api: TestClient, vaiti: Vaiti) -> None:
    answer = send(api)
    assert answer.status_code == 201
    body = answer.json()
    assert body["stage"] == "received"
    assert body["delete_at"] == "2027-03-01T08:00:00Z"
    assert body["started_at"] == "2026-03-01T10:00:00+02:00"
    assert answer.headers["Location"] == f"/api/v1/recordings/{body['id']}"
    assert api.get(answer.headers["Location"]).json() == body
    assert [each["id"] for each in api.get("/api/v1/recordings").json()["recordings"]] == [body["id"]]
    with vaiti.vault.open(body["id"], Item.RAW_AUDIO) as sound:
        assert sound.read() == AUDIO


def test_the_same_push_again_answers_200_and_stores_nothing(api: TestClient, vaiti: Vaiti) -> None:
    first = send(api, key="k-1")
    before = stored(vaiti)
    again = send(api, key="k-1")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert stored(vaiti) == before


def test_other_content_under_the_same_call_conflicts(api: TestClient, vaiti: Vaiti) -> None:
    send(api)
    before = stored(vaiti)
    answer = send(api, a_call(seed=2))
    assert (answer.status_code, answer.json()["slug"]) == (409, "call-conflict")
    assert stored(vaiti) == before


@pytest.mark.parametrize("changed", [{"audio": a_call(seed=2)}, {"call_id": "pbx-0002"}])
def test_an_idempotency_key_cannot_be_reused_for_something_else(api: TestClient, changed: dict[str, Any]) -> None:
    send(api, key="k-1")
    answer = send(api, key="k-1", **changed)
    assert (answer.status_code, answer.json()["slug"]) == (422, "idempotency-key-reused")


def test_parts_of_a_call_are_deleted_with_its_first_part(api: TestClient) -> None:
    first = send(api).json()
    second = send(api, a_call(seed=2), part=2, started_at="2026-03-01T10:40:00+02:00").json()
    assert second["id"] != first["id"]
    assert second["delete_at"] == first["delete_at"]


def test_a_purged_call_cannot_come_back(api: TestClient, vaiti: Vaiti) -> None:
    vaiti.purge(send(api).json()["id"], reason="erasure-request")
    before = stored(vaiti)
    answer = send(api)
    assert (answer.status_code, answer.json()["slug"]) == (410, "call-purged")
    assert stored(vaiti) == before == ([], [], 0)


def test_a_push_past_its_period_is_refused_with_a_signed_receipt(api: TestClient, vaiti: Vaiti) -> None:
    answer = send(api, started_at="2025-03-02T10:59:00+02:00")
    assert (answer.status_code, answer.json()["slug"]) == (422, "past-retention")
    receipt = answer.json()["receipt"]
    receipts.verify(receipt, vaiti.signer.public_key())
    assert (receipt["event"], receipt["delete_at"]) == ("refused", "2026-03-02T08:59:00Z")
    assert api.get("/api/v1/receipts").json() == [receipt]
    assert stored(vaiti) == ([], [], 0)


def test_a_late_push_gets_what_is_left_of_its_year(api: TestClient, clock: MovedClock) -> None:
    answer = send(api, started_at="2025-03-02T11:01:00+02:00")
    assert answer.status_code == 201
    assert answer.json()["delete_at"] == "2026-03-02T09:01:00Z"
    assert clock.now().isoformat() < answer.json()["delete_at"]


TEN_HOURS = AUDIO[:40] + struct.pack("<I", 10 * 3600 * 8000 * 4) + AUDIO[44:]

REFUSALS: list[tuple[str, dict[str, Any], int, str]] = [
    ("not audio", {"audio": b"Terve! " * 100}, 422, "audio-unknown-format"),
    ("an empty file", {"audio": b""}, 422, "audio-empty"),
    ("no frame", {"audio": wav(np.zeros((0, 2), dtype=np.int16))}, 422, "audio-empty"),
    ("a header alone", {"audio": AUDIO[:20]}, 422, "audio-unknown-format"),
    ("ten hours in its header", {"audio": TEN_HOURS}, 422, "audio-too-long"),
    ("another number of channels", {"channels": ["customer"]}, 422, "channels-differ"),
    ("an unknown controller", {"controller": "helen"}, 422, "unknown-controller"),
    ("an unknown kind", {"kind": "gossip"}, 422, "unknown-kind"),
    ("a kind without a period", {"kind": "fault-report"}, 422, "no-period"),
    ("the future", {"started_at": "2026-03-02T11:11:00+02:00"}, 422, "started-in-future"),
    ("a time without an offset", {"started_at": "2026-03-01T10:00:00"}, 422, "facts-invalid"),
    ("a time as a number", {"started_at": 1772352000}, 422, "facts-invalid"),
    ("no call id", {"call_id": None}, 422, "facts-invalid"),
    ("an unknown field", {"hetu": "131052-308T"}, 422, "facts-invalid"),
]


@pytest.mark.parametrize(
    ("changes", "status", "slug"), [each[1:] for each in REFUSALS], ids=[each[0] for each in REFUSALS]
)
def test_bad_input_is_refused_by_slug_and_nothing_is_stored(
    api: TestClient, vaiti: Vaiti, *, changes: dict[str, Any], status: int, slug: str
) -> None:
    answer = send(api, **changes)
    assert (answer.status_code, answer.json()["slug"]) == (status, slug)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert stored(vaiti) == ([], [], 0)


def test_clocks_may_differ_by_ten_minutes(api: TestClient) -> None:
    assert send(api, started_at="2026-03-02T11:09:00+02:00").status_code == 201


def test_a_file_that_is_too_large_is_refused_while_it_streams(vaiti: Vaiti, api: TestClient) -> None:
    small = vaiti.settings.model_copy(update={"max_audio_bytes": 50_000})
    object.__setattr__(vaiti, "settings", small)
    answer = send(api, a_call(1.6))  # less than the limit on a whole body, more than the limit on its sound
    assert (answer.status_code, answer.json()["slug"]) == (413, "audio-too-large")
    assert send(api, a_call(20)).status_code == 413
    assert stored(vaiti) == ([], [], 0)


FORM = "multipart/form-data; boundary=b"
FACTS_PART = f'--b\r\nContent-Disposition: form-data; name="facts"\r\n\r\n{json.dumps(FACTS)}\r\n'.encode()
AUDIO_PART = b'--b\r\nContent-Disposition: form-data; name="audio"; filename="x"\r\n\r\n' + AUDIO
MORE = b'\r\n--b\r\nContent-Disposition: form-data; name="more"\r\n\r\nx'
BROKEN_BODIES = {
    "cut in the sound": FACTS_PART + AUDIO_PART[:-1000],
    "cut before the last boundary": FACTS_PART + AUDIO_PART,
    "sound before facts": AUDIO_PART + b"\r\n" + FACTS_PART + b"--b--\r\n",
    "facts alone": FACTS_PART + b"--b--\r\n",
    "a third part": FACTS_PART + AUDIO_PART + MORE + b"\r\n--b--\r\n",
    "nothing": b"",
    "no form": b"hello",
}


@pytest.mark.parametrize("body", BROKEN_BODIES.values(), ids=BROKEN_BODIES.keys())
def test_a_broken_form_is_refused_and_nothing_is_stored(api: TestClient, vaiti: Vaiti, body: bytes) -> None:
    answer = api.post("/api/v1/recordings", content=body, headers={"Content-Type": FORM})
    assert (answer.status_code, answer.json()["slug"]) == (422, "multipart-invalid")
    assert stored(vaiti) == ([], [], 0)


def test_a_form_in_small_pieces_is_the_same_form(api: TestClient, vaiti: Vaiti) -> None:
    body = FACTS_PART + AUDIO_PART + b"\r\n--b--\r\n"

    def pieces() -> Iterator[bytes]:
        for at in range(0, 3000, 7):
            yield body[at : at + 7]
        yield body[3003:]

    answer = api.post("/api/v1/recordings", content=pieces(), headers={"Content-Type": FORM})
    assert answer.status_code == 201
    with vaiti.vault.open(answer.json()["id"], Item.RAW_AUDIO) as sound:
        assert sound.read() == AUDIO


def test_a_refusal_names_fields_and_rules_and_repeats_no_value(api: TestClient) -> None:
    wrong: dict[str, Any] = {"call_id": "", "customer": [{"type": "phone", "value": ""}], "131052-308T": "Aino"}
    answer = send(api, **wrong)
    found = {each["field"]: each["rule"] for each in answer.json()["problems"]}
    assert found == {"call_id": "string_too_short", "customer.0.value": "string_too_short", "facts": "extra_forbidden"}
    assert "131052" not in answer.text
    assert "Aino" not in answer.text


def test_nothing_of_the_facts_is_stored_in_clear(push: Callable[..., Recording], vaiti: Vaiti) -> None:
    push(call_id="SALAINEN-PUHELU", known={"name": ["Hei"]}, customer=[{"type": "email", "value": "aino@posti.fi"}])
    vaiti.database.scrub()
    for path in vaiti.settings.data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (b"SALAINEN-PUHELU", b"aino@posti.fi", b"131052-308T"):
            assert secret not in content, path

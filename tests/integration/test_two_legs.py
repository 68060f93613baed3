"""A call that comes as two mono files, one of each party: one recording, one promise, one receipt."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import pyzipper
from fastapi.testclient import TestClient
from numpy.typing import NDArray

from recordings.factory import Vaiti
from recordings.legs import is_in_legs, join_legs, open_legs
from recordings.restoring import backing_up, restore
from storage import receipts
from storage.records import Item, Recording, RecordingId
from tests.integration.conftest import FACTS
from tests.integration.fakes import MovedClock, Playback, a_call, said, wav
from tests.integration.test_push import stored
from workers.engines.fenced import FencedCodec
from workers.engines.legs import LegsCodec
from workers.engines.tone import SineTone

PASSPHRASE = "a passphrase that is long"


def noise(seed: int, seconds: float) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-6000, 6000, (round(8000 * seconds), 1)).astype(np.int16)


AGENT, CUSTOMER = wav(noise(1, 6)), wav(noise(2, 4.5))
# Four seconds of the customer's file are beside the agent's when it starts two seconds later.


@pytest.fixture
def vaiti(vaiti: Vaiti) -> Vaiti:
    assert vaiti.given is not None
    engines = replace(vaiti.given, codec=LegsCodec(FencedCodec()), tone=SineTone())
    object.__setattr__(vaiti, "given", engines)
    return vaiti


def send(api: TestClient, *parts: tuple[str, bytes], key: str | None = None, **changes: Any) -> Any:
    facts = {name: value for name, value in {**FACTS, **changes}.items() if value is not None}
    files: list[Any] = [("facts", (None, json.dumps(facts), "application/json"))]
    files += [(name, ("+358401234567-in.wav", content, "audio/wav")) for name, content in parts]
    return api.post("/api/v1/recordings", files=files, headers={"Idempotency-Key": key} if key else {})


BOTH = (("audio_agent", AGENT), ("audio_customer", CUSTOMER))


def worked(vaiti: Vaiti, answer: Any) -> Recording:
    assert answer.status_code == 201, answer.text
    recording = vaiti.catalog.get(vaiti.controllers.scope, RecordingId(answer.json()["id"]))
    while recording.stage not in {"published", "failed", "quarantined"}:
        recording = vaiti.advance(recording)
    return recording


def test_two_files_become_one_published_call_that_is_masked_on_time(
    api: TestClient, vaiti: Vaiti, playback: Playback
) -> None:
    playback.words = [*said("Energiayhtiöstä hei"), *said("tunnus on 131052-308T kiitos", start=3.5, channel=1)]
    secret = next(word for word in playback.words if "131052" in word.text)
    assert secret.start is not None
    answer = send(api, *BOTH, channels=None, leg_starts={"customer": 2.0})
    recording = worked(vaiti, answer)
    assert (recording.stage, recording.roles, recording.seconds) == ("published", ("agent", "customer"), 6.5)
    masked = np.concatenate([*FencedCodec().decode(io.BytesIO(api.get(f"{answer.headers['Location']}/audio").content))])
    assert masked.shape == (52_000, 2)
    cut = round(8000 * secret.start)
    original = np.zeros((52_000, 2), dtype=np.int16)
    original[:48_000, 0], original[16_000:, 1] = noise(1, 6)[:, 0], noise(2, 4.5)[:, 0]
    assert not np.array_equal(masked[cut : cut + 800, 1], original[cut : cut + 800, 1])
    assert not np.array_equal(masked[cut : cut + 800, 0], original[cut : cut + 800, 0])  # ADR 0008: all channels
    np.testing.assert_array_equal(masked[:20_000], original[:20_000])
    words = api.get(f"{answer.headers['Location']}/transcript").json()["words"]
    assert [(each["text"], each["channel"]) for each in words][2:] == [
        ("tunnus", 1),
        ("on", 1),
        ("[SECRET]", 1),
        ("kiitos", 1),
    ]
    assert len(vaiti.catalog.list(vaiti.controllers.scope)) == 1


def test_her_copy_holds_both_files_as_they_came(api: TestClient, vaiti: Vaiti) -> None:
    worked(vaiti, send(api, *BOTH))
    reference = {"controller": "kuopio", "type": "phone", "value": "+358 40 1234567"}
    customer = api.post("/api/v1/customers/find", json=reference).json()["customer"]
    asked = {"type": "access", "customer": customer, "case": "A-1", "purpose": "access-request"}
    answer = api.post("/api/v1/requests", json={**asked, "passphrase": PASSPHRASE})
    with pyzipper.AESZipFile(io.BytesIO(answer.content)) as archive:
        archive.setpassword(PASSPHRASE.encode())
        assert archive.read("001/audio-agent.wav") == AGENT
        assert archive.read("001/audio-customer.wav") == CUSTOMER
        files = json.loads(archive.read("manifest.json"))["calls"][0]["files"]
    assert [each["bytes"] for each in files[:2]] == [len(AGENT), len(CUSTOMER)]


def test_the_same_push_again_is_known_and_another_is_a_conflict(api: TestClient, vaiti: Vaiti) -> None:
    first = send(api, *BOTH, key="k-1")
    before = stored(vaiti)
    again = [send(api, *BOTH, key="k-1"), send(api, *BOTH), send(api, *BOTH, leg_starts={"agent": 0})]
    assert [(each.status_code, each.json()["id"]) for each in again] == [(200, first.json()["id"])] * 3
    others: list[tuple[tuple[tuple[str, bytes], ...], dict[str, Any]]] = [
        ((BOTH[0], ("audio_customer", AGENT)), {}),
        (BOTH, {"leg_starts": {"customer": 1.5}}),
        ((("audio", AGENT),), {"channels": None}),  # a leg alone, before or later
    ]
    for parts, changes in others:
        answer = send(api, *parts, **changes)
        assert (answer.status_code, answer.json()["slug"]) == (409, "call-conflict")
    assert stored(vaiti) == before


def test_both_pushed_at_once_by_two_machines_are_one_call(api: TestClient, vaiti: Vaiti) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = [*pool.map(lambda _: send(api, *BOTH), range(2))]
    assert sorted(each.status_code for each in answers) == [200, 201]
    assert len({each.json()["id"] for each in answers}) == 1
    assert len(stored(vaiti)[1]) == 1


STEREO = a_call()
REFUSALS: list[tuple[str, tuple[tuple[str, bytes], ...], dict[str, Any], int, str]] = [
    ("the agent's alone", BOTH[:1], {}, 422, "leg-missing"),
    ("the customer's alone", BOTH[1:], {}, 422, "leg-missing"),
    ("in the other order", BOTH[::-1], {}, 422, "leg-missing"),
    ("the agent's twice", (BOTH[0], BOTH[0]), {}, 422, "multipart-invalid"),
    ("a third", (*BOTH, ("audio", STEREO)), {}, 422, "multipart-invalid"),
    ("one empty", (BOTH[0], ("audio_customer", b"")), {}, 422, "audio-empty"),
    ("one without a frame", (BOTH[0], ("audio_customer", wav(noise(1, 0)))), {}, 422, "audio-empty"),
    ("one of two channels", (BOTH[0], ("audio_customer", STEREO)), {}, 422, "leg-not-mono"),
    ("one that is no sound", (BOTH[0], ("audio_customer", b"Terve! " * 99)), {}, 422, "audio-unknown-format"),
    ("other channels", BOTH, {"channels": ["customer", "agent"]}, 422, "facts-invalid"),
    ("a start before the call", BOTH, {"leg_starts": {"agent": -1}}, 422, "facts-invalid"),
    ("a start of one file", (("audio", STEREO),), {"leg_starts": {"agent": 1}}, 422, "facts-invalid"),
]


@pytest.mark.parametrize(
    ("parts", "changes", "status", "slug"), [each[1:] for each in REFUSALS], ids=[each[0] for each in REFUSALS]
)
def test_what_is_not_one_call_is_refused_and_leaves_nothing(
    api: TestClient, vaiti: Vaiti, *, parts: Any, changes: dict[str, Any], status: int, slug: str
) -> None:
    answer = send(api, *parts, **changes)
    assert (answer.status_code, answer.json()["slug"]) == (status, slug)
    assert stored(vaiti) == ([], [], 0)


@pytest.mark.parametrize("seconds", [4, 300], ids=["short", "longer than what stays in memory"])
def test_a_single_file_cannot_pass_for_two(api: TestClient, vaiti: Vaiti, seconds: int) -> None:
    made = b"".join(join_legs([("agent", 0, [AGENT]), ("customer", 0, [wav(noise(2, 2 * seconds))])]))
    answer = send(api, ("audio", made))
    assert (answer.status_code, answer.json()["slug"]) == (422, "audio-unknown-format")
    assert stored(vaiti) == ([], [], 0)


def test_limits_count_both_files_together(api: TestClient, vaiti: Vaiti) -> None:
    small = vaiti.settings.model_copy(update={"max_audio_bytes": len(AGENT) + len(CUSTOMER) - 1})
    object.__setattr__(vaiti, "settings", small)
    answer = send(api, *BOTH)
    assert (answer.status_code, answer.json()["slug"]) == (413, "audio-too-large")
    assert stored(vaiti) == ([], [], 0)


def test_a_call_in_two_files_has_one_key_one_end_and_one_receipt(
    api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = worked(vaiti, send(api, *BOTH))
    clock.at = recording.delete_at + timedelta(seconds=1)
    (receipt,) = vaiti.purge_due(clock.now())
    receipts.verify(receipt, vaiti.signer.public_key())
    assert receipt["recording"] == recording.id
    assert stored(vaiti) == ([], [], 0)
    answer = send(api, *BOTH)
    assert (answer.status_code, answer.json()["slug"]) == (410, "call-purged")
    leg = send(api, ("audio", CUSTOMER), channels=["customer"])
    assert (leg.status_code, leg.json()["slug"]) == (410, "call-purged")


def test_a_backup_brings_both_files_back(api: TestClient, vaiti: Vaiti, clock: MovedClock, home: Any) -> None:
    recording = worked(vaiti, send(api, *BOTH))
    backing_up(vaiti)(home / "backups", actor="operator")
    (backup,) = (home / "backups").iterdir()
    clock.at += timedelta(hours=2)
    vaiti.close()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock)
    try:
        with again.vault.open(recording.id, Item.RAW_AUDIO) as sound:
            assert is_in_legs(sound)
            assert [leg.source.read() for leg in open_legs(sound)] == [AGENT, CUSTOMER]
    finally:
        again.close()

"""The pack of a person with forty calls of five minutes: under two minutes on two cores. QUICK=1: calls of 20 s."""

import io
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.steps.access import AccessRequest, Purpose
from storage.records import CustomerId, Recording
from tests.integration.conftest import api, clock, home, playback, push, token, vaiti
from tests.integration.fakes import Playback, a_call, said
from tests.integration.test_forty_calls import CALLS, FIRST, KINDS, settings
from tests.integration.test_holds import PASSPHRASE, customer_of
from workers.engines.fenced import FencedCodec
from workers.engines.legs import LegsCodec

__all__ = ["api", "clock", "home", "playback", "push", "settings", "token", "vaiti"]
pytestmark = pytest.mark.soak
SECONDS = 20.0 if os.environ.get("QUICK") else 300.0
LONGEST = 120.0
# Seconds, for the archive with its letter (issue 8).


def test_it_is_written_in_time(
    push: Callable[..., Recording], api: TestClient, vaiti: Vaiti, playback: Playback, tmp_path: Path
) -> None:
    playback.words = said(" ".join(f"sana{n}" for n in range(int(SECONDS * 2))), step=0.45)
    for number in range(CALLS):
        started = (FIRST + timedelta(days=9 * number)).isoformat()
        call = push(
            a_call(SECONDS, seed=number), work=False, call_id=f"c-{number}", kind=KINDS[number % 3], started_at=started
        )
        vaiti.advance(call)  # heard; the pack needs no mask
    codec = LegsCodec(FencedCodec(longest_seconds=3600), longest_seconds=3600)
    assert vaiti.given is not None
    real = replace(vaiti, given=replace(vaiti.given, codec=codec))
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        purpose=Purpose.ACCESS_REQUEST,
        case="2026-7",
        actor="officer-1",
        passphrase=PASSPHRASE,
        customer=CustomerId(customer_of(api)),
    )
    out = tmp_path / "answer.zip"
    began = time.monotonic()
    with out.open("wb") as file:
        manifest = real.access(request, file)
    took = time.monotonic() - began
    print(f"{CALLS} calls of {SECONDS:.0f} s, {out.stat().st_size / 1e6:.0f} MB: {took:.1f} s")  # noqa: T201 - the figure
    assert len(manifest["calls"]) == CALLS
    with pyzipper.AESZipFile(io.BytesIO(out.read_bytes())) as archive:
        archive.setpassword(PASSPHRASE.encode())
        assert len(archive.read("040/audio.wav")) == manifest["calls"][-1]["files"][0]["bytes"]
    assert took < LONGEST

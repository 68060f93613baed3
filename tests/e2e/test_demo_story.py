"""`vaiti demo` from its first line to its last: what it shows, what it leaves, and what it must never show."""

import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import pyzipper
from rich.console import Console

from tests.e2e.leaks import files_under, find_leaks
from tests.e2e.true_words import TrueWords, original
from tests.unit.workers.tiny_whisper import make_tiny_whisper
from workers.demo.samples import load_samples
from workers.demo.screen import PLAIN_WIDTH, Screen
from workers.demo.story import tell
from workers.engines.codec import AvCodec


@dataclass(frozen=True, slots=True)
class Told:
    """A demo that has run: its folder, its exit code and all that it printed."""

    folder: Path
    code: int
    text: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story with a transcriber that makes no mistake."""
    place = tmp_path_factory.mktemp("story")
    shown = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAITI_SPEECH_MODEL", str(make_tiny_whisper(place / "model")))
        patch.setattr("workers.service.transcriber_builder", lambda *_, **__: TrueWords)
        folder = place / "vaiti-demo"
        code = tell(folder, keep=False, screen=Screen(Console(file=shown, width=PLAIN_WIDTH)))
    return Told(folder, code, shown.getvalue())


def test_the_story_ends_well_and_proves_that_nothing_is_left(told: Told) -> None:
    assert told.code == 0
    proof = told.text.split("Who still knows the calls?")[1].split("What to try next")[0]
    rows = re.findall(r"(\d+) +(\d+) *$", proof, re.MULTILINE)
    assert len(rows) == 6
    assert all(int(before) > 0 and int(after) == 0 for before, after in rows), proof
    assert list((told.folder / "data" / "objects").rglob("*.*")) == []


def test_the_table_tells_every_call_and_the_truth_is_compared(told: Told) -> None:
    table = told.text.split("What was found")[1].split("Compared with the truth")[0]
    for sample in load_samples():
        assert sample.name in table
    assert "personal stretches in published calls are covered" in told.text
    assert re.search(r"One search.*\n +'\w+': \d+ hits?", told.text)


def test_the_receipts_hold_for_whoever_checks_them(told: Told) -> None:
    code = "from workers.main import run; run()"
    arguments: list[str | Path] = [
        "receipts",
        "verify",
        told.folder / "receipts.jsonl",
        "--public-key",
        told.folder / "receipts.pub",
    ]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "6 receipts: signed by this key, nothing changed, none left out\n")
    changed = (told.folder / "receipts.jsonl").read_text().replace("period-ended", "erased-early", 1)
    (told.folder / "changed.jsonl").write_text(changed)
    arguments[2] = told.folder / "changed.jsonl"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "receipt 1 " in done.stderr
    assert find_leaks([("receipts", (told.folder / "receipts.jsonl").read_bytes())]) == []


def test_the_customer_gets_her_calls_complete_and_unedited(told: Told) -> None:
    shown = re.search(r"Passphrase, shown only now: (\S+)", told.text)
    assert shown
    assert told.text.count(shown[1]) == 1
    with pyzipper.AESZipFile(next(told.folder.glob("access-*.zip"))) as archive:
        archive.setpassword(shown[1].encode())
        calls = json.loads(archive.read("manifest.json"))["calls"]
        sounds = {archive.read(name) for name in archive.namelist() if "/audio." in name}
    pushed = {sample.audio.read_bytes() for sample in load_samples() if sample.name in ("service", "service-long")}
    assert len(calls) == 2
    assert sounds == pushed


def test_the_example_can_be_played_at_once(told: Told) -> None:
    with (told.folder / "masked-example.wav").open("rb") as file:
        masked = np.concatenate(list(AvCodec().decode(file)))
    same = [sample for sample in load_samples() if original(sample.name).shape == masked.shape]
    assert len(same) == 1
    true = original(same[0].name)
    assert 0.05 < (masked != true).any(axis=1).mean() < 0.9


def test_nothing_personal_is_printed_or_left_readable(told: Told) -> None:
    assert find_leaks([("screen", told.text.encode()), *files_under(told.folder)]) == []

"""Masking without a service: lines in order, bad lines in their place, nothing half written."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from redaction.errors import DetectionFailed
from redaction.model import Finding, Transcript
from redaction.policy import default_policy
from tests.unit.workers.sounds import pcm, tones
from workers.redact import plan_lines

CODE = "kolmetoista kymmenen viisikymmentäkaksi viiva yhdeksän kolme nolla vee".split()


def transcript(*texts: str, language: str = "fi") -> dict[str, Any]:
    words = [{"text": t, "start": i * 0.5, "end": i * 0.5 + 0.4, "channel": 1} for i, t in enumerate(texts)]
    channels = [{"role": "agent"}, {"role": "customer"}]
    return {"format": "vaiti-transcript/1", "language": language, "channels": channels, "words": words}


class FakeDetector:
    """Finds the word "salaisuus"; raises for "rikki" and for "pommi"."""

    def detect(
        self, transcript: Transcript, *, known: Mapping[str, Any] | None = None, own_numbers: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        texts = [word.text for word in transcript.words]
        if "rikki" in texts:
            raise DetectionFailed("recognizer-timeout")
        if "pommi" in texts:
            raise ZeroDivisionError("131052-308T")
        return tuple(
            Finding(type="SECRET", channel=1, first=i, last=i, datum=i, start=None, end=None, score=1.0)
            for i, text in enumerate(texts)
            if text == "salaisuus"
        )


def planned(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    return list(plan_lines(lines, FakeDetector(), default_policy()))


def line(*texts: str) -> bytes:
    return json.dumps(transcript(*texts)).encode() + b"\n"


BAD = {
    b"not json\n": "not-json",
    b"\n": "not-json",
    b"\xff\xfe\n": "not-json",
    b"[" * 100_000 + b"\n": "not-json",
    b"[]\n": "not-an-object",
    b'{"format": "vaiti-transcript/2"}\n': "format-unknown",
    line("rikki"): "recognizer-timeout",
    line("pommi"): "fault",
}


def test_lines_give_plans_in_their_order() -> None:
    plans = planned([line("hei"), line("salaisuus"), line("hei", "hei")])
    assert [plan["verdict"] for plan in plans] == ["clean", "masked", "clean"]
    assert [len(plan["masked_words"]) for plan in plans] == [1, 1, 2]


@pytest.mark.parametrize("bad", BAD, ids=BAD.values())
def test_a_bad_line_gives_an_error_in_its_place_and_the_others_their_plans(bad: bytes) -> None:
    first, error, last = planned([line("hei"), bad, line("salaisuus")])
    assert first["verdict"] == "clean"
    assert error == {"format": "vaiti-error/1", "line": 2, "slug": BAD[bad]}
    assert last["verdict"] == "masked"


def vaiti(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from workers.main import run; sys.argv[0] = 'vaiti'; run()"
    return subprocess.run([sys.executable, "-c", code, *arguments], input=given, capture_output=True, check=False)


def test_the_command_masks_a_transcript_and_never_repeats_what_it_found(tmp_path: Path) -> None:
    (tmp_path / "call.json").write_text(json.dumps(transcript("se", "on", *CODE)))
    done = vaiti("redact", tmp_path / "call.json", "--json", tmp_path / "plan.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert plan["verdict"] == "masked"
    assert [each["type"] for each in plan["findings"]] == ["FI_PERSONAL_IDENTITY_CODE"]
    assert [word["text"] for word in plan["masked_words"]][2:4] == ["[FI_PERSONAL_IDENTITY_CODE]", ""]
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_the_command_answers_many_lines_with_as_many(tmp_path: Path) -> None:
    lines = [line("se", "on", *CODE), b"rubbish 131052-308T\n", line("hei")]
    done = vaiti("redact", "--jsonl", given=b"".join(lines))
    answers = [json.loads(each) for each in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [each.get("verdict", each.get("slug")) for each in answers] == ["masked", "not-json", "clean"]
    assert b"131052" not in done.stdout + done.stderr


def test_a_stricter_profile_masks_what_the_standard_one_keeps(tmp_path: Path) -> None:
    (tmp_path / "call.json").write_text(json.dumps(transcript("se", "maksaa", "250", "euroa", "Kuopiossa")))
    masked = {}
    for profile in ("standard", "strict", "non-disclosure"):
        done = vaiti("redact", tmp_path / "call.json", "--profile", profile, "--json", "-")
        assert done.returncode == 0, done.stderr
        masked[profile] = [word["text"][:1] == "[" for word in json.loads(done.stdout)["masked_words"]]
    assert masked["standard"] == [False] * 5
    assert masked["strict"] == [False, False, True, False, False]
    assert masked["non-disclosure"] == [False, False, True, False, True]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["redact"], 2, "name a sound file"),
        (["redact", "no-such-file.wav"], 2, "does not exist"),
        (["redact", "call.wav", "--out", "masked.mp3"], 2, "ends in .flac or .wav"),
        (["redact", "call.wav", "--out", "call.wav"], 2, "replace the original"),
        (["redact", "call.json", "--out", "masked.wav"], 2, "is for sound"),
        (["redact", "noise.wav", "--out", "masked.wav"], 3, "audio-unknown-format"),
        (["redact", "call.json"], 3, "format-unknown"),
        (["redact", "call.wav", "--model", "no-such-model"], 1, "model-missing"),
        (["no-such-command"], 2, "No such command"),
        (["purge", "--data", "data", "--as-of", "2030-01-01"], 1, "--as-of works only"),
        (["search", "lasku", "--data", "data"], 1, "vaiti serve"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_the_command_ends_with_a_code_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    Path("call.wav").write_bytes(pcm(tones(0.5)))
    Path("noise.wav").write_bytes(b"131052-308T is no sound")
    Path("call.json").write_text('{"value": "131052-308T"}')
    done = vaiti(*arguments)
    assert done.returncode == code
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"131052" not in done.stderr + done.stdout
    assert not Path("masked.wav").exists()
    assert not list(tmp_path.glob("*.part"))


def test_the_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, workers.main; heavy = {'av', 'numpy', 'presidio_analyzer', 'spacy', 'faster_whisper', 'pydub',"
        " 'httpx', 'uvicorn', 'fastapi', 'sqlalchemy', 'pydantic'}; print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

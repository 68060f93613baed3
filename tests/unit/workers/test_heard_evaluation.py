"""Sound that was really masked is measured by what can still be heard in it, whatever words the model wrote."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from workers.main import app

SAMPLES = Path(str(files("workers"))) / "samples"


def labelled(folder: Path, name: str = "service", **changes: Any) -> Path:
    """A folder with one sample call, labelled as docs/evaluation/README.md says."""
    truth = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    words = [dict(word) for word in truth["words"]]
    for number, run in enumerate(truth["personal"]):
        for word in words[run["first"] : run["last"] + 1]:
            word["item"] = number
    call = {
        "format": "vaiti-transcript/1",
        "case": name,
        "language": "fi",
        "duration": truth["duration"],
        "channels": [{"role": "agent"}, {"role": "customer"}],
        "words": words,
        "items": [{"item": number, "type": run["type"]} for number, run in enumerate(truth["personal"])],
        "audio": truth["audio"],
    }
    folder.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / truth["audio"], folder)
    (folder / f"{name}.json").write_text(json.dumps({**call, **changes}), encoding="utf-8")
    return folder


def measured(folder: Path, *more: str) -> Any:
    done = CliRunner().invoke(app, ["evaluate", str(folder), "--no-peers", "--json", *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["systems"]["vaiti"]


def test_what_is_cut_from_the_sound_of_a_call_is_found_by_time(tmp_path: Path) -> None:
    report = measured(labelled(tmp_path / "calls"), "--sound")
    types = {row["type"]: row for row in report["types"]}
    assert types["FI_PERSONAL_IDENTITY_CODE"]["found"] == types["FI_PERSONAL_IDENTITY_CODE"]["items"] == 2
    assert types["PHONE_NUMBER"]["found"] == types["PHONE_NUMBER"]["items"]
    assert report["audible_share"]["value"] < 0.1


def test_sound_in_which_nothing_is_recognised_counts_as_audible_or_held_back(tmp_path: Path) -> None:
    whole = measured(labelled(tmp_path / "calls"), "--sound")
    items = [{"item": 0, "type": "SECRET"}]
    said = [{"start": 40.0, "end": 45.0, "channel": 0, "item": 0}]  # "your consumption was so many kilowatt-hours"
    words = [{"text": "jotain", "start": 40.0, "end": 45.0, "channel": 0, "item": 0}]
    kept = measured(labelled(tmp_path / "other", items=items, words=words, speech=said), "--sound")
    assert kept["audible_share"]["value"] > 0.8 > whole["audible_share"]["value"]
    assert kept["types"][0]["found"] == 0


def test_labels_without_their_sound_stop_the_evaluation(tmp_path: Path) -> None:
    for audio in ("missing.flac", "../service.flac", None):
        folder = labelled(tmp_path / "calls", audio=audio)
        (folder / "service.flac").unlink()
        done = CliRunner().invoke(app, ["evaluate", str(folder), "--sound"])
        assert done.exit_code == 3
        assert "labelled-sound" in done.output

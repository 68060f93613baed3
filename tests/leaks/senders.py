"""The ways in that begin with files at a sender: a watched folder and a manifest. Both delete what is stored."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.integration.fakes import a_call
from tests.leaks.canaries import IDENTITY_CODE, PHONE
from tests.leaks.story import Story

_NOW = ("--settle", "0.1", "--every", "0.1", "--once")


def push_files(story: Story) -> None:
    """Push one call from a folder and one by a manifest; a third is refused, and stays there until it was looked at."""
    spool, archive = story.here.folder / "spool", story.here.folder / "archive"
    laid, refused = lay(story, spool), lay(story, spool, kind=story.says("lajinnimi"))
    manifest = list_calls(story, archive)
    wrong = archive / "wrong.csv"
    wrong.write_text(f"path,{story.says('sarake')}\n{story.says('rivi')},x\n", encoding="utf-8")
    running = {
        "watch": (
            story.here.start("push", "--watch", str(spool), "--delete-after-ack", *_NOW, name="command-watch"),
            3,
        ),
        "manifest": (
            story.here.start("push", "--manifest", str(manifest), "--delete-after-ack", name="command-manifest"),
            0,
        ),
        "wrong": (story.here.start("push", "--manifest", str(wrong), name="command-wrong"), 3),
    }
    for name, (process, expected) in running.items():
        assert process.wait(120) == expected, story.here.output(f"command-{name}")
    assert not laid.exists()
    assert not [*archive.glob("*.wav")]
    for name, state in (("watched", spool / ".vaiti-push.jsonl"), ("listed", archive / "calls.csv.result.jsonl")):
        entries = [json.loads(line) for line in state.read_text(encoding="utf-8").splitlines()[1:]]
        (story.calls[name],) = {each["recording"] for each in entries if each["outcome"] == "stored"}
    for given in (refused, refused.with_suffix(".json"), manifest, wrong):  # what was written for the test itself
        given.unlink()
    refused.parent.rename(archive / "seen")  # its name was given, too
    (archive / "seen").rmdir()


def lay(story: Story, spool: Path, **changes: str) -> Path:
    """Put a call into a folder as a recorder does: names of both are canaries."""
    folder = spool / story.says("kansio")
    if changes:
        folder = folder.with_name(story.says("toinenkansio"))
    folder.mkdir(parents=True)
    path = folder / f"{story.says('tiedostonimi')}-{PHONE}.wav"
    facts = story.facts("watched" if not changes else "unwanted", **changes)
    path.with_suffix(".json").write_text(json.dumps(facts), encoding="utf-8")
    path.write_bytes(a_call(6.0, seed=21 + len(changes)))
    return path


def list_calls(story: Story, archive: Path) -> Path:
    """Write a manifest of one call."""
    archive.mkdir()
    name = f"{story.says('arkisto')}.wav"
    (archive / name).write_bytes(a_call(6.0, seed=31))
    facts = story.facts("listed")
    row = {
        "path": name,
        **{each: facts[each] for each in ("controller", "kind", "call_id", "started_at")},
        "customer.customer_number": story.says("arkistoviite"),
        "known.name": story.says("arkistotuttu"),
        "known.code": IDENTITY_CODE,
    }
    manifest = archive / "calls.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, row)
        table.writeheader()
        table.writerow(row)
    return manifest

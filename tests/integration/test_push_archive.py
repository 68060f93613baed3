"""An archive with a manifest: checked whole, pushed side by side, taken up again after a kill."""

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recordings.factory import Vaiti
from recordings.legs import open_legs
from storage.records import Item, RecordingId
from tests.integration.conftest import FACTS
from tests.integration.fakes import WavCodec, a_call, wav
from tests.integration.pushers import command, ended, killed_after, recordings_below, stored
from workers.engines.legs import LegsCodec
from workers.pushing.ledger import open_ledger

HEAD = ["path", "controller", "kind", "call_id", "started_at", "customer.phone"]
Run = Callable[..., Any]


@pytest.fixture
def archive(home: Path) -> Path:
    folder = home / "archive"
    folder.mkdir()
    return folder


@pytest.fixture
def run(live: str, token: str, vaiti: Vaiti) -> Run:
    """Run `vaiti push` with these arguments."""
    assert token
    return lambda *more: ended(command(live, vaiti.settings.token_path, *more))


def a_row(archive: Path, number: int, **changes: str) -> dict[str, str]:
    """A row, and its file."""
    name = f"{number}.wav"
    (archive / name).write_bytes(a_call(1.0, seed=number))
    row = dict(zip(HEAD, [name, "kuopio", "service", f"old-{number}", "2026-02-01T10:00:00+02:00", ""], strict=True))
    return {**row, **changes}


def a_manifest(archive: Path, rows: Iterable[dict[str, str]], *, separator: str = ",") -> Path:
    path = archive / "calls.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, HEAD, delimiter=separator)
        table.writeheader()
        table.writerows(rows)
    return path


def results(manifest: Path) -> list[dict[str, Any]]:
    lines = manifest.with_name(f"{manifest.name}.result.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


def test_each_row_says_what_became_of_it(archive: Path, run: Run, vaiti: Vaiti) -> None:
    rows = [
        a_row(archive, 1, **{"customer.phone": "040 123 4567"}),
        a_row(archive, 2, started_at="2024-02-01T10:00:00+02:00"),
        a_row(archive, 3, controller="nobody"),
    ]
    manifest = a_manifest(archive, rows, separator=";")
    done = run("--manifest", manifest)
    found = results(manifest)
    assert [(each["row"], each["outcome"], each["slug"]) for each in found] == [
        (2, "stored", None),
        (3, "refused", "past-retention"),
        (4, "refused", "unknown-controller"),
    ]
    assert vaiti.view.get(vaiti.controllers.scope, RecordingId(found[0]["recording"])).kind == "service"
    assert done.returncode == 3
    assert f"row 3: refused, past its period, receipt {found[1]['receipt']}" in done.stdout
    assert "row 4: refused [unknown-controller]" in done.stdout
    assert "0401234567" not in json.dumps(found) + done.stdout + done.stderr
    rows[2]["controller"] = "kuopio"
    again = run("--manifest", a_manifest(archive, rows, separator=";"), "--json")
    assert json.loads(again.stdout)["outcomes"] == {"stored": 2, "past-retention": 1}
    assert stored(vaiti) == 2


def test_nothing_is_pushed_while_a_row_is_wrong_and_no_value_is_repeated(archive: Path, run: Run, vaiti: Vaiti) -> None:
    rows = [
        a_row(archive, 1),
        a_row(archive, 2, started_at="1.2.2026 klo 10"),
        a_row(archive, 3, path="0401234567.wav"),
        a_row(archive, 4, call_id="old-1"),
        a_row(archive, 5, kind=""),
    ]
    wrong = run("--manifest", a_manifest(archive, rows))
    assert wrong.returncode == 3
    assert wrong.stderr.splitlines() == [
        "row 3: started_at: datetime_parsing",
        "row 4: path: no_such_file",
        "row 5: call_id: twice_in_the_manifest",
        "row 6: kind: missing",
        "vaiti: 4 rows cannot be pushed as they are; nothing was pushed",
    ]
    assert stored(vaiti) == 0


def test_a_column_that_nobody_knows_is_named_by_its_place(archive: Path, run: Run) -> None:
    manifest = archive / "calls.csv"
    manifest.write_text("path,0401234567,call_id\n", encoding="utf-8")
    refused = run("--manifest", manifest)
    assert refused.returncode == 3
    assert "Columns 2 of the manifest" in refused.stderr
    assert "0401234567" not in refused.stderr


def test_lines_of_json_columns_by_other_names_and_a_zone(archive: Path, run: Run, vaiti: Vaiti) -> None:
    row = a_row(archive, 1)
    lines = archive / "calls.jsonl"
    lines.write_text(json.dumps({"path": row["path"], "call_id": "j-1", "started_at": "2026-02-01T10:00"}) + "\n")
    given = ["--controller", "kuopio", "--kind", "service", "--zone", "Europe/Helsinki"]
    assert run("--manifest", lines, *given).returncode == 0
    a_row(archive, 2)
    table = archive / "export.csv"
    table.write_text("File\tNote\tId\tBegan\n2.wav\tsecret\tt-1\t2026-02-01 10:00\n", encoding="utf-8")
    columns = "path=File,call_id=Id,started_at=Began"
    assert run("--manifest", table, *given, "--columns", columns).returncode == 0
    found = vaiti.catalog.list(vaiti.controllers.scope)
    assert {each.started_at.isoformat() for each in found} == {"2026-02-01T08:00:00+00:00"}
    assert stored(vaiti) == 2


def test_an_import_that_is_killed_is_taken_up_where_it_was(archive: Path, run: Run, vaiti: Vaiti, live: str) -> None:
    manifest = a_manifest(archive, [a_row(archive, number) for number in range(40)])
    importing: list[str | Path] = ["--manifest", manifest, "--jobs", "3", "--delete-after-ack"]
    killed_after(command(live, vaiti.settings.token_path, *importing), vaiti, 5)
    killed_after(command(live, vaiti.settings.token_path, *importing), vaiti, 15)
    report = json.loads(run("--report", manifest, "--json").stdout)
    assert 0 < len(report["copies"]) < 40
    assert run(*importing).returncode == 0
    assert stored(vaiti) == 40
    assert [each["row"] for each in results(manifest)] == [*range(2, 42)]
    assert {each["outcome"] for each in results(manifest)} <= {"stored", "known"}
    assert recordings_below(archive) == ["calls.csv", "calls.csv.result.jsonl"]
    assert json.loads(run("--report", manifest, "--json").stdout)["copies"] == []


def test_a_second_import_of_the_same_manifest_at_once_is_refused(archive: Path, run: Run) -> None:
    manifest = a_manifest(archive, [a_row(archive, 1)])
    with open_ledger(archive / "calls.csv.result.jsonl"):
        refused = run("--manifest", manifest)
    assert refused.returncode == 1
    assert "push-in-use" in refused.stderr


def test_an_import_ends_when_nobody_answers_or_the_token_is_wrong(
    archive: Path, run: Run, home: Path, vaiti: Vaiti
) -> None:
    manifest = a_manifest(archive, [a_row(archive, 1)])
    wrong = home / "wrong.token"
    wrong.write_text("x" * 40, encoding="ascii")
    wrong.chmod(0o600)
    refused = run("--manifest", manifest, "--token-file", wrong)
    assert (refused.returncode, "not-signed-in" in refused.stderr) == (1, True)
    nobody = run("--manifest", manifest, "--service", "http://127.0.0.1:9", "--patience", "0")
    assert (nobody.returncode, "no-service" in nobody.stderr) == (1, True)
    assert stored(vaiti) == 0


def two_files(archive: Path, number: int) -> dict[str, str]:
    """A row of a call in two files, and the files."""
    for seed, party in ((number, "out"), (number + 50, "in")):
        (archive / f"{number}-{party}.wav").write_bytes(wav(samples_of(seed)))
    row = a_row(archive, number, path=f"{number}-out.wav")
    (archive / f"{number}.wav").unlink()
    return {**row, "customer_path": f"{number}-in.wav", "leg_starts.customer": "0.5"}


def samples_of(seed: int) -> Any:
    return np.random.default_rng(seed).integers(-6000, 6000, (8000, 1)).astype(np.int16)


def test_a_call_in_two_files_is_one_row_and_one_recording(archive: Path, run: Run, vaiti: Vaiti) -> None:
    use_two_files(vaiti)
    rows = [two_files(archive, 1), {**a_row(archive, 2), "customer_path": "", "leg_starts.customer": ""}]
    manifest = archive / "calls.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*HEAD, "customer_path", "leg_starts.customer"])
        table.writeheader()
        table.writerows(rows)
    report = json.loads(run("--report", manifest, "--json").stdout)
    assert sorted(Path(each["path"]).name for each in report["copies"]) == ["1-in.wav", "1-out.wav", "2.wav"]
    changed = (archive / "1-in.wav").read_bytes()
    done = run("--manifest", manifest)
    assert done.returncode == 0, done.stderr
    found = results(manifest)
    assert [(each["row"], each["outcome"]) for each in found] == [(2, "stored"), (3, "stored")]
    with vaiti.vault.open(RecordingId(found[0]["recording"]), Item.RAW_AUDIO) as sound:
        legs = open_legs(sound)
        assert [(leg.role, leg.start) for leg in legs] == [("agent", 0.0), ("customer", 0.5)]
        assert [leg.source.read() for leg in legs] == [wav(samples_of(1)), wav(samples_of(51))]
    (archive / "1-in.wav").write_bytes(changed + b"more")  # not what was sent: neither file goes
    run("--manifest", manifest, "--delete-after-ack")
    assert sorted(path.name for path in archive.glob("*.wav")) == ["1-in.wav", "1-out.wav"]
    (archive / "1-in.wav").write_bytes(changed)
    run("--manifest", manifest, "--delete-after-ack")
    assert [*archive.glob("*.wav")] == []


def test_a_row_whose_second_file_is_missing_or_the_first_again_is_not_sent(archive: Path, run: Run) -> None:
    row = {key: text for key, text in a_row(archive, 1).items() if text}
    lines = [{**row, "customer_path": "none.wav"}, {**row, "call_id": "old-2", "customer_path": "1.wav"}]
    manifest = archive / "calls.jsonl"
    manifest.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    done = run("--manifest", manifest)
    assert done.returncode == 3
    assert "row 1: customer_path: no_such_file" in done.stderr
    assert "row 2: customer_path: same_file" in done.stderr


def test_one_call_in_two_files_is_pushed_by_hand(archive: Path, run: Run, vaiti: Vaiti) -> None:
    use_two_files(vaiti)
    two_files(archive, 1)
    facts = archive / "1.json"
    facts.write_text(json.dumps({**FACTS, "call_id": "one"}), encoding="utf-8")
    done = run(archive / "1-out.wav", "--customer", archive / "1-in.wav", "--facts", facts, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["channels"] == ["agent", "customer"]


def use_two_files(vaiti: Vaiti) -> None:
    assert vaiti.given is not None
    object.__setattr__(vaiti, "given", replace(vaiti.given, codec=LegsCodec(WavCodec())))

"""The recipes of docs/recipes: what they say is taken from the page and run on files as these systems lay them."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from recordings.factory import Vaiti
from storage.records import Recording
from tests.integration.fakes import a_call
from tests.integration.pushers import ROOT, command, ended, stored

RECIPES = ROOT / "docs" / "recipes"


def commands(page: str) -> list[list[str]]:
    """The arguments of each `vaiti push` on a page, without the folders and the controller that are the page's own."""
    text = (RECIPES / page).read_text(encoding="utf-8")
    found = re.findall(r"^ +vaiti (push (?:.*\\\n)*.*)$", text, re.MULTILINE)
    lines = [each.replace("\\\n", " ").replace("esimerkki-energia", "kuopio") for each in found]
    return [shlex.split(line)[1:] for line in lines]


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of a kind on a page, without their indentation."""
    text = (RECIPES / page).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return ["\n".join(line[len(indent) :] for line in body.splitlines()) for indent, body in found]


def watch_as(page: str, folder: Path, vaiti: Vaiti, live: str) -> list[Recording]:
    """Run a page's command over a folder, once and without the waiting."""
    (arguments,) = (each for each in commands(page) if "--watch" in each)
    arguments[arguments.index("--watch") + 1] = str(folder)
    if "--state" in arguments:
        arguments[arguments.index("--state") + 1] = str(folder.with_name("state.jsonl"))
    arguments[arguments.index("--settle") + 1] = "0.1"
    done = ended(command(live, vaiti.settings.token_path, *arguments, "--once"))
    assert done.returncode == 0, done.stderr
    assert "0401234567" not in done.stderr
    return [*reversed(vaiti.catalog.list(vaiti.controllers.scope))]


@pytest.fixture(autouse=True)
def _signed_in(token: str) -> None:
    assert token


def test_asterisk_calls_with_the_facts_that_its_dialplan_writes(home: Path, vaiti: Vaiti, live: str) -> None:
    (dialplan,) = blocks("asterisk.md", "ini")
    written = re.search(r"Set\(FILE\(.*?\)=(\{.*\})\)$", dialplan, re.MULTILINE)
    assert written is not None
    said = {"ID": "1772350200.1", "STARTED": "2026-03-01T09:30:00+0200", "CALLER": "0401234567"}
    folder = home / "calls"
    folder.mkdir()
    for number, caller in enumerate(["0401234567", ""]):
        values = {**said, "ID": f"1772350200.{number}", "CALLER": caller}
        facts = re.sub(r"\$\{(\w+)\}", lambda name, values=values: values[name[1]], written[1])
        (folder / f"1772350200.{number}.json").write_text(facts, encoding="utf-8")
        (folder / f"1772350200.{number}.wav").write_bytes(a_call(1.0, seed=number))
    found = watch_as("asterisk.md", folder, vaiti, live)
    assert [(each.queue, each.roles, each.source) for each in found] == [
        ("service", ("agent", "customer"), "asterisk")
    ] * 2
    assert [each.name for each in folder.iterdir()] == [".vaiti-push.jsonl"]


@pytest.mark.parametrize("name", ["1;touch owned", "$(touch owned)", "../1", "", "a"])
def test_the_script_of_the_asterisk_recipe_takes_nothing_but_an_id(tmp_path: Path, name: str) -> None:
    (script,) = blocks("asterisk.md", "sh")
    done = subprocess.run(["/bin/sh", "-c", script, "vaiti-call-done", name], cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_asterisk_recipe_gives_a_shell_nothing_that_a_caller_writes() -> None:
    (dialplan,) = blocks("asterisk.md", "ini")
    for line in dialplan.splitlines():
        if "MixMonitor" in line or "System" in line:
            assert set(re.findall(r"\$\{(\w+)", line)) == {"ID"}
    assert "ID=${FILTER(0-9.,${UNIQUEID})}" in dialplan


def test_freepbx_folders_and_names(home: Path, vaiti: Vaiti, live: str) -> None:
    folder = home / "monitor"
    day = folder / "2026" / "03" / "01"
    day.mkdir(parents=True)
    for number, name in enumerate(
        [
            "external-201-+358401234567-20260301-093000-1772350200.1",
            "q-600-0401234567-20260301-093001-1772350201.2",
            "rg-610-anonymous-20260301-093002-1772350202.3",
            "out-0401234567-202-20260301-093003-1772350203.4",
            "internal-203-204-20260301-093004-pbx1-1772350204.5",
        ]
    ):
        (day / f"{name}.wav").write_bytes(a_call(1.0, channels=1, seed=number))
    found = watch_as("freepbx.md", folder, vaiti, live)
    assert [(each.direction, each.agent, each.queue) for each in found] == [
        ("inbound", "201", None),
        ("inbound", None, "600"),
        ("inbound", None, "610"),
        ("outbound", "202", None),
        ("internal", "204", None),
    ]
    assert found[0].started_at.isoformat() == "2026-03-01T07:30:00+00:00"


def test_a_genesys_export_becomes_a_manifest(home: Path, vaiti: Vaiti, live: str) -> None:
    export = home / "export"
    for conversation, recording, started, kind in [
        ("c-1", "r-2", "2026-03-01T07:35:00.000Z", "Call"),
        ("c-1", "r-1", "2026-03-01T07:30:00.000Z", "Call"),
        ("c-2", "r-3", "2026-03-01T08:00:00.000Z", "Call"),
        ("c-3", "r-4", "2026-03-01T08:00:00.000Z", "Screen"),
    ]:
        folder = export / f"org/year=2026/month=3/day=1/hour=7/conversation_id={conversation}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{recording}.opus").write_bytes(a_call(1.0, seed=ord(recording[-1])))
        told = {"mediaType": kind, "startTime": started, "initialDirection": "Inbound"}
        (folder / f"{recording}.opus_metadata.json").write_text(json.dumps(told), encoding="utf-8")
    (mapping,) = blocks("genesys.md", "python")
    made = subprocess.run([sys.executable, "-c", mapping, export], check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    assert [(Path(each["path"]).name, each["call_id"], each["part"]) for each in rows] == [
        ("r-1.opus", "c-1", 1),
        ("r-2.opus", "c-1", 2),
        ("r-3.opus", "c-2", 1),
    ]
    manifest = export / "calls.jsonl"
    manifest.write_text(made.stdout, encoding="utf-8")
    (arguments,) = (each for each in commands("genesys.md") if "--manifest" in each)
    arguments[arguments.index("--manifest") + 1] = str(manifest)
    assert ended(command(live, vaiti.settings.token_path, *arguments)).returncode == 0
    assert stored(vaiti) == 3

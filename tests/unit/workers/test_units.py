"""The systemd units of deploy/systemd: all of them lock the same things, and systemd understands each line."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[3] / "deploy" / "systemd").glob("*.service"))
EXPOSURE = 2.0
# of systemd's 0 (locked) to 10; below 2.5 it says "OK"
DIFFERS = ("User=", "CapabilityBoundingSet=")
# the pusher has a user and one capability of its own

analyze = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")


def locks(unit: Path) -> list[str]:
    block = unit.read_text(encoding="utf-8").split("# What every unit of Vaiti has")[1].split("\n\n")[0]
    return [line for line in block.splitlines()[1:] if not line.startswith(DIFFERS)]


def ask(verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("systemd-analyze") or "systemd-analyze"
    command = [tool, verb, "--no-pager", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_every_unit_locks_the_same_things() -> None:
    assert len(UNITS) == 5
    assert all(locks(unit) == locks(UNITS[0]) for unit in UNITS)
    assert "SystemCallFilter=@system-service" in locks(UNITS[0])


@analyze
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    for unit in UNITS:
        here = unit.read_text(encoding="utf-8").replace("/opt/vaiti/bin/vaiti", "/bin/true")
        (tmp_path / unit.name).write_text(here, encoding="utf-8")
    asked = ask("verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS))
    assert not [line for line in asked.stderr.splitlines() if "vaiti" in line]


@analyze
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_exposed_to_little(unit: Path) -> None:
    asked = ask("security", "--offline=true", str(unit))
    found = re.search(r"exposure level for \S+: ([0-9.]+)", asked.stdout)
    assert found, asked.stderr
    assert float(found[1]) <= EXPOSURE

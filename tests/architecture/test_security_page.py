"""docs/security.md names tests that are there, and says what remains where something does."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| what |")
]


def test_what_is_held_names_its_test_and_the_others_say_what_remains() -> None:
    assert len(ROWS) > 30
    for what, state, tests, remains in ROWS:
        assert state in {"held", "part", "waits"}, what
        assert bool(re.findall(r"`tests/[^`]+`", tests)) == (state != "waits"), what
        assert remains or state == "held", what


def test_every_test_that_is_named_exists() -> None:
    named = {name for row in ROWS for name in re.findall(r"`(tests/[^`]+)`", row[2])}
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []

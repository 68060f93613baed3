"""The ledger of a pusher: what a kill leaves of it, and what it never holds."""

from pathlib import Path

import pytest

from workers.files import CannotWrite
from workers.pushing.ledger import Entry, Ledger, LedgerInUse, LedgerUnreadable, Outcome, open_ledger, read_ledger

NAME = "external-201-0401234567.wav"


def note(ledger: Ledger, name: str = NAME, outcome: Outcome = Outcome.STORED) -> str:
    file = ledger.tag(name)
    ledger.add(Entry(file=file, version="1", outcome=outcome))
    return file


def test_a_line_that_a_kill_cut_short_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "state"
    with open_ledger(path) as ledger:
        file = note(ledger)
    path.write_bytes(path.read_bytes() + b'{"file": "ab')
    with open_ledger(path) as ledger:
        other = note(ledger, "other.wav")
    assert {each.file for each in read_ledger(path)} == {file, other}


def test_a_line_is_on_the_disk_before_the_next_file_is_touched(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        file = note(ledger)
        note(ledger, outcome=Outcome.REFUSED)
        found = read_ledger(tmp_path / "state").get(file)
    assert found is not None
    assert found.outcome is Outcome.REFUSED


def test_no_name_is_in_it_and_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "state"
    with open_ledger(path) as ledger:
        note(ledger)
        assert path.stat().st_mode & 0o077 == 0
    assert b"0401234567" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_two_pushers_do_not_share_a_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state"), pytest.raises(LedgerInUse), open_ledger(tmp_path / "state"):
        pass


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "state"
    with open_ledger(path) as ledger:
        note(ledger)
        kept = note(ledger, "kept.wav")
        ledger.keep([kept])
    assert [each.file for each in read_ledger(path)] == [kept]


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("", encoding="ascii")
    (tmp_path / "state").symlink_to(tmp_path / "other")
    with pytest.raises(CannotWrite), open_ledger(tmp_path / "state"):
        pass


def test_another_file_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF\n1234\n")
    with pytest.raises(LedgerUnreadable), open_ledger(path):
        pass
    assert path.read_bytes() == b"RIFF\n1234\n"

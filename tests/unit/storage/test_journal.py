"""The journal: lines that hold together, a last line that a crash cut, a folder that does not answer."""

import json
from pathlib import Path

import pytest

from storage.errors import Tampered, Unavailable
from storage.journal import Act, Journal
from storage.records import Anchor


def an_act(number: int) -> Act:
    return Act(kind="note", entry={"number": number, "hash": f"{number:064x}"}, body={})


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "journal")
    journal.append(lambda _: [an_act(number) for number in range(1, 4)])
    return journal


def numbers(journal: Journal) -> list[int]:
    return [act.anchor.number for act in journal.acts()]


def test_lines_go_on_after_the_last(journal: Journal) -> None:
    assert journal.append(lambda last: [an_act((last.number if last else 0) + 1)]) == 1
    assert numbers(journal) == [1, 2, 3, 4]
    assert journal.last() == Anchor(number=4, hash=f"{4:064x}")


def test_a_line_that_a_crash_cut_is_not_read_and_is_made_again(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for cut in (1, len(last) // 2, len(last) - 1):
        journal.path.write_bytes(whole[: -len(last) + cut])
        assert numbers(journal) == [1, 2]
        assert journal.last() == Anchor(number=2, hash=f"{2:064x}")
        journal.append(lambda _: [an_act(3)])
        assert journal.path.read_bytes() == whole


@pytest.mark.parametrize("change", ["edit", "drop", "swap"])
def test_a_changed_line_shows(journal: Journal, change: str) -> None:
    lines = journal.path.read_text(encoding="utf-8").splitlines()
    if change == "edit":
        lines[1] = json.dumps({**json.loads(lines[1]), "body": {"x": 1}})
    elif change == "drop":
        del lines[1]
    else:
        lines[0], lines[1] = lines[1], lines[0]
    journal.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Tampered):
        numbers(journal)


def test_a_line_longer_than_one_look_is_read(journal: Journal) -> None:
    act = Act(kind="hold", entry={"number": 4, "hash": "x"}, body={"recordings": ["f" * 32] * 1000})
    journal.append(lambda _: [act])
    assert journal.last() == Anchor(number=4, hash="x")


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        Journal(tmp_path / "file" / "journal").check_writable()
    assert Journal(tmp_path / "nothing").last() is None

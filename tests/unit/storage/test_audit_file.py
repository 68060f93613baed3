"""An audit log in a file: whatever is done to it is found with the public key alone, by an auditor's own check too."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from storage import receipts
from storage.audit_chain import Checked, Entry, digest, follow, hide, new_salt, verify
from storage.errors import Tampered
from storage.receipt_chain import BEGINNING, Head
from storage.receipts import sign
from tests.audit_auditor import accepts
from tests.unit.storage.test_receipts import KEY, OTHER, pem

KESKI, ETELA = "keski-energia", "etela-energia"
WORDS = st.text("abcdefgh.-", min_size=1, max_size=12)


def says(controller: str | None = KESKI, **changes: Any) -> dict[str, Any]:
    return {
        "at": "2026-11-22T09:00:00.000000+00:00",
        "actor": "anna",
        "action": "raw.opened",
        "controller": controller,
        "recording": "a" * 32,
        "case": "R-12",
        "purpose": None,
        "detail": {"count": 2, "seconds": 1.5},
        "salt": new_salt(),
        **changes,
    }


SAID = st.builds(
    says,
    st.sampled_from([KESKI, ETELA, None]),
    action=WORDS,
    detail=st.dictionaries(WORDS, st.integers(-1000, 1000) | st.floats(-1e6, 1e6) | WORDS, max_size=3),
)


def linked(said: Sequence[dict[str, Any]]) -> list[Entry]:
    head, entries = Head(), list[Entry]()
    for each in said:
        entries.append({**each, **head.link()})
        head = follow(head, entries[-1])
    return entries


def sealed(log: Sequence[Entry], *, controller: str | None = None, key: Any = KEY, **changes: Any) -> list[str]:
    """A file as the service writes it."""
    shown = [each if controller in {None, each["controller"]} else hide(each) for each in log]
    body = {
        "format": receipts.AUDIT,
        "controller": controller,
        "entries": len(log),
        "head": digest(log[-1]) if log else BEGINNING,
        "shown": sum("content" not in each for each in shown),
        **changes,
    }
    return [rfc8785.dumps(dict(each)).decode() for each in (*shown, sign(body, key))]


def an_anchor(entries: Sequence[Entry], number: int, day: str = "2026-11-22", **changes: Any) -> Entry:
    kept = {"number": number, "hash": digest(entries[number - 1]) if number else BEGINNING}
    return sign({"format": receipts.ANCHOR, "day": day, "audit": kept, "receipts": {}, **changes}, KEY)


def refused(lines: list[str], anchors: Sequence[Entry]) -> str:
    """What both say of a file that was touched: ours in words, an auditor's own without."""
    assert not accepts(lines, pem().encode(), [dict(each) for each in anchors])
    with pytest.raises(Tampered) as told:
        verify(lines, pem(), anchors=anchors)
    return str(told.value)


@given(said=st.lists(SAID, max_size=8), controller=st.sampled_from([None, KESKI, ETELA]), data=st.data())
def test_what_was_exported_holds_whole_and_in_part(
    said: list[dict[str, Any]], controller: str | None, data: st.DataObject
) -> None:
    entries = linked(said)
    lines = sealed(entries, controller=controller)
    anchors = [an_anchor(entries, data.draw(st.integers(0, len(entries))))]
    mine = sum(controller in {None, each["controller"]} for each in said)
    assert verify(lines, pem(), anchors=anchors) == verify(lines, pem()) == Checked(entries=len(said), shown=mine)
    assert accepts(lines, pem().encode(), [dict(each) for each in anchors])
    for each in said:  # nothing of another register is in a part
        if controller not in {None, each["controller"]}:
            assert each["salt"] not in "".join(lines)


FILE = st.tuples(st.lists(SAID, min_size=3, max_size=8).map(linked), st.sampled_from([None, KESKI]))


@given(file=FILE, data=st.data())
def test_an_edit_of_anything_shows(file: tuple[list[Entry], str | None], data: st.DataObject) -> None:
    lines = sealed(file[0], controller=file[1])
    at = data.draw(st.integers(0, len(lines) - 1))
    line = json.loads(lines[at])
    name = data.draw(st.sampled_from(sorted(line.keys() - {"number", "format"})))
    line[name] = data.draw(st.sampled_from(["x", 7, None, {"x": 1}]).filter(lambda new: new != line[name]))
    lines[at] = json.dumps(line)
    refused(lines, [an_anchor(file[0], 1)])


@given(file=FILE, data=st.data())
def test_a_gap_shows(file: tuple[list[Entry], str | None], data: st.DataObject) -> None:
    lines = sealed(file[0], controller=file[1])
    at = data.draw(st.integers(0, len(lines) - 3))
    length = data.draw(st.integers(1, len(lines) - 2 - at))
    assert f"{length} audit entries are missing after number {at}" in refused(
        [*lines[:at], *lines[at + length :]], [an_anchor(file[0], 1)]
    )


@given(file=FILE, data=st.data())
def test_another_order_shows(file: tuple[list[Entry], str | None], data: st.DataObject) -> None:
    lines = sealed(file[0], controller=file[1])
    moved = data.draw(st.permutations(lines).filter(lambda other: list(other) != lines))
    refused(list(moved), [an_anchor(file[0], 1)])


@given(file=FILE, data=st.data())
def test_a_cut_end_shows(file: tuple[list[Entry], str | None], data: st.DataObject) -> None:
    entries, controller = file
    lines = sealed(entries, controller=controller)
    kept = data.draw(st.integers(0, len(entries) - 1))
    anchor = an_anchor(entries, len(entries))
    assert "the end is cut off" in refused(lines[:kept], [anchor])
    assert "the end is cut off" in refused([*lines[:kept], lines[-1]], [anchor])
    # whoever has the key can seal anew; the anchor lies elsewhere
    assert "the end is cut off" in refused(sealed(entries[:kept], controller=controller), [anchor])


@given(file=FILE, new=SAID, data=st.data())
def test_an_entry_that_was_put_in_shows(
    file: tuple[list[Entry], str | None], new: dict[str, Any], data: st.DataObject
) -> None:
    entries, controller = file
    at = data.draw(st.integers(0, len(entries) - 1))
    lines = sealed(entries, controller=controller)
    between = {**new, "number": at + 1, "previous": entries[at]["previous"]}
    assert refused([*lines[:at], json.dumps(between), *lines[at:]], [an_anchor(entries, 1)])
    anew = linked([*(_said(each) for each in entries[:at]), new, *(_said(each) for each in entries[at:])])
    assert "anchored" in refused(sealed(anew, controller=controller), [an_anchor(entries, len(entries))])


def _said(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in {"number", "previous"}}


@given(file=st.lists(SAID, min_size=3, max_size=8).map(linked), data=st.data())
def test_hiding_an_entry_shows(file: list[Entry], data: st.DataObject) -> None:
    lines = sealed(file)
    at = data.draw(st.integers(0, len(file) - 1))
    lines[at] = json.dumps(hide(file[at]))
    assert "hidden" in refused(lines, [an_anchor(file, len(file))])


def test_a_log_written_anew_with_the_key_shows_against_an_anchor_only() -> None:
    told = [says(), says(), says()]
    anchor = an_anchor(linked(told), 2)
    anew = sealed(linked([told[0], says(action="nothing"), told[2]]))
    assert verify(anew, pem()).entries == 3
    assert "entry 2 is not the one that was anchored on 2026-11-22" in refused(anew, [anchor])


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (sealed(linked([says()]), key=OTHER), "seal of the file is not what was signed"),
        (sealed(linked([says()]), entries=0, head=BEGINNING), "is not the one that was sealed"),
        ([*sealed(linked([says()])), *sealed([])], "after the seal"),
        (sealed([]) + sealed([]), "after the seal"),
    ],
    ids=["another-key", "after-the-head", "two-files", "two-seals"],
)
def test_the_seal_ends_one_whole_file(lines: list[str], words: str) -> None:
    assert words in refused(lines, [an_anchor([], 0)])


def test_anchors_that_contradict_each_other_are_refused() -> None:
    entries = linked([says(), says()])
    first, less = an_anchor(entries, 2), an_anchor(entries, 1, "2026-11-23")
    refused(sealed(entries), [first, an_anchor(linked([says(), says()]), 2, "2026-11-23")])
    for anchors, words in (([first, less], "saw less than one before"), ([], "no anchor")):
        with pytest.raises(Tampered, match=words):
            verify(sealed(entries), pem(), anchors=anchors)


@pytest.mark.parametrize("line", ["[]", "{}", "x", '{"number": "1"}', '{"number": true}', '{"a": 1, "a": 2}', "1"])
def test_what_is_no_audit_log_is_no_audit_log(line: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|JSON|audit entry|unpack|twice"):
        verify([line], pem())

"""Receipts in a chain: what was changed, left out, moved or cut off is found with the public key alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import Tampered
from storage.receipt_chain import BEGINNING, Head, Receipt, digest, head_of, verify
from storage.receipts import ANCHOR, sign
from tests.unit.storage.test_receipts import KEY, OTHER, pem

KESKI, ETELA = "keski-energia", "etela-energia"


def chain(controller: str = KESKI, number: int = 6) -> list[Receipt]:
    made: list[Receipt] = []
    for _ in range(number):
        link = head_of(made[-1] if made else None).link()
        made.append(sign({"controller": controller, "event": "purged", **link}, KEY))
    return made


def an_anchor(day: str, *chains: Sequence[Receipt], audit: int = 9, **changes: Any) -> Receipt:
    heads = {each[-1]["controller"]: {"number": len(each), "hash": digest(each[-1])} for each in chains}
    body = {"format": ANCHOR, "day": day, "audit": {"number": audit, "hash": "a" * 64}, "receipts": heads}
    return sign({**body, **changes}, KEY)


@pytest.mark.parametrize("newest_first", ["no", "yes"])
def test_whole_chains_hold_in_the_order_of_a_list(newest_first: str) -> None:
    found = [*chain(), *chain(ETELA, 3)]
    assert verify(found[::-1] if newest_first == "yes" else found, pem()) == 9


def test_a_part_of_a_chain_holds_where_nobody_asks_for_the_whole() -> None:
    assert verify(chain()[2:5], pem()) == 3


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([*chain()[:2], *chain()[4:]], "2 receipts of keski-energia are missing after number 2"),
        ([*chain()[:2], chain()[3], chain()[2], *chain()[4:]], "not in order: 3 stands after 4"),
        ([*chain()[:2], *chain()[1:]], "not in order: 2 stands after 2"),
        ([chain()[0], {**chain()[1], "event": "refused"}, *chain()[2:]], "receipt 2 is not what was signed"),
        ([sign({"controller": KESKI, "number": 1, "previous": "a" * 64}, KEY)], "was not the first"),
        ([chain()[0], sign({"controller": KESKI, "number": 2, "previous": "a" * 64}, KEY)], "was not made after"),
    ],
    ids=["gap", "moved", "twice", "edited", "first", "not-its-successor"],
)
def test_what_is_wrong_is_said_in_words(found: list[Receipt], words: str) -> None:
    with pytest.raises(Tampered, match=words):
        verify(found, pem())


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (chain()[:5], "the end is cut off: keski-energia had 6 receipts on 2026-11-22, and 5 are here"),
        (chain()[1:], "the first 1 receipts of keski-energia are missing"),
        ([], "the end is cut off"),
        (
            [*chain()[:5], sign({**head_of(chain()[4]).link(), "controller": KESKI}, KEY)],
            "not the one that was anchored",
        ),
    ],
    ids=["tail", "head", "all", "replaced"],
)
def test_an_anchor_shows_what_the_chain_cannot(found: list[Receipt], words: str) -> None:
    anchors = [an_anchor("2026-11-21", chain()[:4]), an_anchor("2026-11-22", chain())]
    assert verify(chain(), pem(), anchors=anchors) == 6
    with pytest.raises(Tampered, match=words):
        verify(found, pem(), anchors=anchors)


def test_what_came_after_the_last_anchor_may_be_there() -> None:
    assert verify(chain(), pem(), anchors=[an_anchor("2026-11-22", chain()[:3])]) == 6


def test_anchors_are_checked_themselves() -> None:
    forged = {**an_anchor("2026-11-22", chain()), "day": "2026-11-23"}
    with pytest.raises(Tampered, match="the anchor of 2026-11-23 is not what was signed"):
        verify(chain(), pem(), anchors=[forged])
    with pytest.raises(Tampered, match="saw less"):
        verify(chain(), pem(), anchors=[an_anchor("2026-11-21", chain()), an_anchor("2026-11-22", chain()[:4])])
    shrunk = [an_anchor("2026-11-21", chain()), an_anchor("2026-11-22", chain(), audit=8)]
    with pytest.raises(Tampered, match="saw less"):
        verify(chain(), pem(), anchors=shrunk)
    with pytest.raises(Tampered, match="no anchor"):
        verify(chain(), pem(), anchors=[])
    with pytest.raises(Tampered):
        verify(chain(), pem(OTHER))


def test_a_receipt_is_no_anchor() -> None:
    with pytest.raises(Tampered):
        verify(chain(), pem(), anchors=chain()[:1])


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_whatever_is_left_out_or_moved_shows(data: st.DataObject) -> None:
    whole = chain()
    found = data.draw(st.lists(st.sampled_from(whole), max_size=7))
    anchors = [an_anchor("2026-11-22", whole)]
    if found in (whole, whole[::-1]):
        assert verify(found, pem(), anchors=anchors) == 6
        return
    with pytest.raises(Tampered):
        verify(found, pem(), anchors=anchors)


def test_receipts_from_before_there_were_chains_are_checked_one_by_one() -> None:
    old = sign({"controller": KESKI, "event": "purged"}, KEY)
    assert head_of(old) == Head(0, BEGINNING)
    assert verify([old, *chain()], pem(), anchors=[an_anchor("2026-11-22", chain())]) == 7

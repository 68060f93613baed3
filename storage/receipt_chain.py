"""Receipts in a chain, and anchors of it: what was changed, left out, moved or cut off shows to who has the public key.

Each receipt has its number within its controller's register and the hash of the one before it. A chain alone cannot
tell that its end is missing; an anchor (`vaiti-anchor/1`) says, signed and kept elsewhere, how far it went on a day.
Nothing here asks the service or its database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import rfc8785

from storage import receipts
from storage.errors import Tampered

BEGINNING: Final = "0" * 64
Receipt = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The last receipt of a controller: its number and its hash."""

    number: int = 0
    hash: str = BEGINNING

    def link(self) -> dict[str, Any]:
        """Return what the next receipt holds of this one."""
        return {"number": self.number + 1, "previous": self.hash}


def head_of(last: Receipt | None) -> Head:
    """Return the head of a chain that ends with this receipt; one from before there were chains begins anew."""
    if last is None or "number" not in last:
        return Head()
    return Head(int(last["number"]), digest(last))


def digest(receipt: Receipt) -> str:
    """Hash a receipt with its signature: SHA-256 of its canonical JSON (RFC 8785), hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(receipt))).hexdigest()


def verify(found: Sequence[Receipt], public_key_pem: str | bytes, *, anchors: Sequence[Receipt] | None = None) -> int:
    """Check receipts as they are in a file, oldest or newest first; returns how many hold.

    With anchors they have to be whole: from the first receipt to at least what the last anchor saw. Raises Tampered,
    which says in words what is wrong, ValueError for a key that is none.
    """
    checked = receipts.verify_all(found, public_key_pem)
    chains = {each: _in_order(each, found) for each in sorted({str(receipt["controller"]) for receipt in found})}
    for controller, chain in chains.items():
        _check_links(controller, chain)
    if anchors is not None:
        _check_anchors(chains, anchors, public_key_pem)
    return checked


def _in_order(controller: str, found: Iterable[Receipt]) -> list[Receipt]:
    """Return a controller's numbered receipts, oldest first. Raises Tampered when they were in neither order."""
    chain = [receipt for receipt in found if receipt["controller"] == controller and "number" in receipt]
    numbers = [receipt["number"] for receipt in chain]
    for first, second in pairwise(numbers):
        if first == second or (second > first) != (numbers[1] > numbers[0]):
            raise Tampered(f"the receipts of {controller} are not in order: {second} stands after {first}")
    return chain if numbers == sorted(numbers) else chain[::-1]


def _check_links(controller: str, chain: Sequence[Receipt]) -> None:
    for before, after in pairwise(chain):
        missing = after["number"] - before["number"] - 1
        if missing:
            raise Tampered(f"{missing} receipts of {controller} are missing after number {before['number']}")
        if after["previous"] != digest(before):
            raise Tampered(f"receipt {after['number']} of {controller} was not made after the one before it")
    if chain and chain[0]["number"] == 1 and chain[0]["previous"] != BEGINNING:
        raise Tampered(f"receipt 1 of {controller} was not the first")


def in_order(anchors: Sequence[Receipt], public_key_pem: str | bytes) -> Sequence[Receipt]:
    """Return anchors, oldest first. Raises Tampered for one that was changed, saw less than one before it, or none."""
    if not anchors:
        raise Tampered("there is no anchor in this folder: a cut end would not show")
    seen: dict[str, int] = {}
    found = sorted(anchors, key=lambda each: str(each.get("day")))
    for anchor in found:
        day = str(anchor.get("day"))
        try:
            receipts.verify(anchor, public_key_pem, form=receipts.ANCHOR)
        except Tampered:
            raise Tampered(f"the anchor of {day} is not what was signed") from None
        heads = {each: head["number"] for each, head in anchor["receipts"].items()}
        numbers = {**heads, "": anchor["audit"]["number"]}  # no controller has this name
        if any(numbers.get(each, 0) < number for each, number in seen.items()):
            raise Tampered(f"the anchor of {day} saw less than one before it")
        seen |= numbers
    return found


def _check_anchors(chains: Mapping[str, Sequence[Receipt]], anchors: Sequence[Receipt], pem: str | bytes) -> None:
    found = in_order(anchors, pem)
    for controller, chain in chains.items():
        if chain and chain[0]["number"] != 1:
            raise Tampered(f"the first {chain[0]['number'] - 1} receipts of {controller} are missing")
    for anchor in found:
        for controller, head in anchor["receipts"].items():
            _check_head(controller, chains.get(controller, ()), Head(**head), str(anchor["day"]))


def _check_head(controller: str, chain: Sequence[Receipt], head: Head, day: str) -> None:
    if len(chain) < head.number:
        raise Tampered(
            f"the end is cut off: {controller} had {head.number} receipts on {day}, and {len(chain)} are here"
        )
    if digest(chain[head.number - 1]) != head.hash:
        raise Tampered(f"receipt {head.number} of {controller} is not the one that was anchored on {day}")

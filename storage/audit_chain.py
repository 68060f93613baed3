"""`vaiti-audit/1`: the audit log in a file, and its check with the public key alone (docs/receipts.md says the form).

An entry's hash holds its number, the hash before it and a digest of what it says, not the words themselves: so an
entry of another register can be shown by that digest and the chain still holds. A random salt keeps the digest from
being guessed. Nothing here asks the service or its database.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from storage import receipts
from storage.errors import Tampered
from storage.receipt_chain import Head, in_order

Entry = Mapping[str, Any]
_LINKS: Final = ("number", "previous")
_HIDDEN: Final = {*_LINKS, "content"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file holds: all entries of the log up to its seal, and how many of them it shows."""

    entries: int
    shown: int


def new_salt() -> str:
    """Return 16 random bytes, hexadecimal."""
    return secrets.token_hex(16)


def digest(entry: Entry) -> str:
    """Return the hash of an entry, shown or hidden. Raises CanonicalizationError for what is no plain JSON."""
    # one without a salt is from before there were any: one hash over all that it says
    return _hash(hide(entry) if "salt" in entry else entry)


def hide(entry: Entry) -> dict[str, Any]:
    """Return an entry without what it says: its place in the chain, and the digest of the rest."""
    said = {name: value for name, value in entry.items() if name not in _LINKS}
    return {**{name: entry[name] for name in _LINKS}, "content": _hash(said)}


def follow(head: Head, entry: Entry) -> Head:
    """Return the head of the chain with this entry. Raises Tampered when it does not follow, ValueError."""
    number = entry.get("number")
    if type(number) is not int or ("content" in entry and entry.keys() != _HIDDEN):
        raise ValueError("this line is no audit entry")
    if number > head.number + 1:
        raise Tampered(f"{number - head.number - 1} audit entries are missing after number {head.number}")
    if number <= head.number:
        raise Tampered(f"the audit entries are not in order: {number} stands after {head.number}")
    if entry.get("previous") != head.hash:
        raise Tampered(f"audit entry {number} was not made after the one before it: one of the two was changed")
    return Head(number, digest(entry))


def verify(lines: Iterable[str], public_key_pem: str | bytes, *, anchors: Sequence[Entry] | None = None) -> Checked:
    """Check a file, line by line; with anchors, that the log is the one that was anchored.

    Raises Tampered, which says in words what is wrong, ValueError for what is no such file or no public key.
    """
    anchored = {} if anchors is None else _anchored(anchors, public_key_pem)
    head, shown, seal = Head(), 0, None
    for entry in _parsed(lines):
        if seal is not None:
            raise Tampered("something stands after the seal of the file")
        if "format" in entry:
            seal = entry
            continue
        head = follow(head, entry)
        shown += "content" not in entry
        expected, day = anchored.get(head.number, (head.hash, ""))
        if head.hash != expected:
            raise Tampered(f"audit entry {head.number} is not the one that was anchored on {day}")
    _check_seal(seal, head, shown, public_key_pem)
    last = max(anchored, default=0)
    if head.number < last:
        raise Tampered(f"the end is cut off: there were {last} entries on {anchored[last][1]}, and {head.number} here")
    return Checked(entries=head.number, shown=shown)


def _check_seal(seal: Entry | None, head: Head, shown: int, public_key_pem: str | bytes) -> None:
    if seal is None:
        raise Tampered(f"the end is cut off: no seal follows entry {head.number}")
    try:
        receipts.verify(seal, public_key_pem, form=receipts.AUDIT)
    except Tampered:
        raise Tampered("the seal of the file is not what was signed") from None
    if head.number < seal["entries"]:
        raise Tampered(f"the end is cut off: {seal['entries']} entries were sealed, and {head.number} are here")
    if (head.number, head.hash) != (seal["entries"], seal["head"]):
        raise Tampered(f"audit entry {head.number} is not the one that was sealed as the last")
    if shown != seal["shown"] or (seal["controller"] is None and shown != head.number - seal.get("forgotten", 0)):
        raise Tampered(f"entries were hidden: {seal['shown']} were shown when the file was sealed, and {shown} are now")


def _anchored(anchors: Sequence[Entry], public_key_pem: str | bytes) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for anchor in in_order(anchors, public_key_pem):
        number, head, day = anchor["audit"]["number"], anchor["audit"]["hash"], str(anchor["day"])
        if number and found.setdefault(number, (head, day))[0] != head:
            raise Tampered(f"the anchor of {day} contradicts one before it")
    return found


def _parsed(lines: Iterable[str]) -> Iterator[Entry]:
    for line in lines:
        if line.strip():
            (entry,) = receipts.parse(line)
            yield entry


def _hash(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()

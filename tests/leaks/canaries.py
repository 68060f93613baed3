"""Canary persons: invented names and numbers that belong to nobody, one for each way in, and the search for them.

Each way in has a name of its own, so that what is found says which way it took.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

STEM = "Kanäriä"
PLAIN_STEM = "Kanaria"
# Where only ASCII fits: headers, names in the audit log.
IDENTITY_CODE = "131052-930V"
PHONE = "0401234567"
# Both are of the ranges that are given to nobody (domain.md).
_DEFLATED = re.compile(rb"\x78[\x01\x9c\xda]")
_SHORT = 100_000
_SHORTEST = 5
# Bytes: what base64 leaves of a name without its neighbours is longer.


def canary(way: str) -> str:
    """The name that goes in by this way: small letters only."""
    return f"{STEM}{way}"


def plain(way: str) -> str:
    """The same in ASCII."""
    return f"{PLAIN_STEM}{way}"


def written(value: str) -> Iterator[bytes]:
    """A value as programs write it: plain, in other encodings, escaped, percent-encoded, in base64 at any offset."""
    for each in {value, value.upper(), value.lower()}:
        yield from (each.encode(), each.encode("latin-1"), each.encode("utf-16-le")[:-1])  # big-endian holds it too
        yield json.dumps(each)[1:-1].encode()
        yield ascii(each)[1:-1].encode()
        yield ascii(each.encode())[2:-1].encode()
        yield from (quote(each).encode(), quote(each).lower().encode())
        for shift in range(3):
            code = base64.b64encode(b"\0" * shift + each.encode())
            yield code[4 if shift else 0 : -4]  # what does not depend on its neighbours
            yield base64.urlsafe_b64encode(b"\0" * shift + each.encode())[4 if shift else 0 : -4]


def find(values: Iterable[str], places: Iterable[tuple[str, bytes]]) -> list[str]:
    """Name which value is readable in which place. What only names of canaries begin with is looked for first."""
    wanted = {value: _any_of({value}) for value in values}
    beginnings = _any_of({STEM, PLAIN_STEM} | {value for value in wanted if STEM not in value})
    found = []
    for place, content in places:
        for look in (content, *inflated(content)):
            if _is_in(look, beginnings):
                found += [f"{value} in {place}" for value, forms in wanted.items() if _is_in(look, forms)]
    return found


def _is_in(content: bytes, forms: Iterable[bytes]) -> bool:
    return any(each in content for each in forms)


def _any_of(values: Iterable[str]) -> list[bytes]:
    return sorted({form for value in values for form in written(value) if len(form) > _SHORTEST})


def inflated(content: bytes) -> Iterator[bytes]:
    """What is deflated in it, for short contents: RQ deflates what a job holds."""
    for begin in _DEFLATED.finditer(content if len(content) < _SHORT else b""):
        try:
            yield zlib.decompressobj().decompress(content[begin.start() :])
        except zlib.error:
            continue

"""IP addresses as written, versions 4 and 6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from redaction.candidates import LIKELY
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer

_SHAPE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])(?!\.\d)"
)
_SIGNS = re.compile(r"\d\.\d{1,3}\.\d|:[0-9a-fA-F]{0,4}:")
# Two dots or colons as no other writing has them: few texts need the whole expression.


class IpAddressRecognizer(VaitiRecognizer):
    """Finds addresses that the standard library accepts."""

    VIEWS = frozenset({"as-written", "spoken"})
    ENTITY = "IP_ADDRESS"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every address."""
        if (":" not in text and "." not in text) or not _SIGNS.search(text):
            return
        for match in _SHAPE.finditer(text):
            try:
                ip_address(match.group())
            except ValueError:
                continue
            yield Hit(match.start(), match.end(), LIKELY, Checksum.NONE, "address")

"""What must not be readable anywhere: the numbers of the sample calls, however they are written, and as said."""

import re
from collections.abc import Iterable
from pathlib import Path

from workers.demo.samples import load_samples

WRITTEN = {
    "identity code": ("131052930V", "020504A902E", "010594Y9032", "050594U903M"),
    "IBAN": ("FI2112345600000785",),
    "account": ("12345600000785", "123456785"),
    "phone": ("0401234567", "358401234567"),
    "card": ("4111111111111111",),
    "customer": ("0078923", "0061250", "0061245", "4402917"),
    "metering point": ("643999990000000015",),
}
SAID = frozenset({"FI_PERSONAL_IDENTITY_CODE", "IBAN_CODE", "FI_ACCOUNT_NUMBER", "PHONE_NUMBER", "CREDIT_CARD"})
FEWEST_WORDS = 5
# "nolla nolla nolla kahdeksan" is said of a company's number too; five words in a row are somebody's
_BETWEEN = rb"[\s\-+./,_]{0,2}"


def patterns() -> dict[str, re.Pattern[bytes]]:
    """One pattern for each value: with and without separators, in either case."""
    written = {
        f"{kind} {number}": re.compile(_BETWEEN.join(_either_case(sign) for sign in value))
        for kind, values in WRITTEN.items()
        for number, value in enumerate(values)
    }
    said = {}
    for sample in load_samples():
        for number, each in enumerate(sample.personal):
            words = [
                w["text"].strip(".,?!")
                for w in sample.words[each.first : each.last + 1]
                if w["channel"] == each.channel
            ]
            if each.type in SAID and len(words) >= FEWEST_WORDS:
                text = b"\\W{1,3}".join(_either_case(w[0]) + re.escape(w[1:].encode()) for w in words[:FEWEST_WORDS])
                said[f"{sample.name}, {each.type} {number} as said"] = re.compile(text)
    return written | said


def _either_case(letter: str) -> bytes:
    """A letter in both cases: quicker than a pattern that ignores case over megabytes of noise."""
    if letter.upper() == letter.lower():
        return re.escape(letter.encode())
    return b"(?:" + re.escape(letter.lower().encode()) + b"|" + re.escape(letter.upper().encode()) + b")"


def find_leaks(places: Iterable[tuple[str, bytes]]) -> list[str]:
    """Name what is readable and where; never the value itself."""
    wanted = patterns()
    return [f"{name} in {place}" for place, data in places for name, each in wanted.items() if each.search(data)]


def files_under(folder: Path) -> list[tuple[str, bytes]]:
    """Every file of a folder with its bytes."""
    return [(str(each.relative_to(folder)), each.read_bytes()) for each in sorted(folder.rglob("*")) if each.is_file()]

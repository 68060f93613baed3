"""Facts of a call from flat texts: the columns of a table, or what a pattern finds in a file's name.

A field is named as in the facts of a push; `customer.phone` and `known.name` reach into them. What is built here is
checked by `recordings.facts` and by the service, as any push.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from recordings.facts import CustomerReference, Facts, Known, LegStarts

_CUSTOMER, _KNOWN, _CHANNELS, _PART, _STARTED = "customer", "known", "channels", "part", "started_at"
_STARTS = "leg_starts"
PLAIN = frozenset(Facts.model_fields) - {_CUSTOMER, _KNOWN, _STARTS}
NESTED = frozenset(
    [f"{_CUSTOMER}.{kind}" for kind in get_args(CustomerReference.model_fields["type"].annotation)]
    + [f"{_KNOWN}.{name}" for name in Known.model_fields]
    + [f"{_STARTS}.{role}" for role in LegStarts.model_fields]
)
FIELDS = PLAIN | NESTED
SEVERAL = "|"
# Stands between several values of one field: "040 123 4567|050 765 4321".

_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 5
# Fewer are an extension or a word such as "anonymous": all hidden callers would become one person's calls.


class NotAFact(ValueError):
    """A text cannot become this fact; `field` is a name of ours."""

    def __init__(self, field: str, rule: str) -> None:
        """`rule` is a word of ours, as pydantic's are."""
        super().__init__(f"{field}: {rule}")
        self.field, self.rule = field, rule


def facts_from_texts(texts: Mapping[str, str], zone: ZoneInfo | None = None) -> dict[str, Any]:
    """Return facts as they are pushed. A time without an offset is of `zone`. Empty texts are left out.

    Raises NotAFact.
    """
    facts: dict[str, Any] = {}
    for field, text in texts.items():
        if not text.strip():
            continue
        group, _, name = field.partition(".")
        if group == _CUSTOMER:
            facts.setdefault(_CUSTOMER, []).extend(_references(name, text))
        elif group == _KNOWN:
            facts.setdefault(_KNOWN, {})[name] = _split(text)
        elif group == _STARTS:
            facts.setdefault(_STARTS, {})[name] = _seconds(field, text.strip())
        else:
            facts[field] = _plain(field, text.strip(), zone)
    return facts


def facts_from_document(document: Any, zone: ZoneInfo | None = None) -> dict[str, Any]:
    """Return the facts of a JSON object, in which `customer.phone` and its like may stand as flat texts too.

    What writes JSON without a JSON library, a dialplan, then needs no case for a hidden caller. Raises NotAFact.
    """
    if not isinstance(document, dict):
        raise NotAFact("facts", "dict_type")
    flat = {name: text for name, text in document.items() if name in NESTED and isinstance(text, str)}
    facts = {name: value for name, value in document.items() if name not in flat} | facts_from_texts(flat)
    if zone is not None and isinstance(facts.get(_STARTED), str):
        facts[_STARTED] = written_time(facts[_STARTED], zone)
    return facts


def _plain(field: str, text: str, zone: ZoneInfo | None) -> Any:
    if field == _STARTED:
        return written_time(text, zone)
    if field == _CHANNELS:
        return _split(text.replace(",", SEVERAL))
    if field == _PART:
        if not text.isdecimal():
            raise NotAFact(_PART, "int_parsing")
        return int(text)
    return text


def _seconds(field: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotAFact(field, "float_parsing") from None


def written_time(text: str, zone: ZoneInfo | None) -> str:
    """Return an ISO 8601 time with its offset. An hour that comes twice is the first. Raises NotAFact."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotAFact(_STARTED, "datetime_parsing") from None
    if moment.tzinfo is None:
        if zone is None:
            raise NotAFact(_STARTED, "timezone_aware")
        moment = moment.replace(tzinfo=zone)
    return moment.isoformat()


def _references(kind: str, text: str) -> list[dict[str, str]]:
    return [
        {"type": kind, "value": value}
        for value in _split(text)
        if kind != "phone" or len(_DIGIT.findall(value)) >= _FEWEST_DIGITS
    ]


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]

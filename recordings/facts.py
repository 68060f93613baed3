"""What a push says of a call, and how it is checked: by field name and rule, never by repeating what was sent.

The models are strict and closed: an unknown field is refused, because a telephony platform that sends a name in a
field of its own would otherwise believe that it was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import phonenumbers
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from recordings.errors import FactsInvalid, StartedInFuture
from recordings.legs import ROLES
from storage.records import Kind

CLOCK_SKEW = timedelta(minutes=10)
# Telephony platforms' clocks drift; a call further ahead has a wrong zone or date, and its year would end late.
CALENDAR = range(1970, 3000)
# Years. Outside them offsets and periods run over the calendar's own ends.
MAX_FACTS_BYTES = 64 * 1024
# Facts with a hundred references are 20 kB.

_ROLES = ("customer", "company-contact", "representative", "third-party")
_ISO_WITH_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_PLAIN = re.compile(r"[\s\-./()]+")

Label = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w .:+-]+$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _several(value: object) -> object:
    # what a function returns is checked as Python, where a list is no tuple
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _written_time(value: object) -> object:
    # pydantic would read a bare number as seconds since 1970, in UTC: an offset that nobody wrote
    if not isinstance(value, str) or not _ISO_WITH_TIME.match(value):
        raise ValueError("is a date and time with its offset, as 2026-03-01T09:30:00+02:00")
    written = datetime.fromisoformat(value)
    if written.year not in CALENDAR:
        raise ValueError("is a time of this age")
    return written


LegStart = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_several), Field(max_length=20)]


class CustomerReference(BaseModel):
    """One way in which the company names a person of the call."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    type: Literal["customer_number", "phone", "metering_point", "contract", "email"]
    value: Text


class PersonReference(CustomerReference):
    """A reference as it comes with a call: as what the person is in it, the customer where nothing is said."""

    role: Literal["customer", "representative", "company-contact", "third-party"] = "customer"


class Known(BaseModel):
    """What the company already knows of the customer: certain matches for masking, dropped after it (design.md 11)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    code: Texts = ()
    account: Texts = ()
    phone: Texts = ()
    email: Texts = ()
    name: Texts = ()
    address: Texts = ()
    customer_number: Texts = ()
    contract: Texts = ()
    metering_point: Texts = ()
    other: Texts = ()


class LegStarts(BaseModel):
    """Where each file of a call in two files starts, in seconds from `started_at`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    agent: LegStart = 0.0
    customer: LegStart = 0.0


class Facts(BaseModel):
    """The facts of one call, as pushed. Holds personal data: it goes to the vault and nowhere else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    controller: Text
    kind: Text
    call_id: Text
    started_at: Annotated[AwareDatetime, BeforeValidator(_written_time)]
    part: Annotated[int, Field(ge=1, le=999)] = 1
    direction: Literal["inbound", "outbound", "internal"] | None = None
    queue: Label | None = None
    agent: Label | None = None
    channels: Annotated[tuple[Literal["agent", "customer", "unknown"], ...], Field(max_length=8)] = ()
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    customer: Annotated[tuple[PersonReference, ...], Field(max_length=100)] = ()
    source: Label | None = None
    profile: Literal["standard", "strict", "non-disclosure"] | None = None
    known: Known = Known()
    leg_starts: LegStarts | None = None  # from `of_push` on: given for every call of two files, and for no other

    @property
    def zone_offset(self) -> int:
        """The offset that the call's time was written with, in seconds."""
        offset = self.started_at.utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def of_push(self, *, in_legs: bool) -> Facts:
        """Return these, with what two files say by themselves. Raises FactsInvalid when they say something else."""
        if not in_legs:
            if self.leg_starts is not None:
                raise FactsInvalid([("leg_starts", "not_two_files")])
            return self
        if self.channels not in {(), ROLES}:
            raise FactsInvalid([("channels", "not_agent_and_customer")])
        return self.model_copy(update={"channels": ROLES, "leg_starts": self.leg_starts or LegStarts()})


class LaterFacts(BaseModel):
    """What is learnt of a call after its push. What is not named stays; a null forgets; both lists only add.

    `satisfaction` is what the customer answered when asked, on the company's own scale.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kinds: Annotated[tuple[Text, ...], Field(max_length=len(Kind))] = ()
    customer: Annotated[tuple[PersonReference, ...], Field(max_length=100)] = ()
    direction: Literal["inbound", "outbound", "internal"] | None = None
    queue: Label | None = None
    agent: Label | None = None
    satisfaction: Annotated[int, Field(ge=0, le=100)] | None = None

    @property
    def told(self) -> dict[str, Any]:
        """The columns that were named, with their values."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set & TOLD)}


TOLD = frozenset({"direction", "queue", "agent", "satisfaction"})
# The later facts that take the place of earlier ones.


def parse_later_facts(document: bytes) -> LaterFacts:
    """Read the JSON of a later message. Raises FactsInvalid with the fields and the rules they break."""
    try:
        facts = LaterFacts.model_validate_json(_bounded(document))
    except ValidationError as error:
        raise FactsInvalid(name_problems(error.errors(include_url=False, include_input=False))) from None
    if not facts.model_fields_set:
        raise FactsInvalid([("facts", "missing")])
    return facts


def parse_facts(document: bytes) -> Facts:
    """Read the JSON of a push. Raises FactsInvalid with the fields and the rules they break."""
    try:
        return Facts.model_validate_json(_bounded(document))
    except ValidationError as error:
        raise FactsInvalid(name_problems(error.errors(include_url=False, include_input=False))) from None


def check_start(started_at: datetime, now: datetime) -> None:
    """Raise StartedInFuture when the call lies further ahead than clocks drift."""
    if started_at > now + CLOCK_SKEW:
        raise StartedInFuture


def normal_reference(kind: str, value: str) -> str:
    """Return a reference as it is hashed, so that "040 123 4567" and "+358401234567" name the same person."""
    if kind == "email":
        return value.strip().casefold()
    if kind == "phone":
        try:
            number = phonenumbers.parse(value, "FI")
        except phonenumbers.NumberParseException:
            return _PLAIN.sub("", value)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _PLAIN.sub("", value).upper()


def roles_of(references: Iterable[PersonReference]) -> dict[tuple[str, str], str]:
    """Return each reference as it is hashed, with its role; of two roles the one that gives less counts."""
    ranked = sorted(references, key=lambda each: _ROLES.index(each.role))
    return {(each.type, normal_reference(each.type, each.value)): each.role for each in ranked}


def without_known(facts: dict[str, Any]) -> dict[str, Any]:
    """Return pushed facts (as JSON) without the known answers, which only masking may use."""
    return {name: value for name, value in facts.items() if name != "known"}


def with_later(facts: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts (as JSON) with what was sent after them: lists grow, the rest is replaced."""
    lists = {
        name: [*facts.get(name, ()), *(each for each in later[name] if each not in facts.get(name, ()))]
        for name in ("kinds", "customer")
        if name in later
    }
    return {**facts, **later, **lists}


def _bounded(document: bytes) -> bytes:
    if len(document) > MAX_FACTS_BYTES:
        raise FactsInvalid([("facts", "too_long")])
    return document


def name_problems(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Turn pydantic's errors into (field, rule), with our own field names only.

    An unknown field's name is what somebody sent, and may itself be someone's phone number: its place is named instead.
    """
    problems = set()
    for each in errors:
        place = each["loc"][:-1] if each["type"] == "extra_forbidden" else each["loc"]
        problems.add((".".join(str(part) for part in place) or "facts", str(each["type"])))
    return sorted(problems)

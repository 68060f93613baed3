"""The companies whose registers these are, and how long each keeps each kind of recording.

There is no default period (design.md, decision 6): a kind that a controller does not name is refused at push, because
keeping something for a time that nobody chose is what the fines are for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from recordings.deadlines import is_working_day
from recordings.errors import NoPeriod, SettingsWrong, UnknownController, UnknownKind
from recordings.masking_rules import Masking
from recordings.portals import Portal
from recordings.retention import BadPeriod, Period
from recordings.statements import Stated
from storage.records import Kind, Scope

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
READ_BY_THE_RULES = ("fi", "sv", "en")
# docs/adr/0012; another language takes recognizers of one's own, and is named in the file


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no time zone of the IANA database, such as Europe/Helsinki") from None
    return name


def _known_country(code: str) -> str:
    is_working_day(date(2026, 1, 1), country=code)
    return code


def _safe_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}):
        raise ValueError("is an https:// address (http:// on this machine only)")
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("is an address without a user, a query or a fragment")
    return address


Count = Annotated[int, Field(gt=0)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Limits(BaseModel):
    """How much a controller's systems may push. What is left out of the first two is the service's own limit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    push_bytes: Count | None = None
    call_seconds: Count | None = None
    pushes_a_minute: Count = 1_200
    # A thousand agents hang up three times a minute at most; an archive that is imported takes what is left.
    bytes_a_day: Count = 500 * 1024**3
    # A hundred thousand calls of 5 MB: what is more is a loop somewhere, and it fills the disk.


class Partner(BaseModel):
    """Another company that calls for the controller: its calls are those that are pushed with one of these sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=100)]
    agreement_ends: date
    # The last day, on the controller's calendar: after it the partner's people and keys open nothing.


class Controller(Stated, Masking):
    """One controller as the controllers file writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    slug: Slug
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    zone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Helsinki"
    language: Language = "fi"
    languages: Annotated[tuple[Language, ...], Field(max_length=20)] = ()
    own_numbers: tuple[str, ...] = ()
    end_of_day: bool = False
    country: Annotated[str, AfterValidator(_known_country)] = "FI"
    cases: Period | None = None
    objections: Period | None = None
    accounts: Period | None = None
    # How long who listened stays known by her name after her account was closed.
    audit: Period | None = None
    # How long the audit log says what was done with calls that are gone.
    webhook: Annotated[str, AfterValidator(_safe_address)] | None = None
    cooperation_procedure_on: date | None = None
    # When employees and employer had gone through it (759/2004): calls are looked for by agent from this day on.
    partners: Mapping[Slug, Partner] = Field(default_factory=dict)
    portals: Annotated[Mapping[Slug, Portal], Field(max_length=20)] = Field(default_factory=dict)
    periods: Mapping[Kind, Period] = Field(default_factory=dict)
    kinds: Mapping[Kind, Masking] = Field(default_factory=dict)
    limits: Limits = Limits()

    @field_validator("periods", mode="before")
    @classmethod
    def _read_periods(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            raise ValueError("is a table of kind = period")  # noqa: TRY004 - pydantic takes a ValueError for a refusal
        try:
            return {kind: Period.parse(period) for kind, period in value.items()}
        except BadPeriod as error:
            raise ValueError(str(error)) from None

    @field_validator("cases", "objections", "accounts", "audit", mode="before")
    @classmethod
    def _read_period(cls, value: object) -> object:
        try:
            return Period.parse(value) if isinstance(value, str) else value
        except BadPeriod as error:
            raise ValueError(str(error)) from None

    @property
    def enabled_languages(self) -> frozenset[str]:
        """What may be spoken in a call that nobody has to look at; those of the rules where the file names none."""
        return frozenset({self.language, *(self.languages or READ_BY_THE_RULES)})

    @property
    def zone_info(self) -> ZoneInfo:
        """The time zone whose calendar counts."""
        return ZoneInfo(self.zone)

    def partner_at(self, partner: str, moment: datetime) -> Partner | None:
        """Return a partner whose agreement is in force then."""
        found = self.partners.get(partner)
        today = moment.astimezone(self.zone_info).date()
        return found if found is not None and today <= found.agreement_ends else None

    def kind_of(self, kind: str) -> Kind:
        """Return the kind of this name, if such calls may be kept. Raises UnknownKind, NoPeriod."""
        if kind not in {each.value for each in Kind}:
            raise UnknownKind
        named = Kind(kind)
        if named not in self.periods:
            raise NoPeriod
        return named


class Controllers:
    """All controllers, by slug. Read once at start; a wrong file stops the start."""

    def __init__(self, controllers: Mapping[str, Controller]) -> None:
        """Keep these, by slug."""
        self._by_slug = dict(controllers)

    @classmethod
    def read(cls, path: Path) -> Controllers:
        """Read a TOML file of `[controllers.<slug>]` tables. Raises SettingsWrong with the table and the rule."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SettingsWrong("The controllers file (VAITI_CONTROLLERS) cannot be read.") from None
        return cls.parse(text)

    @classmethod
    def parse(cls, text: str) -> Controllers:
        """Read the text of a controllers file. Raises SettingsWrong."""
        try:
            tables = tomllib.loads(text).get("controllers", {})
        except tomllib.TOMLDecodeError as error:
            raise SettingsWrong(f"The controllers file is not TOML: {error}") from None
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise SettingsWrong("The controllers file has a table [controllers.<name>] for each controller.")
        return cls({slug: _read_controller(slug, table) for slug, table in tables.items()})

    def get(self, slug: str) -> Controller:
        """Return a controller. Raises UnknownController."""
        if slug not in self._by_slug:
            raise UnknownController
        return self._by_slug[slug]

    def may_ask_for_agents(self, scope: Scope, now: datetime) -> bool:
        """Tell whether the co-operation procedure on searching by agent is held in all these registers."""
        ours = [each for each in self._by_slug.values() if scope.allows(each.slug)]
        held = (each.cooperation_procedure_on for each in ours)
        local = (now.astimezone(each.zone_info).date() for each in ours)
        return bool(ours) and all(day is not None and day <= today for day, today in zip(held, local, strict=True))

    def partner_at(self, slug: str, partner: str, moment: datetime) -> Partner | None:
        """Return a controller's partner whose agreement is in force then; None where there is none."""
        return self._by_slug[slug].partner_at(partner, moment) if slug in self._by_slug else None

    def own_numbers(self, slug: str) -> tuple[str, ...]:
        """Return a controller's own public numbers; for one that left the file none, so that all are masked."""
        return self._by_slug[slug].own_numbers if slug in self._by_slug else ()

    def masking(self, slug: str, kind: Kind) -> tuple[Masking, ...]:
        """Return a controller's rules of masking and then its kind's; none for one that left the file."""
        controller = self._by_slug.get(slug)
        tables = () if controller is None else (controller, controller.kinds.get(kind))
        return tuple(table for table in tables if table is not None)

    def languages(self, slug: str) -> frozenset[str]:
        """Return a controller's enabled languages; for one that left the file those of the rules."""
        return self._by_slug[slug].enabled_languages if slug in self._by_slug else frozenset(READ_BY_THE_RULES)

    def list(self) -> tuple[Controller, ...]:
        """All controllers, in the order of the file."""
        return tuple(self._by_slug.values())

    @property
    def scope(self) -> Scope:
        """The registers of all controllers of this service."""
        return Scope.of(*self._by_slug)


def _read_controller(slug: str, table: Mapping[str, object]) -> Controller:
    try:
        return Controller.model_validate({**table, "slug": slug})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in ("controllers", slug, *first["loc"]))
        raise SettingsWrong(f"The controllers file, {place}: {first['msg']}") from None

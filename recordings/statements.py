"""What a controller has told people about its recordings, as data: purposes with bases, recipients, whom to ask.

It stands in the controllers file, goes into every answer (GDPR Art. 15(1)), and has to say what the privacy notice
says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from storage.objections import ObjectionKind
from storage.records import Kind

EEA = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Basis(StrEnum):
    """Why the processing is lawful (GDPR Art. 6(1))."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal-duty"
    PUBLIC_TASK = "public-task"
    LEGITIMATE_INTEREST = "legitimate-interest"


class StatedPurpose(BaseModel):
    """What recordings of one kind are for; `text` by language.

    An objection of one of `stopped_by` ends the use of a person's recordings of this kind.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    basis: Basis
    text: Mapping[Language, Text]
    stopped_by: tuple[ObjectionKind, ...] = ()

    def in_language(self, language: str) -> str:
        """Return the text in this language, or in the first that is given."""
        return self.text.get(language) or next(iter(self.text.values()), "")


class Processor(BaseModel):
    """Who works with the recordings for the controller, by an agreement (GDPR Art. 28); days are the controller's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    task: Mapping[Language, Text]
    agreement: date
    # The day of the agreement.
    agreement_ends: date | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "FI"
    transfer: Text | None = None
    # Outside the EEA: on what the transfer rests (Chapter V).

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.country not in EEA and self.transfer is None:
            raise ValueError("a processor outside the EEA has a `transfer`: on what it rests")
        if self.agreement_ends is not None and self.agreement_ends <= self.agreement:
            raise ValueError("agreement_ends is after agreement")
        return self

    def in_language(self, language: str) -> str:
        """Return what it does in this language, or in the first that is given."""
        return self.task.get(language) or next(iter(self.task.values()), "")


class Stated(BaseModel):
    """The part of a controller's table that people are told."""

    officer: Text | None = None
    recipients: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    source: Text | None = None
    notice: date | None = None
    # From when on the privacy notice counts that these lines agree with.
    earlier_notices: Annotated[tuple[date, ...], Field(max_length=100)] = ()
    # And those before it: a call was recorded under the one of its day.
    purposes: Mapping[Kind, StatedPurpose] = Field(default_factory=dict)
    processors: Annotated[Mapping[Slug, Processor], Field(max_length=50)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_notices(self) -> Self:
        if self.earlier_notices and (self.notice is None or max(self.earlier_notices) >= self.notice):
            raise ValueError("earlier_notices are days before that of notice")
        return self

    def notice_on(self, day: date) -> date | None:
        """Return the privacy notice that counted on this day of the controller's calendar; None before the first."""
        versions = (*self.earlier_notices, *([self.notice] if self.notice else []))
        return max((each for each in versions if each <= day), default=None)

    def stopped_by(self, objection: ObjectionKind) -> tuple[Kind, ...]:
        """Return the kinds of recordings that nobody uses after this; of a withdrawal, those that rest on consent."""
        if objection is ObjectionKind.CONSENT_WITHDRAWAL:
            return tuple(kind for kind, each in self.purposes.items() if each.basis is Basis.CONSENT)
        stated = {kind for kind, each in self.purposes.items() if objection in each.stopped_by}
        if objection is ObjectionKind.DIRECT_MARKETING:  # absolute, whatever the file says (Art. 21(3))
            stated.add(Kind.DIRECT_MARKETING)
        return tuple(kind for kind in Kind if kind in stated)

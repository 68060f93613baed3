"""What a controller has told people about its recordings, as data: purposes with bases, recipients, whom to ask.

It stands in the controllers file, goes into every answer (GDPR Art. 15(1)), and has to say what the privacy notice
says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from storage.records import Kind

Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Basis(StrEnum):
    """Why the processing is lawful (GDPR Art. 6(1))."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal-duty"
    PUBLIC_TASK = "public-task"
    LEGITIMATE_INTEREST = "legitimate-interest"


class StatedPurpose(BaseModel):
    """What recordings of one kind are for; `text` by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    basis: Basis
    text: Mapping[Language, Text]

    def in_language(self, language: str) -> str:
        """Return the text in this language, or in the first that is given."""
        return self.text.get(language) or next(iter(self.text.values()), "")


class Stated(BaseModel):
    """The part of a controller's table that people are told."""

    officer: Text | None = None
    recipients: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    source: Text | None = None
    notice: date | None = None
    # The day of the privacy notice that these lines agree with.
    purposes: Mapping[Kind, StatedPurpose] = Field(default_factory=dict)

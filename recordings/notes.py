"""What staff write about a call, at a moment of it. Sealed under the call's key, so it dies with the call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from recordings.errors import LabelInvalid, NamesSomebody
from redaction.typed import names_somebody

FORMAT: Final = "vaiti-notes/1"
LONGEST: Final = 2_000
# Characters of a note.
MOST: Final = 200
# Notes of a call.
MOST_TAGS: Final = 20
_TAG: Final = re.compile(r"\w[\w -]{0,30}\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note; `at` is a moment of the call in seconds, None for the whole of it."""

    id: str  # uuid4, hexadecimal
    at: float | None
    text: str
    written_by: str
    written_at: datetime


def check_text(text: str) -> str:
    """Return a text as it is kept. Raises NamesSomebody."""
    plain = text.strip()
    if names_somebody(plain):
        raise NamesSomebody
    return plain


def one_spelling(tag: str) -> str:
    """Return a tag in small letters with single spaces, as tags are kept and looked for."""
    return " ".join(tag.casefold().split())


def check_tag(tag: str) -> str:
    """Return a tag in its one spelling: small letters, single spaces. Raises LabelInvalid, NamesSomebody."""
    plain = check_text(one_spelling(tag))
    if not _TAG.fullmatch(plain):
        raise LabelInvalid
    return plain


def to_document(notes: Sequence[Note]) -> dict[str, Any]:
    """Return notes as they are sealed."""
    return {
        "format": FORMAT,
        "notes": [{**asdict(each), "written_at": each.written_at.isoformat()} for each in notes],
    }


def from_document(document: Mapping[str, Any]) -> tuple[Note, ...]:
    """Return the notes of a sealed document."""
    return tuple(
        Note(**{**each, "written_at": datetime.fromisoformat(each["written_at"])}) for each in document["notes"]
    )

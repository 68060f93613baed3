"""What people decided beside the original: corrections, and what is cut from the copy that a person is given. Pure.

The original itself is never changed: sound is what was said (GDPR Art. 16 asks for data that are right, and a recording
is). Both are sealed under the call's key and end with the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from redaction.model import Transcript, Window, Word
from redaction.plan import merge_windows

CORRECTIONS: Final = "vaiti-corrections/1"
CUTS: Final = "vaiti-cuts/1"
MOST: Final = 200
# Of each, about one call.
LONGEST: Final = 2_000
# Characters of a note.
_CODE: Final = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", re.IGNORECASE)
_MASKED: Final = "[FI_PERSONAL_IDENTITY_CODE]"


class CutReason(StrEnum):
    """Why a stretch is not in the copy: it would harm others' rights and freedoms (GDPR Art. 15(4))."""

    OTHERS_VOICE = "others-voice"  # somebody else speaks of what is theirs
    OTHERS_DATA = "others-data"  # somebody else is spoken of
    TRADE_SECRET = "trade-secret"  # noqa: S105 - a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A note beside the words, or a fact with what it was before. `at` is a moment of the call in seconds."""

    id: str
    made_at: datetime
    by: str
    case: str
    text: str | None = None
    at: float | None = None
    field: str | None = None
    before: str | int | None = None
    after: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A stretch that is cut from the copy, in seconds; one that was undone stays in the history."""

    id: str
    start: float
    end: float
    reason: CutReason
    made_at: datetime
    by: str
    case: str
    undone_at: datetime | None = None
    undone_by: str | None = None


def without_codes(text: str) -> str:
    """Return a text with identity codes masked: there is no need for one anywhere (domain.md L25)."""
    return _CODE.sub(_MASKED, text.strip())


def corrections_to_document(corrections: Sequence[Correction]) -> dict[str, Any]:
    """Return corrections as they are sealed and given."""
    return {"format": CORRECTIONS, "corrections": [_plain(each) for each in corrections]}


def corrections_from_document(document: Mapping[str, Any]) -> tuple[Correction, ...]:
    """Return the corrections of a sealed document."""
    return tuple(
        Correction(**{**each, "made_at": datetime.fromisoformat(each["made_at"])}) for each in document["corrections"]
    )


def cuts_to_document(cuts: Sequence[Cut]) -> dict[str, Any]:
    """Return cuts as they are sealed."""
    return {"format": CUTS, "cuts": [_plain(each) for each in cuts]}


def cuts_from_document(document: Mapping[str, Any]) -> tuple[Cut, ...]:
    """Return the cuts of a sealed document."""
    return tuple(
        Cut(
            **{
                **each,
                "reason": CutReason(each["reason"]),
                "made_at": datetime.fromisoformat(each["made_at"]),
                "undone_at": datetime.fromisoformat(each["undone_at"]) if each["undone_at"] else None,
            }
        )
        for each in document["cuts"]
    )


def windows_of(cuts: Iterable[Cut], transcript: Transcript | None, channels: int) -> tuple[Window, ...]:
    """Return the stretches of sound that go, on all channels: each reaches over the whole of every word that it meets.

    Cut where words begin and end, sound and text lose the same.
    """
    words = transcript.words if transcript is not None else ()
    whole = tuple(range(channels))
    asked = merge_windows(Window(start=each.start, end=each.end, channels=whole) for each in cuts)
    return merge_windows(_over_words(each, words) for each in asked)


def cut_words(transcript: Transcript, windows: Sequence[Window], label: str) -> Transcript:
    """Return a transcript whose words in these stretches are gone; the first of each run of a channel is the label.

    A word without times goes where the word before or after it on its channel does.
    """
    gone = [_is_within(word, windows) for word in transcript.words]
    of_channel: dict[int, list[int]] = {}
    for index, word in enumerate(transcript.words):
        of_channel.setdefault(word.channel, []).append(index)
    texts = [word.text for word in transcript.words]
    for indexes in of_channel.values():
        cut = _spread([gone[index] for index in indexes])
        for place, index in enumerate(indexes):
            if cut[place]:
                texts[index] = "" if place and cut[place - 1] else label
    words = tuple(
        replace(word, text=text, confidence=word.confidence if text == word.text else None)
        for word, text in zip(transcript.words, texts, strict=True)
    )
    return replace(transcript, words=words)


def _spread(gone: Sequence[bool | None]) -> list[bool]:
    """Say of words without times (None) what is said of a neighbour that goes."""
    cut = [bool(each) for each in gone]
    for order in (range(len(gone)), range(len(gone) - 1, -1, -1)):
        last = False
        for index in order:
            if gone[index] is not None:
                last = bool(gone[index])
            elif last:
                cut[index] = True
    return cut


def _over_words(window: Window, words: Sequence[Word]) -> Window:
    start, end = window.start, window.end
    while True:
        met = [word for word in words if _is_within(word, (replace(window, start=start, end=end),))]
        wider_start = min([start, *(word.start for word in met if word.start is not None)])
        wider_end = max([end, *(word.end for word in met if word.end is not None)])
        if (wider_start, wider_end) == (start, end):
            return replace(window, start=start, end=end)
        start, end = wider_start, wider_end


def _is_within(word: Word, windows: Sequence[Window]) -> bool | None:
    if word.start is None or word.end is None:
        return None
    return any(word.start < window.end and window.start < word.end for window in windows)


def _plain(value: Correction | Cut) -> dict[str, Any]:
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in asdict(value).items()}

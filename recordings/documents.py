"""The JSON documents that lie sealed beside a recording: raw words, facts, plan, masked words. One reader, one writer.

Raw words and masked words are `vaiti-transcript/1` with keys of our own beside (readers ignore unknown keys): the
model's name, whether it is for trying only, where speech was heard, where nobody speaks and where keys were pressed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from redaction.interchange import transcript_from_dict, transcript_to_dict
from redaction.model import Transcript
from storage.errors import Tampered
from storage.records import Item, Recording, RecordingId

Spans = tuple[tuple[tuple[float, float], ...], ...]  # per channel: (start, end) in seconds


class Door(Protocol):
    """What documents need of the vault or the masked store; which of them it is, the step decides."""

    def write(
        self, recording: RecordingId, item: Item, *, token: int | None = None, first: bool = False
    ) -> AbstractContextManager[BinaryIO]:
        """Write and seal as a stream, fenced by the claim's token."""

    def open(self, recording: RecordingId, item: Item) -> BinaryIO:
        """Open for reading in clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWords:
    """What transcribing left for detecting: the words and what was measured in the same sound."""

    transcript: Transcript
    model: str
    for_trying_only: bool
    quiet: Spans
    speech: Spans
    keyed: Spans = ()


def write_json(
    store: Door, recording: Recording, item: Item, document: Mapping[str, Any], *, first: bool = False
) -> None:
    """Seal a document; it replaces the item's earlier one (none if it is the `first`) when it is whole.

    Raises LostClaim, KeyGone.
    """
    with store.write(recording.id, item, token=recording.token, first=first) as out:
        out.write(json.dumps(document, ensure_ascii=False, allow_nan=False).encode())


def read_json(store: Door, recording: RecordingId, item: Item) -> dict[str, Any]:
    """Open a sealed document. Raises NotFound, KeyGone, Tampered."""
    with store.open(recording, item) as sealed:
        document = json.loads(sealed.read())
    if not isinstance(document, dict):
        raise Tampered
    return document


def write_raw_words(vault: Door, recording: Recording, raw: RawWords) -> None:
    """Seal the raw words with their measurements."""
    document = {
        **transcript_to_dict(raw.transcript),
        "model": raw.model,
        "for_trying_only": raw.for_trying_only,
        "quiet": raw.quiet,
        "speech": raw.speech,
        "keyed": raw.keyed,
    }
    write_json(vault, recording, Item.RAW_WORDS, document)


def read_raw_words(vault: Door, recording: RecordingId) -> RawWords:
    """Open the raw words. Raises NotFound, KeyGone, Tampered."""
    document = read_json(vault, recording, Item.RAW_WORDS)
    return RawWords(
        transcript=transcript_from_dict(document),
        model=document["model"],
        for_trying_only=document["for_trying_only"],
        quiet=_spans(document["quiet"]),
        speech=_spans(document["speech"]),
        keyed=_spans(document.get("keyed", [])),  # none for any channel: nobody has listened, and `cut_keypad` says so
    )


def _spans(channels: list[list[list[float]]]) -> Spans:
    return tuple(tuple((start, end) for start, end in spans) for spans in channels)

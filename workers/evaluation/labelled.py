"""Labelled calls: `vaiti-transcript/1` with labels, one call a line or a file (docs/evaluation/README.md).

Strict, for a label that is misread makes a figure that is wrong: whatever cannot be read stops the evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redaction.errors import BadInput
from redaction.interchange import transcript_from_dict
from redaction.model import Transcript, Word
from workers.redact import read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of personal data in a call. `tags` are free words by which the report is broken down."""

    number: int
    type: str
    form: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A stretch of sound in which one word is said; `item` None is harmless, `free` is neither."""

    start: float
    end: float
    channel: int
    item: int | None
    free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCall:
    """A call with what is true of it. `marks` has one entry a word: its item, or None for a harmless word.

    `must` are the words that may not be left to see; words of an item without a digit, letter or name ("viiva") are
    neither missed when they stay nor false when they go. `audio` names the file of the call's sound, if there is one.
    """

    case: str
    transcript: Transcript
    own_numbers: tuple[str, ...]
    items: Mapping[int, Item]
    marks: tuple[int | None, ...]
    must: tuple[bool, ...]
    speech: tuple[Spoken, ...]
    audio: str | None = None


def read_lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (place, text) of each call of a file: a line of .jsonl, all of a .json."""
    if path.suffix == ".json":
        yield path.name, path.read_bytes()
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield f"{path.name}:{number}", line


def find_files(folder: Path) -> list[Path]:
    """Return the labelled files of a folder, in order."""
    return sorted(path for path in folder.iterdir() if path.suffix in {".json", ".jsonl"} and path.is_file())


def read_call(place: str, document: object) -> LabelledCall:
    """Read a labelled call. `place` names it when it has no case id. Raises BadInput."""
    transcript = transcript_from_dict(document)
    data: Mapping[str, Any] = document if isinstance(document, Mapping) else {}
    items = {item.number: item for item in (_item(each) for each in _list(data.get("items", [])))}
    marks = tuple(_mark(each, items) for each in data["words"])
    free = tuple(bool(each.get("free", False)) for each in data["words"])
    must = tuple(
        mark is not None and not spared and any(char.isalnum() for char in word.text)
        for mark, spared, word in zip(marks, free, transcript.words, strict=True)
    )
    spoken = data.get("speech")
    return LabelledCall(
        case=str(data.get("case", place)),
        transcript=transcript,
        own_numbers=tuple(str(each) for each in _list(data.get("own_numbers", []))),
        items=items,
        marks=marks,
        must=must,
        audio=str(data["audio"]) if data.get("audio") is not None else None,
        speech=_speech_of_words(transcript.words, marks, must)
        if spoken is None
        else tuple(_spoken(each, items) for each in _list(spoken)),
    )


def read_text(place: str, text: bytes) -> LabelledCall:
    """Read a labelled call from JSON. Raises BadInput."""
    return read_call(place, read_json(text))


def _speech_of_words(
    words: tuple[Word, ...], marks: tuple[int | None, ...], must: tuple[bool, ...]
) -> tuple[Spoken, ...]:
    """Take the recognizer's times for the truth where nobody gave a better one."""
    return tuple(
        Spoken(start=word.start, end=word.end, channel=word.channel, item=mark, free=not shown)
        for word, mark, shown in zip(words, marks, must, strict=True)
        if word.start is not None and word.end is not None and word.end > word.start
    )


def _item(value: object) -> Item:
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        raise BadInput("labelled-call")
    tags = _list(value.get("tags", []))
    return Item(
        number=_number(value.get("item")),
        type=value["type"],
        form=str(value.get("form", "")),
        tags=tuple(str(tag) for tag in tags),
    )


def _mark(word: Mapping[str, Any], items: Mapping[int, Item]) -> int | None:
    marked = word.get("item")
    if marked is not None and _number(marked) not in items:
        raise BadInput("labelled-call")
    return marked


def _spoken(value: object, items: Mapping[int, Item]) -> Spoken:
    if not isinstance(value, Mapping):
        raise BadInput("labelled-call")
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int | float) or not isinstance(end, int | float) or end < start:
        raise BadInput("labelled-call")
    return Spoken(
        start=float(start),
        end=float(end),
        channel=_number(value.get("channel")),
        item=_mark(value, items),
        free=bool(value.get("free", False)),
    )


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadInput("labelled-call")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadInput("labelled-call")
    return value

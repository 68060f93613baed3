"""`vaiti-transcript/1`, `vaiti-plan/1` and `vaiti-error/1`: dicts (as JSON gives them) to values and back.

Strict about what masking relies on (words, channels, times that are numbers), blind to keys it does not know, so
that writers may add some. A refusal says which kind of thing is wrong by slug, never what was in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from redaction.errors import BadInput
from redaction.model import (
    Channel,
    Checksum,
    Finding,
    InSound,
    Plan,
    Role,
    SoundFinding,
    Transcript,
    Verdict,
    Window,
    Word,
)

TRANSCRIPT_FORMAT = "vaiti-transcript/1"
PLAN_FORMAT = "vaiti-plan/1"
ERROR_FORMAT = "vaiti-error/1"


def transcript_from_dict(data: object) -> Transcript:
    """Read a transcript. Raises BadInput with a slug; words may have null times."""
    document = _document(data, TRANSCRIPT_FORMAT)
    language = document.get("language")
    if not isinstance(language, str) or not language:
        raise BadInput("transcript-language")
    channels = tuple(_channel(each) for each in _list(document.get("channels"), "transcript-channels"))
    if not channels:
        raise BadInput("transcript-channels")
    words = tuple(_word(each, len(channels)) for each in _list(document.get("words"), "transcript-words"))
    duration = _seconds(document.get("duration"), "transcript-duration")
    if duration is not None and duration < 0:
        raise BadInput("transcript-duration")
    return Transcript(language=language, channels=channels, words=words, duration=duration)


def transcript_to_dict(transcript: Transcript) -> dict[str, Any]:
    """Write a transcript as plain JSON values."""
    written: dict[str, Any] = {"format": TRANSCRIPT_FORMAT, "language": transcript.language}
    if transcript.duration is not None:
        written["duration"] = transcript.duration
    written["channels"] = [_channel_to_dict(channel) for channel in transcript.channels]
    written["words"] = [_word_to_dict(word) for word in transcript.words]
    return written


def plan_from_dict(data: object) -> Plan:
    """Read a plan. Raises BadInput with a slug."""
    document = _document(data, PLAN_FORMAT)
    try:
        verdict = Verdict(str(document.get("verdict")))
    except ValueError:
        raise BadInput("plan-verdict") from None
    return Plan(
        verdict=verdict,
        findings=tuple(_finding(each) for each in _list(document.get("findings"), "plan-findings")),
        windows=tuple(_window(each) for each in _list(document.get("windows"), "plan-windows")),
        masked_words=tuple(_word(each, None) for each in _list(document.get("masked_words"), "plan-words")),
        reasons=_texts(document.get("reasons", []), "plan-reasons"),
        sounds=tuple(_sound(each) for each in _list(document.get("sounds", []), "plan-sounds")),
    )


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """Write a plan as plain JSON values. A plan holds no value that was found."""
    return {
        "format": PLAN_FORMAT,
        "verdict": plan.verdict.value,
        "findings": [_finding_to_dict(finding) for finding in plan.findings],
        "windows": [_window_to_dict(window) for window in plan.windows],
        "masked_words": [_word_to_dict(word) for word in plan.masked_words],
        "reasons": list(plan.reasons),
        "sounds": [_sound_to_dict(sound) for sound in plan.sounds],
    }


def error_to_dict(line: int, slug: str) -> dict[str, Any]:
    """Write what takes the place of a plan for line `line` (from 1) of a stream that could not be used."""
    return {"format": ERROR_FORMAT, "line": line, "slug": slug}


def _document(data: object, expected: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise BadInput("not-an-object")
    if data.get("format") != expected:
        raise BadInput("format-unknown")
    return data


def _list(value: object, slug: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise BadInput(slug)
    return value


def _texts(value: object, slug: str) -> tuple[str, ...]:
    texts = _list(value, slug)
    if not all(isinstance(text, str) for text in texts):
        raise BadInput(slug)
    return tuple(texts)


def _integer(value: object, slug: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadInput(slug)
    return value


def _seconds(value: object, slug: str) -> float | None:
    """Return seconds or None. NaN and infinities are read as "no time": the plan then cuts wide."""
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadInput(slug)
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) else None


def _channel(value: object) -> Channel:
    if not isinstance(value, Mapping):
        raise BadInput("transcript-channels")
    try:
        role = Role(value.get("role", Role.UNKNOWN))
    except ValueError:
        raise BadInput("channel-role") from None
    language = value.get("language")
    if language is not None and (not isinstance(language, str) or not language):
        raise BadInput("transcript-language")
    return Channel(role=role, language=language)


def _channel_to_dict(channel: Channel) -> dict[str, str]:
    found = {} if channel.language is None else {"language": channel.language}
    return {"role": channel.role.value, **found}


def _word(value: object, channels: int | None) -> Word:
    if not isinstance(value, Mapping):
        raise BadInput("word-not-an-object")
    text = value.get("text")
    if not isinstance(text, str):
        raise BadInput("word-text")
    channel = _integer(value.get("channel"), "word-channel")
    if channels is not None and channel >= channels:
        raise BadInput("word-channel")
    return Word(
        text=text,
        start=_seconds(value.get("start"), "word-time"),
        end=_seconds(value.get("end"), "word-time"),
        channel=channel,
        confidence=_seconds(value.get("confidence"), "word-confidence"),
    )


def _word_to_dict(word: Word) -> dict[str, Any]:
    written: dict[str, Any] = {"text": word.text, "start": word.start, "end": word.end, "channel": word.channel}
    if word.confidence is not None:
        written["confidence"] = word.confidence
    return written


def _finding(value: object) -> Finding:
    slug = "plan-findings"
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        raise BadInput(slug)
    score = _seconds(value.get("score"), slug)
    try:
        checksum = Checksum(value.get("checksum", Checksum.NONE))
    except ValueError:
        raise BadInput(slug) from None
    first, last = _integer(value.get("first"), slug), _integer(value.get("last"), slug)
    if last < first or score is None:
        raise BadInput(slug)
    return Finding(
        type=value["type"],
        channel=_integer(value.get("channel"), slug),
        first=first,
        last=last,
        datum=_integer(value.get("datum"), slug),
        start=_seconds(value.get("start"), slug),
        end=_seconds(value.get("end"), slug),
        score=score,
        checksum=checksum,
        why=_texts(value.get("why", []), slug),
    )


def _finding_to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "type": finding.type,
        "channel": finding.channel,
        "first": finding.first,
        "last": finding.last,
        "datum": finding.datum,
        "start": finding.start,
        "end": finding.end,
        "score": round(finding.score, 3),
        "checksum": finding.checksum.value,
        "why": list(finding.why),
    }


def _sound(value: object) -> SoundFinding:
    slug = "plan-sounds"
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        raise BadInput(slug)
    start, end = _seconds(value.get("start"), slug), _seconds(value.get("end"), slug)
    score = _seconds(value.get("score"), slug)
    if start is None or end is None or score is None or start < 0 or end < start:
        raise BadInput(slug)
    return SoundFinding(
        type=value["type"],
        channel=_integer(value.get("channel"), slug),
        start=start,
        end=end,
        score=score,
        why=_texts(value.get("why", []), slug),
    )


def _sound_to_dict(sound: SoundFinding) -> dict[str, Any]:
    return {
        "type": sound.type,
        "channel": sound.channel,
        "start": sound.start,
        "end": sound.end,
        "score": round(sound.score, 3),
        "why": list(sound.why),
    }


def _window(value: object) -> Window:
    slug = "plan-windows"
    if not isinstance(value, Mapping):
        raise BadInput(slug)
    start, end = _seconds(value.get("start"), slug), _seconds(value.get("end"), slug)
    channels = tuple(_integer(each, slug) for each in _list(value.get("channels"), slug))
    if start is None or end is None or start < 0 or end < start or not channels:
        raise BadInput(slug)
    try:
        sound = InSound(value.get("sound", InSound.TONE))
    except ValueError:
        raise BadInput(slug) from None
    return Window(start=start, end=end, channels=channels, sound=sound)


def _window_to_dict(window: Window) -> dict[str, Any]:
    written: dict[str, Any] = {"start": window.start, "end": window.end, "channels": list(window.channels)}
    if window.sound is not InSound.TONE:
        written["sound"] = window.sound.value
    return written

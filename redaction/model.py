"""The values that masking works on. All frozen: a step makes new ones and never edits what it was given.

Times are seconds from the start of the audio; a channel is an index into `Transcript.channels`. The wire forms
(`vaiti-transcript/1`, `vaiti-plan/1`) are in `redaction.interchange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who speaks on a channel."""

    AGENT = "agent"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


class Checksum(StrEnum):
    """What a check digit said. It raises confidence and labels; it is never a gate (design.md 2)."""

    VALID = "valid"
    INVALID = "invalid"
    NONE = "none"


class Verdict(StrEnum):
    """The outcome for one recording. `CLEAN` is stated by a finished detection, never inferred from silence."""

    CLEAN = "clean"
    MASKED = "masked"
    QUARANTINE = "quarantine"


class InSound(StrEnum):
    """What takes the place of a stretch of sound. A tone says that something was cut; silence is easier to hear."""

    TONE = "tone"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One written word of a transcript; `start` and `end` in seconds, or None where the recognizer gave none."""

    text: str
    start: float | None
    end: float | None
    channel: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel of a recording; `language` is the one that was found in its speech, None where nobody could tell."""

    role: Role = Role.UNKNOWN
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was heard: words in order of start, over all channels. `duration` in seconds when known."""

    language: str
    channels: tuple[Channel, ...]
    words: tuple[Word, ...]
    duration: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An unbroken run of words of one channel that is personal data. It holds positions and kinds, never the value.

    `first` and `last` are word indexes of the transcript, both included; all words of `channel` between them
    belong to the run (the other speaker's words split it). Runs of one piece of data share `datum`.
    """

    type: str
    channel: int
    first: int
    last: int
    datum: int
    start: float | None
    end: float | None
    score: float
    checksum: Checksum = Checksum.NONE
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFinding:
    """A stretch of sound that is personal data without any word: keys that were pressed. Never which ones."""

    type: str
    channel: int
    start: float
    end: float
    score: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of sound to cut: seconds, on the named channels, and what takes its place."""

    start: float
    end: float
    channels: tuple[int, ...]
    sound: InSound = InSound.TONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Findings, the windows of sound to cut and the masked words. No values, so it may leave the vault.

    `masked_words` equals the transcript's words in number, order and times. `reasons` are slugs that say why the
    verdict is quarantine (empty otherwise). `sounds` are findings that have a time and no words (ADR 0013).
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    windows: tuple[Window, ...]
    masked_words: tuple[Word, ...]
    reasons: tuple[str, ...] = ()
    sounds: tuple[SoundFinding, ...] = ()

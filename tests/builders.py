"""Readable test data: transcripts from lines of dialogue, spoken numbers from a tiny generator of their own."""

from __future__ import annotations

from collections.abc import Iterable

from redaction.model import Channel, Finding, Role, Transcript, Word

AGENT, CUSTOMER = 0, 1
WORD, GAP, TURN = 0.35, 0.05, 0.3
# Seconds: a word, the gap after it, the pause at a change of turn.


def a_transcript(dialogue: str, *, language: str = "fi", timed: bool = True) -> Transcript:
    """Make a transcript of "A: Saisinko numeron? C: nolla neljä nolla"; A is the agent's channel, C the customer's."""
    words: list[Word] = []
    channel, clock = AGENT, 0.0
    for token in dialogue.split():
        if token in ("A:", "C:"):
            channel = AGENT if token == "A:" else CUSTOMER
            clock += TURN
            continue
        start, end = (round(clock, 3), round(clock + WORD, 3)) if timed else (None, None)
        words.append(Word(text=token, start=start, end=end, channel=channel))
        clock += WORD + GAP
    return Transcript(
        language=language,
        channels=(Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER)),
        words=tuple(words),
        duration=round(clock + 1, 3) if timed else None,
    )


def a_finding(first: int, last: int, **fields: object) -> Finding:
    """Make a finding of words `first` to `last` on the customer's channel."""
    values: dict[str, object] = {
        "type": "PHONE_NUMBER",
        "channel": CUSTOMER,
        "datum": 0,
        "start": None,
        "end": None,
        "score": 0.9,
        **fields,
    }
    return Finding(first=first, last=last, **values)  # type: ignore[arg-type]


def covered(findings: Iterable[Finding]) -> set[int]:
    """Return all word indexes inside the findings."""
    return {index for finding in findings for index in range(finding.first, finding.last + 1)}


def said(transcript: Transcript, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return (type, words) of each finding."""
    return [
        (each.type, " ".join(word.text for word in transcript.words[each.first : each.last + 1])) for each in findings
    ]


def found_in(transcript: Transcript, findings: Iterable[Finding], span: str) -> bool:
    """Tell whether every word of `span`, which must occur in the transcript, lies in a finding."""
    wanted = [token.strip(".,?") for token in span.split()]
    tokens = [word.text.strip(".,?") for word in transcript.words]
    inside = covered(findings)
    places = [at for at in range(len(tokens)) if tokens[at : at + len(wanted)] == wanted]
    assert places, "the span does not occur"
    return any(set(range(at, at + len(wanted))) <= inside for at in places)


_UNITS = ("", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän")


def finnish(number: int) -> str:
    """Write 0 to 999,999 as one Finnish word, in the nominative."""
    if number == 0:
        return "nolla"
    thousands, rest = divmod(number, 1000)
    head = ("tuhat" if thousands == 1 else f"{_below_1000(thousands)}tuhatta") if thousands else ""
    return head + _below_1000(rest)


def _below_1000(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    head = ("sata" if hundreds == 1 else f"{_UNITS[hundreds]}sataa") if hundreds else ""
    if rest < 10:
        return head + _UNITS[rest]
    if rest == 10:
        return f"{head}kymmenen"
    if rest < 20:
        return f"{head}{_UNITS[rest - 10]}toista"
    tens, unit = divmod(rest, 10)
    return f"{head}{_UNITS[tens]}kymmentä{_UNITS[unit]}"

"""Masking without a service: one sound file, one transcript, or a stream of transcripts.

The same engines and rules as the service's steps, with nothing stored: what is written is the plan, which holds no
value, and the masked sound, which is written only when the plan held.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from recordings.controllers import READ_BY_THE_RULES
from recordings.documents import RawWords
from recordings.engines import AudioCodec, Detector, Heard, Samples, SoundFacts, Tone, Transcriber
from recordings.errors import SpeechFailed
from recordings.planning import Call, plan_call
from recordings.policies import Terms
from recordings.second_look import SecondLook
from redaction.doubt import Settler
from redaction.errors import BadInput
from redaction.interchange import error_to_dict, plan_to_dict, transcript_from_dict
from redaction.keypad import KeypadFinder
from redaction.mask_samples import mask_blocks
from redaction.model import Channel, Finding, Plan, Role, Transcript
from redaction.pauses import find_quiet
from redaction.plan import make_plan
from redaction.policy import Policy
from redaction.profiles import complete
from redaction.verify import Residue
from workers.runner import Outcome, attempt


def plan_transcript(document: object, detector: Detector, policy: Policy) -> Plan:
    """Read a `vaiti-transcript/1` document and plan its masking. Raises BadInput, DetectionFailed."""
    transcript = transcript_from_dict(document)
    found = complete(transcript, detector.detect(transcript), policy)
    return make_plan(transcript, found, policy=policy, duration=transcript.duration)


def plan_lines(lines: Iterable[bytes], detector: Detector, policy: Policy) -> Iterator[dict[str, Any]]:
    """Plan one transcript a line, in order; a line that cannot be used gives `vaiti-error/1` in its place."""
    for number, line in enumerate(lines, start=1):
        tried = attempt(lambda text=line: plan_transcript(read_json(text), detector, policy))  # type: ignore[misc]
        if tried.outcome is Outcome.DONE and tried.result is not None:
            yield plan_to_dict(tried.result)
        else:
            yield error_to_dict(number, tried.slug or "fault")


def read_json(text: bytes) -> object:
    """Read JSON without saying what was in it when it is none. Raises BadInput `not-json`."""
    try:
        return json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInput("not-json") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundRedactor:
    """Masks one sound file: hear, detect, plan, mask, look again."""

    codec: AudioCodec
    transcriber: Callable[[], Transcriber]
    detector: Callable[[], Detector]
    tone: Tone
    policy: Policy

    def plan(self, source: Path, *, language: str, roles: tuple[Role, ...] = ()) -> Plan:
        """Return the plan that held, or one whose verdict is quarantine. Raises BadAudio, SpeechFailed."""
        with source.open("rb") as file:
            facts = self.codec.probe(file)
            keypad = KeypadFinder(rate=facts.rate)
            quiet = find_quiet(keypad.listen(self.codec.decode(file)), rate=facts.rate)
            heard = self.transcriber().transcribe(
                self.codec.decode(file),
                rate=facts.rate,
                channels=_channels(facts, roles),
                language=language,
            )
            _check_heard(heard)
            transcript = heard.transcript
            raw = RawWords(
                transcript=transcript,
                model="",
                for_trying_only=False,
                quiet=quiet,
                speech=heard.speech,
                keyed=keypad.found(),
            )
            languages = frozenset({*READ_BY_THE_RULES, language})
            terms = Terms(policy=self.policy, own_numbers=(), known=None, languages=languages)
            plan = plan_call(Call(raw=raw, seconds=transcript.duration), terms, self.detector())
            settle = Settler(transcript=transcript, policy=self.policy, quiet=quiet, duration=transcript.duration)
            return settle(plan, lambda each: self._look_again(file, facts, plan=each, transcript=transcript)).plan

    def write(self, source: Path, plan: Plan, out: BinaryIO, *, container: str) -> int:
        """Write the masked sound as "flac" or "wav", as long as the original to the frame; returns the frames."""
        with source.open("rb") as file:
            facts = self.codec.probe(file)
            encode = self.codec.encode_flac if container == "flac" else self.codec.encode_wav
            return encode(
                self._masked(file, facts, plan), rate=facts.rate, channels=facts.channels, bits=facts.bits, out=out
            )

    def _find(self, transcript: Transcript) -> tuple[Finding, ...]:
        found = complete(transcript, self.detector().detect(transcript), self.policy)
        return tuple(each for each in found if self.policy.masks(each))

    def _look_again(self, file: BinaryIO, facts: SoundFacts, *, plan: Plan, transcript: Transcript) -> Residue:
        second = SecondLook(
            transcriber=self.transcriber, find=self._find, policy=self.policy, language=transcript.language
        )
        return second.look(plan, transcript, lambda: nullcontext((facts.rate, self._masked(file, facts, plan))))

    def _masked(self, file: BinaryIO, facts: SoundFacts, plan: Plan) -> Iterator[Samples]:
        tone = cast("Any", self.tone.samples(rate=facts.rate, bits=facts.bits))
        decoded = cast("Any", self.codec.decode(file))
        return cast("Iterator[Samples]", mask_blocks(decoded, rate=facts.rate, windows=plan.windows, tone=tone))


def _channels(facts: SoundFacts, roles: tuple[Role, ...]) -> tuple[Channel, ...]:
    if len(roles) == facts.channels:
        return tuple(Channel(role=role) for role in roles)
    return (Channel(),) * facts.channels


def _check_heard(heard: Heard) -> None:
    """Refuse a sound without speech: there is nothing to mask, and to say "clean" of it would be a guess."""
    if not heard.transcript.words:
        raise SpeechFailed("no-speech", "Nobody speaks in this recording.")

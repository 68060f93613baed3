"""The second look at a masked call, in the service and in `vaiti redact` alike: read its words, listen to its sound."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import cast

from recordings.engines import Samples, Transcriber
from redaction.decided import Decided
from redaction.keypad import KeypadFinder
from redaction.model import Finding, Plan, SoundFinding, Transcript
from redaction.policy import Policy
from redaction.sounds import list_keypad
from redaction.verify import Residue, audible, beside_masks, residue

MaskedSound = AbstractContextManager[tuple[int, Iterator[Samples]]]
"""The masked sound while it is open: its rate in hertz and its blocks (frames, channels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """What looks: `find` returns the findings that the policy masks."""

    transcriber: Callable[[], Transcriber]
    find: Callable[[Transcript], tuple[Finding, ...]]
    policy: Policy
    language: str
    decided: Decided = field(default_factory=Decided)

    def look(self, plan: Plan, transcript: Transcript, open_sound: Callable[[], MaskedSound]) -> Residue:
        """Return what the masked copy still tells. Raises SpeechFailed, RedactionError, BadAudio.

        Without windows the sound is the original's, and is not opened.
        """
        on_words = self.find(replace(transcript, words=plan.masked_words))
        on_sound: tuple[Finding, ...] = ()
        keyed: tuple[SoundFinding, ...] = ()
        if plan.windows:
            with open_sound() as (rate, sound):
                keypad = KeypadFinder(rate=rate)
                blocks = cast("Iterator[Samples]", keypad.listen(sound))
                heard = self.transcriber().listen_again(
                    blocks, rate=rate, channels=transcript.channels, language=self.language, around=plan.windows
                )
                deque(blocks, maxlen=0)  # a model may stop at the last cut; keys are listened for to the end
            between = beside_masks(plan, heard)
            on_sound = audible(between, self.find(between))
            keyed = list_keypad(keypad.found(), self.policy)
        return residue(
            plan,
            on_words=[each for each in on_words if not self.decided.spares_rest(plan, each)],
            on_sound=[each for each in on_sound if not self.decided.spares_sound(each)],
            keyed=[each for each in keyed if not self.decided.spares_sound(each)],
        )

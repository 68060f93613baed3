"""The whole of masking on labelled sound: hear, detect, plan, mask, listen again; then what is still to be heard.

The model hears other words than the labels hold, so everything is measured by time: a labelled word is masked when the
windows cut (nearly) all of the stretch in which it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recordings.engines import AudioCodec, Detector, Tone, Transcriber
from recordings.errors import BadAudio, SpeechFailed
from redaction.errors import BadInput, RedactionError
from redaction.model import Finding, Plan, Transcript, Verdict
from redaction.policy import default_policy
from workers.evaluation.labelled import LabelledCall
from workers.evaluation.sound import Span, covered
from workers.evaluation.systems import Outcome
from workers.redact import SoundRedactor

CUT = 0.9
# Share of a word's seconds that must be cut before nobody can tell the word; its edges are breath.
UNHEARD = "UNHEARD"
# The type of a word that is cut and lies beside every finding: a window reaches further than the words that it is for.


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSystem:
    """Masks the sound of labelled calls as `vaiti redact` does. `folder` is where the labels name their sound."""

    folder: Path
    codec: AudioCodec
    transcriber: Callable[[], Transcriber]
    detector: Callable[[], Detector]
    tone: Tone

    def __call__(self, call: LabelledCall) -> Outcome:
        """Mask one call. A call that could not be masked is held back, with nothing found. Raises BadInput."""
        try:
            plan = self._redactor(call).plan(
                sound_of(self.folder, call),
                language=call.transcript.language,
                roles=tuple(channel.role for channel in call.transcript.channels),
            )
        except (BadAudio, SpeechFailed, RedactionError) as failed:
            if isinstance(failed, BadInput):
                raise
            return Outcome(masked={}, windows=(), jittered=(), findings=0, quarantined=True)
        return Outcome(
            masked=_masked(call, plan),
            windows=plan.windows,
            jittered=plan.windows,
            findings=len(plan.findings) + len(plan.sounds),
            quarantined=plan.verdict is Verdict.QUARANTINE,
        )

    def _redactor(self, call: LabelledCall) -> SoundRedactor:
        return SoundRedactor(
            codec=self.codec,
            transcriber=self.transcriber,
            detector=lambda: _WithOwnNumbers(self.detector(), call.own_numbers),
            tone=self.tone,
            policy=default_policy(),
        )


@dataclass(frozen=True, slots=True)
class _WithOwnNumbers:
    """A detector that knows the company's own telephone numbers."""

    detector: Detector
    numbers: tuple[str, ...]

    def detect(
        self, transcript: Transcript, *, known: Mapping[str, Any] | None = None, own_numbers: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        """Detect with these numbers besides those given."""
        return self.detector.detect(transcript, known=known, own_numbers=(*self.numbers, *own_numbers))


def sound_of(folder: Path, call: LabelledCall) -> Path:
    """Return the file of a call's sound. Raises BadInput `labelled-sound` when the labels name none that is there."""
    path = folder / Path(call.audio or "").name
    if not call.audio or not path.is_file():
        raise BadInput("labelled-sound")
    return path


def _masked(call: LabelledCall, plan: Plan) -> dict[int, str]:
    """Return the labelled words that nobody can hear, with the type of a finding near them."""
    cut = [(window.start, window.end) for window in plan.windows]
    found: list[tuple[Span, str]] = [
        ((each.start, each.end), each.type) for each in plan.findings if each.start is not None and each.end is not None
    ]
    masked: dict[int, str] = {}
    for index, word in enumerate(call.transcript.words):
        if word.start is None or word.end is None or word.end <= word.start:
            continue
        span = (word.start, word.end)
        if covered(span, cut) >= CUT * (word.end - word.start):
            masked[index] = next((kind for near, kind in found if covered(span, [near]) > 0), UNHEARD)
    return masked

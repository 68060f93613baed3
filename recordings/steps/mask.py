"""The plan becomes a masked copy, and the copy is looked at again before anyone sees it.

Reads: vault (raw audio, raw words, raw facts). Writes: masked store (masked audio, masked words, the plan as it ended),
vault (raw facts without the known answers). Next: index.

Verifying belongs to this step because the copy that is kept must be the copy that was verified: the detector reads the
masked words, the speech model listens to the masked sound around the cuts, and telephone keys are listened for in all
of it. What they still find widens the plan, twice; then the doubtful turns are masked whole; then a person has to look
(design.md, decision 5; the rounds are in `redaction.doubt`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

from recordings.audit import about
from recordings.documents import RawWords, read_json, read_raw_words, write_json
from recordings.doubts import doubts_of_residue, with_doubts
from recordings.engines import AudioCodec, Clock, Detector, Samples, Tone, Transcriber
from recordings.errors import BadAudio, SpeechFailed
from recordings.facts import without_known
from recordings.planning import decided_of
from recordings.policies import Policies, Terms
from recordings.quarantine import set_aside
from recordings.second_look import SecondLook
from redaction.doubt import Settled, Settler
from redaction.errors import RedactionError
from redaction.interchange import plan_from_dict, plan_to_dict, transcript_to_dict
from redaction.labels import label_words
from redaction.mask_samples import mask_blocks, window_frames
from redaction.model import Finding, Plan, Transcript, Verdict
from redaction.sounds import count_findings
from redaction.verify import Residue
from storage.masked_store import MaskedStore
from storage.ports import Catalog
from storage.records import Item, Recording, Scope, Stage
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """Runs on a recording that is `planned`."""

    catalog: Catalog
    vault: Vault
    masked: MaskedStore
    codec: AudioCodec
    transcriber: Callable[[], Transcriber]
    detector: Callable[[], Detector]
    tone: Tone
    policies: Policies
    clock: Clock

    def __call__(self, recording: Recording) -> Recording:
        """Return the recording, masked, or quarantined with nothing masked kept. Raises storage's errors."""
        plan = plan_from_dict(read_json(self.masked, recording.id, Item.PLAN))
        raw = read_raw_words(self.vault, recording.id)
        facts = read_json(self.vault, recording.id, Item.RAW_FACTS)
        try:
            terms = self.policies(recording, facts)
            settled = self._mask_until_clean(recording, raw, plan, terms)
        except (BadAudio, SpeechFailed, RedactionError) as failed:
            return self._set_aside(recording, failed.slug)
        plan, doubts = settled.plan, doubts_of_residue(settled.left, raw.transcript)
        write_json(self.masked, recording, Item.PLAN, with_doubts(plan_to_dict(plan), doubts))
        if plan.verdict is Verdict.QUARANTINE:
            return self._set_aside(recording, plan.reasons[0] if plan.reasons else "plan-incomplete")
        self._write_words(recording, raw, plan, terms)
        write_json(self.vault, recording, Item.RAW_FACTS, without_known(facts))
        return self._finish(recording, plan)

    def _mask_until_clean(self, recording: Recording, raw: RawWords, plan: Plan, terms: Terms) -> Settled:
        """Mask, look again, widen; returns the plan that held, or one whose verdict is quarantine."""
        settle = Settler(
            transcript=raw.transcript, policy=terms.policy, quiet=raw.quiet or None, duration=recording.seconds
        )

        second = SecondLook(
            transcriber=self.transcriber,
            find=lambda transcript: self._find(transcript, terms),
            policy=terms.policy,
            language=recording.language,
            decided=decided_of(self.catalog.decisions(Scope.system(), recording.id)),
        )

        def look(plan: Plan) -> Residue:
            self._write_sound(recording, plan)
            return second.look(plan, raw.transcript, lambda: self._open_masked(recording))

        return settle(plan, look)

    def _write_sound(self, recording: Recording, plan: Plan) -> None:
        """Write the masked FLAC, as long as the original to the frame. Raises BadAudio."""
        with closing(self.vault.open(recording.id, Item.RAW_AUDIO)) as raw:
            sound = self.codec.probe(raw)
            tone = cast("Any", self.tone.samples(rate=sound.rate, bits=sound.bits))
            counted = [0]
            decoded = cast("Any", _counted(self.codec.decode(raw), counted))
            blocks = mask_blocks(decoded, rate=sound.rate, windows=plan.windows, tone=tone)
            with self.masked.write(recording.id, Item.MASKED_AUDIO, token=recording.token) as out:
                frames = round((recording.seconds or 0.0) * sound.rate)
                written = self.codec.encode_flac(
                    blocks, rate=sound.rate, channels=sound.channels, bits=sound.bits, out=out, frames=frames
                )
                if not written == counted[0] == frames:
                    raise BadAudio("masked-length-differs", "The masked copy is not as long as the original.")

    @contextmanager
    def _open_masked(self, recording: Recording) -> Iterator[tuple[int, Iterator[Samples]]]:
        with closing(self.masked.open(recording.id, Item.MASKED_AUDIO)) as sound:
            yield self.codec.probe(sound).rate, self.codec.decode(sound)

    def _find(self, transcript: Transcript, terms: Terms) -> tuple[Finding, ...]:
        return tuple(each for each in terms.find(self.detector(), transcript) if terms.policy.masks(each))

    def _write_words(self, recording: Recording, raw: RawWords, plan: Plan, terms: Terms) -> None:
        words = replace(raw.transcript, words=label_words(raw.transcript.words, plan, terms.policy))
        document = {**transcript_to_dict(words), "model": raw.model, "for_trying_only": raw.for_trying_only}
        write_json(self.masked, recording, Item.MASKED_WORDS, document)

    def _finish(self, recording: Recording, plan: Plan) -> Recording:
        counts = count_findings(plan)
        with self._open_masked(recording) as (rate, _):
            seconds = _seconds_masked(plan, rate)
        changes = {
            "verdict": plan.verdict.value,
            "findings": dict(sorted(counts.items())),
            "seconds_masked": seconds,
            "slug": None,
        }
        audit = about(recording, "recording.masked", at=self.clock.now(), findings=sum(counts.values()))
        return self.catalog.move(recording, to=Stage.MASKED, audit=audit, changes=changes)

    def _set_aside(self, recording: Recording, slug: str) -> Recording:
        return set_aside(recording, slug, catalog=self.catalog, masked=self.masked, clock=self.clock)


def _counted(blocks: Iterator[Samples], counted: list[int]) -> Iterator[Samples]:
    """Pass the blocks on; `counted[0]` grows by their frames."""
    for block in blocks:
        counted[0] += len(block)
        yield block


def _seconds_masked(plan: Plan, rate: int) -> float:
    """Seconds of sound in which at least one channel is cut; windows do not overlap."""
    frames = sum(end - start for start, end in (window_frames(each, rate) for each in plan.windows))
    return round(frames / rate, 3)

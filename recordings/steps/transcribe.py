"""Sound to words, inside the vault.

Reads: vault (raw audio). Writes: vault (raw words, with the pauses and pressed keys of the same sound). Next: detect.

The sound is decoded twice: once to count it, find its pauses and pressed keys and refuse what does not decode, before a
model that needs minutes is asked; once for that model. Speech that gave no words is a failure: published as "clean", it
would be the one call that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from recordings.audit import about
from recordings.documents import RawWords, write_raw_words
from recordings.engines import AudioCodec, Clock, Heard, Samples, SoundFacts, Transcriber
from recordings.errors import BadAudio, SpeechFailed
from redaction.errors import DetectionFailed
from redaction.keypad import KeypadFinder, Stretches
from redaction.model import Channel, Role
from redaction.pauses import Quiet, find_quiet
from storage.ports import Catalog
from storage.records import Item, Recording, Stage
from storage.vault import Vault

LEAST_SPEECH = 1.0
# Seconds on one channel from which at least one word must come: a cough or a click is shorter.


@dataclass(slots=True)
class _Meter:
    """What is counted while the sound passes."""

    frames: int = 0
    sounds: bool = False

    def count(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        """Pass the blocks on, counting frames and noticing whether any sample is not zero."""
        for block in blocks:
            self.frames += len(block)
            self.sounds = self.sounds or bool(block.any())
            yield block


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribe:
    """Runs on a recording that is `received`."""

    catalog: Catalog
    vault: Vault
    codec: AudioCodec
    transcriber: Callable[[], Transcriber]
    clock: Clock

    def __call__(self, recording: Recording) -> Recording:
        """Return the recording, transcribed or failed with a slug. Raises storage's errors, to be tried again."""
        try:
            raw, seconds = self._hear(recording)
        except (BadAudio, SpeechFailed, DetectionFailed) as failed:
            now = self.clock.now()
            audit = about(recording, "recording.failed", at=now, slug=failed.slug, stage=recording.stage.value)
            return self.catalog.move(recording, to=Stage.FAILED, audit=audit, changes={"slug": failed.slug})
        write_raw_words(self.vault, recording, raw)
        roles = tuple(channel.role.value for channel in raw.transcript.channels)
        count = len(raw.transcript.words)
        audit = about(recording, "recording.transcribed", at=self.clock.now(), words=count, model=raw.model)
        changes = {"seconds": seconds, "roles": roles, "model": raw.model, "slug": None}
        return self.catalog.move(recording, to=Stage.TRANSCRIBED, audit=audit, changes=changes)

    def _hear(self, recording: Recording) -> tuple[RawWords, float]:
        """Return what was heard and the sound's length in seconds. Raises BadAudio, SpeechFailed, DetectionFailed."""
        with closing(self.vault.open(recording.id, Item.RAW_AUDIO)) as sound:
            facts = self.codec.probe(sound)
            keypad = KeypadFinder(rate=facts.rate)
            quiet, seconds = self._measure(keypad.listen(self.codec.decode(sound)), facts)
            keyed = keypad.found()
            model = self.transcriber()
            heard = model.transcribe(
                self.codec.decode(sound),
                rate=facts.rate,
                channels=_channels(recording, facts),
                language=recording.language,
            )
        _check_heard(heard, keyed)
        raw = RawWords(
            transcript=heard.transcript,
            model=model.name,
            for_trying_only=model.for_trying_only,
            quiet=quiet,
            speech=heard.speech,
            keyed=keyed,
        )
        return raw, seconds

    def _measure(self, blocks: Iterable[Samples], facts: SoundFacts) -> tuple[Quiet, float]:
        meter = _Meter()
        quiet = find_quiet(meter.count(blocks), rate=facts.rate)
        if meter.frames == 0:
            raise BadAudio("audio-empty", "The file holds no sound. Send the recording itself.")
        if not meter.sounds:
            raise SpeechFailed("no-speech", "The recording is silent from its beginning to its end.")
        return quiet, meter.frames / facts.rate


def _channels(recording: Recording, facts: SoundFacts) -> tuple[Channel, ...]:
    if len(recording.roles) == facts.channels:
        return tuple(Channel(role=Role(role)) for role in recording.roles)
    return (Channel(),) * facts.channels


def _check_heard(heard: Heard, keyed: Stretches) -> None:
    """Refuse a channel on which somebody spoke and no word was understood, and a call without any speech.

    What may sound like a voice while keys are pressed is no speech: all of it is cut.
    """
    if not heard.transcript.words and not any(heard.speech):
        raise SpeechFailed("no-speech", "Nobody speaks in this recording.")
    speaking = {word.channel for word in heard.transcript.words}
    for channel, spans in enumerate(heard.speech):
        keys = keyed[channel] if channel < len(keyed) else ()
        if channel not in speaking and sum(_beside(span, keys) for span in spans) >= LEAST_SPEECH:
            raise SpeechFailed


def _beside(span: tuple[float, float], keys: Iterable[tuple[float, float]]) -> float:
    """Return the seconds of a span in which no key is pressed; the keys' stretches do not overlap."""
    start, end = span
    return end - start - sum(max(0.0, min(end, last) - max(start, first)) for first, last in keys)

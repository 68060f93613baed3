"""A push becomes a sealed recording with a row, or nothing at all.

Reads: the caller's stream. Writes: vault (raw audio, raw facts, manifest), keys, catalog. Next: transcribe.

The order is blob first, row last (reliability.md 6.1): the sound is sealed while it streams in, read back and checked
from what was sealed, and only then does one transaction make the recording exist. Whatever goes wrong before that
takes key and objects away again, and what a crash leaves has no row, so the sweep removes it. The manifest is written
last: whatever has one was pushed whole, and the sweep takes it up instead (`recordings.adoption`).
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

from recordings.audit import about
from recordings.controllers import Controller, Controllers
from recordings.documents import write_json
from recordings.engines import AudioCodec, Clock
from recordings.errors import BadAudio, CallConflict, CallPurged, KeyReused, PastRetention, TooLarge
from recordings.facts import Facts, check_start, normal_reference
from recordings.manifest import Manifest, write_manifest
from recordings.receipts import refusal_body
from recordings.retention import Period, delete_at, is_past, local_date
from storage.errors import Conflict, Tampered
from storage.ports import Catalog, JobQueue, KeyStore, ReceiptSigner
from storage.records import (
    AuditEntry,
    Item,
    Kind,
    Recording,
    RecordingId,
    Reference,
    Scope,
    Tag,
    Tombstone,
)
from storage.vault import Vault

READ_BACK = 1 << 20
# Bytes a read: the sealed sound is compared with what came in, a mebibyte at a time.


@dataclass(frozen=True, slots=True)
class Limits:
    """What one push may hold."""

    seconds: int
    size: int


@dataclass(frozen=True, slots=True)
class Ingested:
    """The recording of a push; `created` is False when the same push was here before."""

    recording: Recording
    created: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the controller's rules make of one push."""

    controller: Controller
    kind: Kind
    period: Period
    call_tag: Tag
    key_tag: Tag | None
    delete_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """Takes pushes. Safe to call from several threads."""

    controllers: Controllers
    catalog: Catalog
    vault: Vault
    keys: KeyStore
    queue: JobQueue
    signer: ReceiptSigner
    codec: AudioCodec
    clock: Clock
    limits: Limits

    def __call__(
        self, facts: Facts, audio: Iterable[bytes], *, actor: str, idempotency_key: str | None = None
    ) -> Ingested:
        """Take one push; `audio` yields the file's bytes. Raises a Refused or BadAudio, and then nothing is kept."""
        terms = self._terms(facts, actor, idempotency_key)
        if self._is_known(terms):
            return self._answer_known(terms, self._tag_content(terms, _measure(audio, self.limits.size)))
        with ExitStack() as undo:
            recording_id = RecordingId(uuid.uuid4().hex)
            undo.callback(self._forget, recording_id)
            day = local_date(terms.delete_at, terms.controller.zone_info)
            self.keys.create(recording_id, controller=terms.controller.slug, delete_on=day)
            digest = self._seal(recording_id, audio)
            self._check_sealed(recording_id, facts, digest)
            recording = self._recording(recording_id, facts, terms, self._tag_content(terms, digest))
            write_json(self.vault, recording, Item.RAW_FACTS, facts.model_dump(mode="json"))
            references = self._references(facts)
            write_manifest(self.vault, Manifest(recording, tuple(references), terms.key_tag))
            try:
                self.catalog.add(
                    recording,
                    references=references,
                    audit=about(recording, "recording.received", at=recording.received_at, actor=actor),
                    idempotency=terms.key_tag,
                )
            except Conflict:  # somebody pushed the same call meanwhile; `undo` takes this copy away
                return self._answer_known(terms, recording.content_tag)
            undo.pop_all()
        self.queue.hint(recording.id)
        return Ingested(recording, created=True)

    def _terms(self, facts: Facts, actor: str, idempotency_key: str | None) -> _Terms:
        """Check the facts against the controller's rules. Raises a Refused."""
        controller = self.controllers.get(facts.controller)
        kind, period = controller.period_for(facts.kind)
        now = self.clock.now()
        check_start(facts.started_at, now)
        due = delete_at(facts.started_at, period, controller.zone_info, end_of_day=controller.end_of_day)
        slug = controller.slug
        if facts.part > 1:  # parts of one call share the first part's start
            first = self.catalog.find_call(Scope.of(slug), slug, self._call_tag(facts, part=1))
            due = min(due, first.delete_at) if isinstance(first, Recording) else due
        call_tag = self._call_tag(facts, part=facts.part)
        if isinstance(self.catalog.find_call(Scope.of(slug), slug, call_tag), Tombstone):
            raise CallPurged
        if is_past(due, now):
            body = refusal_body(slug, kind, delete_at=due, at=now)
            entry = AuditEntry(at=now, actor=actor, action="recording.refused", controller=slug)
            raise PastRetention(
                self.catalog.add_receipt(slug, lambda link: self.signer.sign({**body, **link}), audit=entry)
            )
        key_tag = None if idempotency_key is None else self.keys.tag(slug, "idempotency", idempotency_key)
        return _Terms(controller, kind, period, call_tag, key_tag, due)

    def _call_tag(self, facts: Facts, *, part: int) -> Tag:
        return self.keys.tag(facts.controller, "call", f"{part}/{facts.call_id}")

    def _tag_content(self, terms: _Terms, digest: str) -> Tag:
        return self.keys.tag(terms.controller.slug, "content", digest)

    def _known(self, terms: _Terms) -> tuple[Recording | None, Recording | Tombstone | None]:
        slug = terms.controller.slug
        by_key = self.catalog.find_idempotent(Scope.of(slug), slug, terms.key_tag) if terms.key_tag else None
        return by_key, self.catalog.find_call(Scope.of(slug), slug, terms.call_tag)

    def _is_known(self, terms: _Terms) -> bool:
        return any(self._known(terms))

    def _answer_known(self, terms: _Terms, content: Tag) -> Ingested:
        """Answer a push of something that is known: the same again, or a refusal. Raises a Refused."""
        by_key, by_call = self._known(terms)
        if by_key is not None and (by_key.call_tag != terms.call_tag or by_key.content_tag != content):
            raise KeyReused
        if isinstance(by_call, Tombstone):
            raise CallPurged
        if by_call is None or by_call.content_tag != content:
            raise CallConflict
        return Ingested(by_call, created=False)

    def _seal(self, recording: RecordingId, audio: Iterable[bytes]) -> str:
        """Stream the file into the vault; returns its SHA-256. Raises TooLarge, BadAudio."""
        with self.vault.write(recording, Item.RAW_AUDIO) as out:
            return _measure(audio, self.limits.size, out.write)

    def _check_sealed(self, recording: RecordingId, facts: Facts, digest: str) -> None:
        """Read back what was sealed: it must be what came in, and sound by signature and headers. Raises BadAudio."""
        with self.vault.open(recording, Item.RAW_AUDIO) as sealed:
            if _measure(iter(lambda: sealed.read(READ_BACK), b""), self.limits.size) != digest:
                raise Tampered
            sealed.seek(0)
            sound = self.codec.probe(sealed)
        if sound.seconds is not None and sound.seconds > self.limits.seconds:
            raise BadAudio("audio-too-long", "The call is longer than this service takes. Send it in parts.")
        if sound.frames == 0:
            raise BadAudio("audio-empty", "The file holds no sound. Send the recording itself.")
        if facts.channels and len(facts.channels) != sound.channels:
            raise BadAudio("channels-differ", "The facts name another number of channels than the audio has.")

    def _recording(self, recording: RecordingId, facts: Facts, terms: _Terms, content: Tag) -> Recording:
        return Recording(
            id=recording,
            controller=terms.controller.slug,
            kind=terms.kind,
            call_tag=terms.call_tag,
            content_tag=content,
            started_at=facts.started_at.astimezone(UTC),
            zone_offset=facts.zone_offset,
            received_at=self.clock.now(),
            delete_at=terms.delete_at,
            language=facts.language or terms.controller.language,
            roles=tuple(facts.channels),
            direction=facts.direction,
            queue=facts.queue,
            agent=facts.agent,
            source=facts.source,
        )

    def _references(self, facts: Facts) -> list[Reference]:
        named = {(each.type, normal_reference(each.type, each.value)) for each in facts.customer}
        return [
            Reference(type=kind, tag=self.keys.tag(facts.controller, f"reference:{kind}", value))
            for kind, value in sorted(named)
        ]

    def _forget(self, recording: RecordingId) -> None:
        """Take a copy away that no row knows. The key goes last: the sweep finds by it what a crash leaves here."""
        self.vault.destroy(recording)
        self.keys.destroy(recording)


def _measure(chunks: Iterable[bytes], limit: int, write: Callable[[bytes], object] = len) -> str:
    """Pass the bytes on and return their SHA-256. Raises TooLarge, and BadAudio for a file without a byte."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        write(chunk)
    if size == 0:
        raise BadAudio("audio-empty", "The file is empty. Send the recording itself.")
    return digest.hexdigest()

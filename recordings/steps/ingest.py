"""A push becomes a sealed recording with a row, or nothing at all.

Reads: the caller's stream. Writes: vault (raw audio, raw facts, manifest), keys, catalog. Next: transcribe.

The order is blob first, row last (reliability.md 6.1): the sound is sealed while it streams in and looked at, and only
then does one transaction make the recording exist. Whatever goes wrong before that
takes key and objects away again, and what a crash leaves has no row, so the sweep removes it. Where the transaction's
answer was lost nothing is taken away: the row may be there. The manifest is written
last: whatever has one was pushed whole, and the sweep takes it up instead (`recordings.adoption`).
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from recordings.audit import about
from recordings.controllers import Controller, Controllers
from recordings.documents import write_json
from recordings.engines import AudioCodec, Clock
from recordings.errors import BadAudio, CallConflict, CallPurged, KeyReused, PastRetention, TooLarge
from recordings.facts import Facts, check_start, roles_of
from recordings.legs import is_in_legs
from recordings.manifest import Manifest, write_manifest
from recordings.parts import Parts
from recordings.periods import Periods, end_of
from recordings.receipts import refusal_body
from recordings.retention import is_past, local_date
from storage import crash_points
from storage.errors import Conflict, NoRoom, Unavailable
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
from storage.seekable import PiecesReader
from storage.vault import Vault

KEPT = 8 << 20
# Bytes of a push that stay in memory while its headers are looked at; of a longer one they are read from the vault.


@dataclass(frozen=True, slots=True)
class Limits:
    """What one push may hold."""

    seconds: int
    size: int

    def stricter(self, controller: Controller) -> Limits:
        """Return these, or the controller's own where they are narrower."""
        own = controller.limits
        return Limits(
            seconds=min(self.seconds, own.call_seconds or self.seconds),
            size=min(self.size, own.push_bytes or self.size),
        )


@dataclass(frozen=True, slots=True)
class Ingested:
    """The recording of a push; `created` is False when the same push was here before."""

    recording: Recording
    created: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the controller's rules make of one push."""

    controller: Controller
    limits: Limits
    kind: Kind
    call_tag: Tag
    call_group: Tag
    key_tag: Tag | None
    delete_at: datetime
    call_started_at: datetime | None
    is_here: bool  # the call, when the push began


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """Takes pushes. Safe to call from several threads."""

    controllers: Controllers
    periods: Periods
    parts: Parts
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
            known = self._answer_known(terms, self._tag_content(terms, _measure(audio, terms.limits.size)))
            self.parts.align(known.recording, actor=actor)  # the push that was not acknowledged may not have done it
            return known
        with ExitStack() as undo:
            recording_id = RecordingId(uuid.uuid4().hex)
            undo.callback(self._forget, recording_id)
            day = local_date(terms.delete_at, terms.controller.zone_info)
            self.keys.create(recording_id, controller=terms.controller.slug, delete_on=day)
            digest, kept = self._seal(recording_id, audio, terms.limits)
            self._check_sound(recording_id, facts, kept, terms.limits)
            recording = self._recording(recording_id, facts, terms, self._tag_content(terms, digest))
            write_json(self.vault, recording, Item.RAW_FACTS, facts.model_dump(mode="json"), first=True)
            references = self._references(facts)
            write_manifest(self.vault, Manifest(recording, tuple(references), terms.key_tag), first=True)
            try:
                self.catalog.add(
                    recording,
                    references=references,
                    audit=about(recording, "recording.received", at=recording.received_at, actor=actor),
                    idempotency=terms.key_tag,
                )
            except Conflict:  # somebody pushed the same call meanwhile; `undo` takes this copy away
                return self._answer_known(terms, recording.content_tag)
            except NoRoom:
                raise
            except Unavailable:  # the row may be there, and its answer was lost: the sweep knows in a day
                undo.pop_all()
                raise
            undo.pop_all()
        crash_points.reach("ingest.kept")
        self.parts.align(recording, actor=actor)
        self.queue.hint(recording)
        return Ingested(recording, created=True)

    def _terms(self, facts: Facts, actor: str, idempotency_key: str | None) -> _Terms:
        """Check the facts against the controller's rules. Raises a Refused."""
        controller = self.controllers.get(facts.controller)
        slug, kind = controller.slug, controller.kind_of(facts.kind)
        now = self.clock.now()
        check_start(facts.started_at, now)
        term, group = self.periods.in_force(slug, kind), self.keys.tag(slug, "call-group", facts.call_id)
        parts = self._other_parts(facts, group)
        began = min([facts.started_at, *(part.began_at for part in parts)]).astimezone(UTC) if parts else None
        # parts of one call share the first part's start, and its promise
        due = min([end_of(began or facts.started_at, term), *(part.delete_at for part in parts)])
        call_tag = self._call_tag(facts, part=facts.part)
        known = self.catalog.find_call(Scope.of(slug), slug, call_tag)
        if isinstance(known, Tombstone):
            raise CallPurged
        if is_past(due, now):
            body = refusal_body(slug, kind, delete_at=due, at=now)
            entry = AuditEntry(at=now, actor=actor, action="recording.refused", controller=slug)
            raise PastRetention(
                self.catalog.add_receipt(slug, lambda link: self.signer.sign({**body, **link}), audit=entry)
            )
        key_tag = None if idempotency_key is None else self.keys.tag(slug, "idempotency", idempotency_key)
        limits = self.limits.stricter(controller)
        return _Terms(controller, limits, kind, call_tag, group, key_tag, due, began, known is not None)

    def _other_parts(self, facts: Facts, group: Tag) -> list[Recording]:
        """Return the parts of the call that are here, this one not; the first also where it has no group yet."""
        scope, slug = Scope.of(facts.controller), facts.controller
        mine = self._call_tag(facts, part=facts.part)
        parts = [part for part in self.parts.amendments.parts(scope, slug, group) if part.call_tag != mine]
        if facts.part > 1 and not parts:
            first = self.catalog.find_call(scope, slug, self._call_tag(facts, part=1))
            parts = [first] if isinstance(first, Recording) else []
        return parts

    def _call_tag(self, facts: Facts, *, part: int) -> Tag:
        return self.keys.tag(facts.controller, "call", f"{part}/{facts.call_id}")

    def _tag_content(self, terms: _Terms, digest: str) -> Tag:
        return self.keys.tag(terms.controller.slug, "content", digest)

    def _known(self, terms: _Terms) -> tuple[Recording | None, Recording | Tombstone | None]:
        slug = terms.controller.slug
        by_key = self.catalog.find_idempotent(Scope.of(slug), slug, terms.key_tag) if terms.key_tag else None
        return by_key, self.catalog.find_call(Scope.of(slug), slug, terms.call_tag)

    def _is_known(self, terms: _Terms) -> bool:
        slug = terms.controller.slug
        return terms.is_here or bool(
            terms.key_tag and self.catalog.find_idempotent(Scope.of(slug), slug, terms.key_tag)
        )

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

    def _seal(self, recording: RecordingId, audio: Iterable[bytes], limits: Limits) -> tuple[str, BinaryIO | None]:
        """Stream the file into the vault; returns its SHA-256, and a short one itself. Raises TooLarge, BadAudio.

        What was sealed was opened again on its way, and the store has checked what reached it: it is not read back.
        """
        kept, size = list[bytes](), 0

        def write(chunk: bytes) -> None:
            nonlocal size
            out.write(chunk)
            size += len(chunk)
            if size > KEPT:
                kept.clear()
            elif chunk:
                kept.append(chunk)

        with self.vault.write(recording, Item.RAW_AUDIO, first=True) as out:
            digest = _measure(audio, limits.size, write)
        return digest, io.BufferedReader(PiecesReader(kept)) if size <= KEPT else None

    def _check_sound(self, recording: RecordingId, facts: Facts, kept: BinaryIO | None, limits: Limits) -> None:
        """Refuse what is not sound by signature and headers, or not what the facts say. Raises BadAudio."""
        with kept or self.vault.open(recording, Item.RAW_AUDIO) as source:
            if is_in_legs(source) != (facts.leg_starts is not None):  # a single file must not pass for two
                raise BadAudio("audio-unknown-format", "This is not audio that Vaiti takes.")
            sound = self.codec.probe(source)
        if sound.seconds is not None and sound.seconds > limits.seconds:
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
            call_started_at=terms.call_started_at,
            call_group=terms.call_group,
        )

    def _references(self, facts: Facts) -> list[Reference]:
        return [
            Reference(type=kind, tag=self.keys.tag(facts.controller, f"reference:{kind}", value), role=role)
            for (kind, value), role in sorted(roles_of(facts.customer).items())
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

"""A person asks for her own calls: they leave the vault once, whole and unedited, in an encrypted archive.

Reads: vault (raw audio, raw words, raw facts). Writes: a hold and audit, before anything is opened; the caller's
stream. Next: nothing.

A copy for the person herself must be complete (design.md, decision 9), so it is the original. It leaves as an AES-256
zip that ordinary tools open. Its key is stretched only a thousand times, so the passphrase has to be long.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, BinaryIO, cast
from uuid import uuid4

import pyzipper

from recordings.audit import about
from recordings.belonging import Belonging
from recordings.beside import (
    Correction,
    Cut,
    corrections_from_document,
    corrections_to_document,
    cut_words,
    cuts_from_document,
    windows_of,
)
from recordings.case_errors import ConfirmationNeeded
from recordings.controllers import Controllers
from recordings.disclosures import MADE, Recipient, Untold
from recordings.documents import read_json, read_raw_words
from recordings.engines import AudioCodec, Clock, Tone
from recordings.errors import BadAudio, NothingToGive, PassphraseShort, RequestInvalid
from recordings.facts import with_later, without_known
from recordings.holding import Holding, Order
from recordings.legs import is_in_legs, open_legs
from recordings.letter.content import Answer, GivenCall, letter_language, write_content
from recordings.letter.render import render
from recordings.lifecycle import is_reachable
from recordings.measured import Measured
from recordings.retention import local_date
from recordings.turns import split_turns
from redaction.interchange import transcript_to_dict
from redaction.mask_samples import mask_blocks
from redaction.model import Transcript, Window
from storage.errors import NotFound
from storage.people import People
from storage.persons import Persons
from storage.ports import AuditLog, Catalog
from storage.records import CustomerId, HoldId, Item, Recording, RecordingId, Scope
from storage.vault import Vault

Progress = Callable[[int, int], None]
FORMAT = "vaiti-access/1"
SHORTEST_PASSPHRASE = 20
# Characters: WinZip's AES stretches a passphrase with 1,000 rounds of PBKDF2, so its length must carry the weight.
AES_WITHOUT_CRC = 2
# Version 1 of the format writes a CRC of what is inside in clear; the authentication code makes it needless.
CHUNK = 1 << 16
CUT = "[CUT]"
# Stands in a transcript for what was cut; the letter says it in words.
LETTER = "letter.pdf"
MOST_ENTRIES = 10_000
# Of one call: who opened it so often has a page of its own to explain.
SUFFIXES = {"wav": "wav", "mp3": "mp3", "ogg": "ogg", "flac": "flac", "m4a": "m4a", "aac": "aac"}
NAMES = {"agent": {"fi": "Asiakaspalvelija", "en": "Agent"}, "customer": {"fi": "Asiakas", "en": "Customer"}}
UNNAMED = {"fi": "Puhuja", "en": "Speaker"}


class Purpose(StrEnum):
    """Why originals are opened; nothing else opens them."""

    ACCESS_REQUEST = "access-request"
    AUTHORITY_REQUEST = "authority-request"
    LEGAL_CLAIM = "legal-claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """Whose calls or which hold's, why, and under which case of the company's own books."""

    scope: Scope
    purpose: Purpose
    case: str
    actor: str
    passphrase: str | None = field(repr=False)  # None: not encrypted; only for what leaves by a link over TLS
    customer: CustomerId | None = None
    hold: HoldId | None = None  # then what this hold keeps, also when its time is over
    language: str | None = None  # of the letter; None: the controller's
    confirmed: tuple[
        RecordingId, ...
    ] = ()  # of the doubtful calls, those that are the person's (`recordings.belonging`)
    left_out: tuple[RecordingId, ...] = ()  # and those that are not
    recipient: Recipient | None = None  # whom the calls are given to, where it is not the person
    untold: Untold | None = None  # why the person is not told of it


@dataclass(frozen=True, slots=True)
class _Beside:
    """What people decided about a call, as far as it counts for this request."""

    corrections: tuple[Correction, ...]
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Writes the archive of a customer's calls, or of those of a hold's case."""

    catalog: Catalog
    persons: Persons
    people: People
    vault: Vault
    audit: AuditLog
    codec: AudioCodec
    tone: Tone
    controllers: Controllers
    holding: Holding
    clock: Clock

    def find(self, request: AccessRequest) -> Sequence[Recording]:
        """Return what would be given, oldest first.

        Raises PassphraseShort, RequestInvalid, NotFound, NothingToGive, ConfirmationNeeded.
        """
        _check_recipient(request)
        if request.passphrase is not None and len(request.passphrase) < SHORTEST_PASSPHRASE:
            raise PassphraseShort
        now = self.clock.now()
        if request.hold is not None:
            found = self.holding.store.recordings(request.scope, request.hold)
        elif request.customer is not None:
            found = [each for each in self._hers(request, request.customer) if is_reachable(each, now)]
        else:
            found = []
        if not found:
            raise NothingToGive
        return found

    def __call__(self, request: AccessRequest, out: BinaryIO, progress: Progress | None = None) -> dict[str, Any]:
        """Write the archive to `out`, which need not seek; returns its manifest. Raises as `find` and storage do.

        `progress` is told how many of how many calls are in it.
        """
        found = self.find(request)
        if request.customer is not None and request.purpose is Purpose.ACCESS_REQUEST:
            self._hold(request, found)
        mine = {each.id: self._beside(request, each) for each in found}
        before = {each.id: self.audit.list(Scope.system(), recording=each.id, limit=MOST_ENTRIES) for each in found}
        self._audit_first(request, found)
        manifest = self._head(request)
        with _open_archive(out, request.passphrase) as archive:
            given = []
            for number, recording in enumerate(found, start=1):
                written, transcript = self._write_call(archive, f"{number:03d}", recording, mine[recording.id])
                manifest["calls"].append(written)
                if progress is not None:
                    progress(number, len(found))
                given.append(
                    GivenCall(
                        recording=recording,
                        transcript=transcript,
                        entries=before[recording.id],
                        corrections=mine[recording.id].corrections,
                        cuts=mine[recording.id].cuts,
                    )
                )
            if request.purpose is Purpose.ACCESS_REQUEST:
                manifest["letter"] = self._write_letter(archive, request, given)
            _write_file(archive, ("manifest.json", self.clock.now()), _as_json(manifest))
        return manifest

    def _hers(self, request: AccessRequest, customer: CustomerId) -> Sequence[Recording]:
        """Return the calls that are hers, and of the doubtful ones those that a person said yes to, oldest first."""
        belonging = Belonging.of(self.persons.links(request.scope, customer))
        there = {each.id: each for each in self.catalog.recordings_of(request.scope, customer)}
        for each in sorted(belonging.doubtful - there.keys()):
            with suppress(NotFound):  # it was purged meanwhile
                there[each] = self.catalog.get(request.scope, each)
        now = self.clock.now()
        undecided = belonging.undecided(request.confirmed, request.left_out)
        if any(is_reachable(there[each], now) for each in undecided if each in there):
            raise ConfirmationNeeded
        wanted = belonging.hers | (belonging.doubtful & set(request.confirmed))
        hers = [each for each in there.values() if each.id in wanted]
        return sorted(hers, key=lambda each: (each.started_at, each.id))

    def _hold(self, request: AccessRequest, found: Sequence[Recording]) -> None:
        """Keep what is given for some days: a copy that did not arrive, or that she disputes, can be made again."""
        order = Order(
            controller=found[0].controller,
            ground=request.purpose.value,
            case=request.case,
            actor=request.actor,
            recordings=tuple(each.id for each in found),
        )
        self.holding.place_for_access(order, until=self.holding.after_access(), act="delivered")

    def _audit_first(self, request: AccessRequest, found: Sequence[Recording]) -> None:
        """Write down what is opened, and to whom it is given; one act for the receiver, an entry for each call."""
        named = {"disclosure": uuid4().hex} if request.recipient else {}
        for recording in found:
            opened = about(recording, "raw.opened", at=self.clock.now(), actor=request.actor, **named)
            opened = replace(opened, case=request.case, purpose=request.purpose.value)
            self.audit.append(opened)
            if request.recipient is not None:
                untold = {"untold": request.untold.value} if request.untold else {}
                detail = {**named, "recipient": request.recipient.value, **untold}
                self.audit.append(replace(opened, action=MADE, detail=detail))

    def _head(self, request: AccessRequest) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "made_at": self.clock.now().astimezone(UTC).isoformat(timespec="seconds"),
            "purpose": request.purpose.value,
            "case": request.case,
            "calls": [],
        }

    def _write_letter(
        self, archive: pyzipper.AESZipFile, request: AccessRequest, given: Sequence[GivenCall]
    ) -> dict[str, Any]:
        """Write what the law wants told, and the words, as a PDF."""
        controller = self.controllers.get(given[0].recording.controller)
        answer = Answer(
            case=request.case,
            at=self.clock.now(),
            hold_days=self.holding.settings.access_hold_days,
            language=letter_language(request.language, controller),
            roles=self.people.roles(Scope.of(controller.slug)),
        )
        content = write_content(given, controller, answer)
        return _write_file(archive, (LETTER, self.clock.now()), render(content))

    def _write_call(
        self, archive: pyzipper.AESZipFile, folder: str, recording: Recording, beside: _Beside
    ) -> tuple[dict[str, Any], Transcript | None]:
        """Write one call's files under `folder`; returns its part of the manifest, and its words as they are given."""
        controller = self.controllers.get(recording.controller)
        notice = controller.notice_on(local_date(recording.started_at, controller.zone_info))
        facts = {
            **self._read_facts(recording.id),
            "controller_name": controller.name,
            "seconds": recording.seconds,
            "delete_at": recording.delete_at.isoformat(),
            "privacy_notice": notice.isoformat() if notice else None,
        }
        made = self.clock.now()
        transcript = self._read_transcript(recording)
        if beside.cuts:
            windows = windows_of(beside.cuts, transcript, max(1, len(recording.roles), _channels(transcript)))
            transcript = cut_words(transcript, windows, CUT) if transcript is not None else None
            files = [self._write_cut_sound(archive, f"{folder}/audio.flac", recording, windows)]
        else:
            files = self._write_sounds(archive, folder, recording)
        files.append(_write_file(archive, (f"{folder}/call.json", made), _as_json(facts)))
        if beside.corrections:
            document = _as_json(corrections_to_document(beside.corrections))
            files.append(_write_file(archive, (f"{folder}/corrections.json", made), document))
        if transcript is not None:
            text = _readable(transcript, recording, controller.name)
            document = _as_json(transcript_to_dict(transcript))
            files.append(_write_file(archive, (f"{folder}/transcript.json", made), document))
            files.append(_write_file(archive, (f"{folder}/transcript.txt", made), text.encode()))
        cuts = [{"start": each.start, "end": each.end, "reason": each.reason.value} for each in beside.cuts]
        part = {"recording": recording.id, "kind": recording.kind.value, "files": files, "cuts": cuts}
        return part, transcript

    def _beside(self, request: AccessRequest, recording: Recording) -> _Beside:
        """Return what was decided about a call. For an authority or a claim nothing is cut."""
        corrections: tuple[Correction, ...] = ()
        cuts: tuple[Cut, ...] = ()
        with suppress(NotFound):
            corrections = corrections_from_document(read_json(self.vault, recording.id, Item.CORRECTIONS))
        if request.purpose is Purpose.ACCESS_REQUEST:
            with suppress(NotFound):
                decided = cuts_from_document(read_json(self.vault, recording.id, Item.CUTS))
                cuts = tuple(each for each in decided if each.undone_at is None)
        return _Beside(corrections, cuts)

    def _write_cut_sound(
        self, archive: pyzipper.AESZipFile, name: str, recording: Recording, windows: Sequence[Window]
    ) -> dict[str, Any]:
        """Write the sound without what was cut, as long as it was. Raises BadAudio for sound that cannot be cut."""
        with closing(self.vault.open(recording.id, Item.RAW_AUDIO)) as raw:
            sound = self.codec.probe(raw)
            whole = [replace(each, channels=tuple(range(sound.channels))) for each in windows]
            tone = cast("Any", self.tone.samples(rate=sound.rate, bits=sound.bits))
            blocks = mask_blocks(cast("Any", self.codec.decode(raw)), rate=sound.rate, windows=whole, tone=tone)
            frames = round(recording.seconds * sound.rate) if recording.seconds is not None else None
            with archive.open(_entry(name, self.clock.now(), pyzipper.ZIP_STORED), "w", force_zip64=True) as file:
                out = Measured(file)
                self.codec.encode_flac(
                    blocks,
                    rate=sound.rate,
                    channels=sound.channels,
                    bits=sound.bits,
                    out=cast("BinaryIO", out),
                    frames=frames,
                )
        return {"name": name, "bytes": out.size, "sha256": out.digest}

    def _read_facts(self, recording: RecordingId) -> dict[str, Any]:
        """Return the facts as pushed, with what was sent after them."""
        facts = without_known(read_json(self.vault, recording, Item.RAW_FACTS))
        try:
            return with_later(facts, read_json(self.vault, recording, Item.LATER_FACTS))
        except NotFound:  # nothing was
            return facts

    def _write_sounds(self, archive: pyzipper.AESZipFile, folder: str, recording: Recording) -> list[dict[str, Any]]:
        """Write the sound as it was pushed, byte for byte: one file, or the two that the call came in."""
        with closing(self.vault.open(recording.id, Item.RAW_AUDIO)) as sound:
            if not is_in_legs(sound):
                return [self._write_sound(archive, f"{folder}/audio", sound)]
            return [self._write_sound(archive, f"{folder}/audio-{leg.role}", leg.source) for leg in open_legs(sound)]

    def _write_sound(self, archive: pyzipper.AESZipFile, stem: str, sound: BinaryIO) -> dict[str, Any]:
        digest = hashlib.sha256()
        name = f"{stem}.{self._suffix(sound)}"
        sound.seek(0)
        with archive.open(_entry(name, self.clock.now(), pyzipper.ZIP_STORED), "w", force_zip64=True) as file:
            size = 0
            while chunk := sound.read(CHUNK):
                digest.update(chunk)
                size += file.write(chunk)
        return {"name": name, "bytes": size, "sha256": digest.hexdigest()}

    def _suffix(self, sound: BinaryIO) -> str:
        try:
            return SUFFIXES.get(self.codec.probe(sound).container, "bin")
        except BadAudio:  # the call failed, and is still the person's own
            return "bin"

    def _read_transcript(self, recording: Recording) -> Transcript | None:
        try:
            return read_raw_words(self.vault, recording.id).transcript
        except NotFound:  # it was never transcribed: the sound is given without words
            return None


def _check_recipient(request: AccessRequest) -> None:
    if request.purpose is Purpose.ACCESS_REQUEST and request.recipient is not None:
        raise RequestInvalid([("recipient", "none_for_access")])
    if request.purpose is Purpose.AUTHORITY_REQUEST and request.recipient is None:
        raise RequestInvalid([("recipient", "missing")])
    if request.untold is not None and request.recipient is None:
        raise RequestInvalid([("untold", "without_recipient")])


def _open_archive(out: BinaryIO, passphrase: str | None) -> pyzipper.AESZipFile:
    if passphrase is None:
        return pyzipper.AESZipFile(out, "w")
    kwargs = {"force_wz_aes_version": AES_WITHOUT_CRC}
    archive = pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES, encryption_kwargs=kwargs)
    archive.setpassword(passphrase.encode())
    return archive


def _write_file(archive: pyzipper.AESZipFile, place: tuple[str, datetime], content: bytes) -> dict[str, Any]:
    """Write one small file; `place` is (its name, the time it was made)."""
    archive.writestr(_entry(*place, pyzipper.ZIP_DEFLATED), content)
    return {"name": place[0], "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _entry(name: str, made: datetime, compression: int) -> Any:
    # an AES zip hides contents and not names: ours are numbers, so a listing tells nothing of anyone
    entry = pyzipper.AESZipFile.zipinfo_cls(name, date_time=made.timetuple()[:6])
    entry.compress_type = compression
    return entry


def _as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _readable(transcript: Transcript, recording: Recording, controller: str) -> str:
    """Return the words as a person reads them: who, when, what."""
    language = recording.language if recording.language in UNNAMED else "en"
    started = recording.started_at.astimezone(timezone(timedelta(seconds=recording.zone_offset)))
    lines = [f"{controller}, {started.isoformat(sep=' ', timespec='minutes')}", ""]
    for turn in split_turns(transcript.words):
        role = transcript.channels[turn.channel].role.value
        who = NAMES.get(role, {}).get(language) or f"{UNNAMED[language]} {turn.channel + 1}"
        lines.append(f"[{int(turn.start) // 60:02d}:{int(turn.start) % 60:02d}] {who}: {turn.text}")
    return "\n".join(lines) + "\n"


def _channels(transcript: Transcript | None) -> int:
    return len(transcript.channels) if transcript is not None else 0

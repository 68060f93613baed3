"""What the rest of Vaiti needs of storage: protocols. One contract suite in tests/contracts runs on every adapter.

All are synchronous and safe to use from several threads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, Protocol

from storage.generations import FloorKeeper
from storage.receipt_chain import Head
from storage.records import (
    AuditEntry,
    CustomerId,
    Decision,
    DueCount,
    GuardState,
    Hit,
    HitCount,
    HoldId,
    IndexedTurn,
    Item,
    Recording,
    RecordingId,
    Reference,
    Scope,
    SearchFilter,
    Stage,
    StoredObject,
    Tag,
    Tombstone,
)
from storage.work import Weight

Sealing = Callable[[dict[str, Any]], Mapping[str, Any]]
# Signs a receipt; given what links it to the one before it (`storage.receipt_chain`), it returns it whole.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A recording that a purge has begun, and what stays of it."""

    recording: Recording
    tombstone: Tombstone
    receipt: Sealing
    audit: AuditEntry


class ObjectStore(Protocol):
    """Named bytes, already sealed. Names hold opaque ids only."""

    def write(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a new object for writing; it exists, whole and durable, when the context ends without an error.

        Never replaces: raises Conflict. Who destroys what is still being written has to look again, or to know that
        the writer does (`storage.sealed_objects`).
        """

    def open(self, name: str) -> BinaryIO:
        """Open for reading, seekable. Raises NotFound."""

    def inventory(self, prefix: str) -> Sequence[StoredObject]:
        """List everything under a prefix: versions, markers and unfinished uploads too."""

    def names(self, prefix: str) -> Sequence[str]:
        """List the names of the objects under a prefix, each once: cheaper than an inventory, and not all of it."""

    def inventories(self) -> Iterator[Sequence[StoredObject]]:
        """List everything, what begins alike up to the first slash at a time: nobody has to hold all of it at once."""

    def check(self) -> None:
        """Raise Unavailable when the store does not answer; cheap, and about no object."""

    def destroy(self, prefix: str) -> int:
        """Remove everything under a prefix, all versions; returns how many. Removing nothing is no error."""


class KeyStore(FloorKeeper, Protocol):
    """Data keys, wrapped by (controller, local date of deletion), wrapped by the root key (design.md 8)."""

    def create(self, recording: RecordingId, *, controller: str, delete_on: date) -> None:
        """Make and keep a random data key. Raises Conflict when there is one."""

    def move(self, recording: RecordingId, *, controller: str, delete_on: date) -> None:
        """Wrap the data key under another day's key: `delete_at` has moved, or a hold has ended. Raises KeyGone."""

    def hold(self, recordings: Sequence[RecordingId], *, hold: HoldId) -> None:
        """Wrap these data keys under the key of a hold's case, all or none; it dies with the last. Raises KeyGone."""

    def held(self) -> Mapping[RecordingId, HoldId]:
        """Every recording whose data key is under the key of a case, and the hold."""

    def derive(self, recording: RecordingId, purpose: str) -> bytes:
        """Return the 32-byte key of this recording for one purpose (HKDF). Raises KeyGone."""

    def destroy(self, recording: RecordingId) -> datetime | None:
        """Destroy the data key; the date key too when it was its last. Returns the time, None if it was gone."""

    def destroy_all(self, recordings: Sequence[RecordingId]) -> None:
        """Destroy these data keys and the date keys that they leave without one, in one transaction."""

    def knows(self, recording: RecordingId) -> bool:
        """Tell whether a data key exists: the negative probe of a purge."""

    def known(self, recordings: Collection[RecordingId]) -> Collection[RecordingId]:
        """Ask as `knows` does about several; returns those that have a key."""

    def backups_end_at(self) -> datetime | None:
        """Say when the last backup of this store dies of those made so far; None when there is none.

        Until then what is destroyed now may be in one: for receipts.
        """

    def recordings(self) -> Iterable[RecordingId]:
        """Every recording that has a key: for the sweep that finds orphans."""

    def tag(self, controller: str, purpose: str, value: str) -> Tag:
        """Return a keyed hash that is stable within a controller: for references, call ids and contents."""


class SealedStore(Protocol):
    """Sealed objects of recordings. The vault may touch RAW items; for the masked store they are a TypeError."""

    def write(
        self, recording: RecordingId, item: Item, *, token: int | None = None, first: bool = False
    ) -> AbstractContextManager[BinaryIO]:
        """Write and seal as a stream; replaces an earlier generation of the item only when the context ends well.

        Give the claim's `token`: then a worker that lost its claim cannot replace what its successor wrote. `first`:
        nobody has written the item before, so the store need not be asked. Raises KeyGone, LostClaim.
        """

    def open(self, recording: RecordingId, item: Item) -> BinaryIO:
        """Open for reading in clear, seekable, authenticated chunk by chunk. Raises NotFound, KeyGone, Tampered."""

    def remove(self, recording: RecordingId, item: Item) -> None:
        """Remove an item (all generations). Removing nothing is no error."""

    def inventory(self, recording: RecordingId) -> Sequence[StoredObject]:
        """Everything stored for a recording, in both areas."""

    def destroy(self, recording: RecordingId) -> int:
        """Remove everything stored for a recording, in both areas."""


class Catalog(Protocol):
    """The truth: which recordings exist and where they are in their life.

    Every change of state is one transaction with its audit entry.
    """

    def add(
        self,
        recording: Recording,
        *,
        references: Sequence[Reference],
        audit: AuditEntry,
        idempotency: Tag | None = None,
    ) -> None:
        """Keep a new recording. Raises Conflict when its call is known or purged, or the idempotency key is used."""

    def get(self, scope: Scope, recording: RecordingId) -> Recording:
        """Return a recording. Raises NotFound, for a purged one too."""

    def find_call(self, scope: Scope, controller: str, call_tag: Tag) -> Recording | Tombstone | None:
        """Return the recording or tombstone of a call, if there is one."""

    def find_idempotent(self, scope: Scope, controller: str, key: Tag) -> Recording | None:
        """Return the recording that was pushed under this idempotency key, if there is one."""

    def list(
        self,
        scope: Scope,
        *,
        only: SearchFilter | None = None,
        stages: Iterable[Stage] = (),
        limit: int = 50,
        before: RecordingId | None = None,
    ) -> Sequence[Recording]:
        """Newest call first."""

    def count(self, scope: Scope) -> Mapping[Stage, int]:
        """How many recordings are in each stage."""

    def find_customer(self, scope: Scope, controller: str, reference: Reference) -> CustomerId | None:
        """Return the customer that a reference names, if anyone."""

    def recordings_of(self, scope: Scope, customer: CustomerId) -> Sequence[Recording]:
        """Return a customer's recordings, oldest first. Raises NotFound for a customer outside the scope."""

    def claim(
        self, *, worker: str, now: datetime, lease: float, stages: Iterable[Stage], only: RecordingId | None = None
    ) -> Recording | None:
        """Take the oldest recording in one of these stages whose lease is free and whose time has not come.

        What is restricted is left alone. Adds one to its token and its attempts. Lease in seconds.
        """

    def claimable(self, *, now: datetime, stages: Iterable[Stage], limit: int) -> Sequence[Recording]:
        """Return what `claim` would take, oldest first."""

    def renew(self, recording: Recording, *, now: datetime, lease: float) -> None:
        """Keep a claim. Raises LostClaim."""

    def release(self, recording: Recording, *, until: datetime | None = None) -> None:
        """Give a claim back without a move, to be tried again at once or from `until`. Raises LostClaim."""

    def move(
        self, recording: Recording, *, to: Stage, audit: AuditEntry, changes: Mapping[str, Any] | None = None
    ) -> Recording:
        """Change the stage (and these columns) if the row still has this token and stage, and free the lease.

        Attempts begin again at 0, but for `failed` and `quarantined`, unless `changes` says otherwise. Raises
        LostClaim, IllegalMove, ValueError for a column that no step may change.
        """

    def note(self, recording: Recording, *, changes: Mapping[str, Any], audit: AuditEntry) -> Recording:
        """Change these columns without a move if the row still has this token and stage. Raises as `move` does."""

    def decide(
        self, recording: Recording, decisions: Sequence[Decision], *, to: Stage, audit: Sequence[AuditEntry]
    ) -> Recording:
        """Keep what a person decided and move the recording, in one transaction with at least one entry.

        Raises as `move` does.
        """

    def decisions(self, scope: Scope, recording: RecordingId) -> Sequence[Decision]:
        """Return what was decided about a recording, oldest first; it goes with the recording."""

    def set_profile(self, controller: str, reference: Reference, profile: str | None, *, audit: AuditEntry) -> None:
        """Keep how strictly whom the reference names is masked; None forgets it. It outlasts the recordings."""

    def profiles_of(self, scope: Scope, recording: RecordingId) -> Sequence[str]:
        """Return the profiles that any reference of the recording's customer has."""

    def plan_again(self, recording: RecordingId, *, audit: AuditEntry) -> Recording | None:
        """Move what is planned or further to transcribed: at once nobody sees it, and whoever works on it loses it.

        What is transcribed stays, but a worker loses it. Returns None, and changes nothing, in any other stage.
        """

    def due(self, *, now: datetime, limit: int) -> Sequence[Recording]:
        """Return recordings whose time has come and that nothing holds, oldest `delete_at` first; half purged last."""

    def due_ids(self, *, now: datetime) -> Sequence[RecordingId]:
        """Return all that `due` would, ids only."""

    def begin_purges(
        self, recordings: Collection[RecordingId], *, reason: str, entry: Callable[[Recording], AuditEntry]
    ) -> Sequence[Recording]:
        """Move these to purging from any stage, in one transaction: no reader or worker has them any more.

        Returns those that are purging now; what is held or gone is left out. `reason` is a slug and becomes the
        recording's, `entry` makes what the audit log says of it. Done twice, the second changes nothing.
        """

    def purging(self, recordings: Collection[RecordingId]) -> Sequence[Recording]:
        """Return those of these recordings whose purge has begun and not ended."""

    def begin_purge(self, recording: RecordingId, *, reason: str, audit: AuditEntry) -> Recording:
        """Do as `begin_purges` with one. Raises NotFound, Held."""

    def forget(self, endings: Sequence[Ending]) -> Sequence[Mapping[str, Any]]:
        """Remove every row of these recordings; keep tombstones and receipts, which it returns. One transaction.

        Idempotent. Raises IllegalMove when a purge has not begun, NotFound when there never was such a recording.
        """

    def knows(self, recording: RecordingId) -> int:
        """How many rows hold this id, tombstones, receipts and audit entries aside: the negative probe of a purge."""

    def count_rows(self, recordings: Collection[RecordingId]) -> Mapping[RecordingId, int]:
        """Ask as `knows` does about several; what has no row is left out."""

    def receipts(
        self, scope: Scope, *, recording: RecordingId | None = None, limit: int = 100
    ) -> Sequence[Mapping[str, Any]]:
        """Signed receipts, newest first."""

    def add_receipt(self, controller: str, receipt: Sealing, *, audit: AuditEntry) -> Mapping[str, Any]:
        """Keep and return a receipt that belongs to no stored recording (a push that came too late)."""

    def receipt_heads(self, scope: Scope) -> Mapping[str, Head]:
        """Return the last receipt of each controller that has one."""


class GuardMemory(Protocol):
    """What the guard of the purge counts and remembers; it outlives processes."""

    def read(self) -> GuardState:
        """Return what was kept last."""

    def keep(self, state: GuardState, *, audit: Sequence[AuditEntry] = ()) -> None:
        """Keep this instead, with its audit entries in one transaction."""

    def count(self, *, now: datetime, after: datetime | None) -> DueCount:
        """Count what is due at `now` and not begun; `fresh` is what came due after `after` (None: all of it)."""


class SearchIndex(Protocol):
    """Masked words only. It never sees the vault."""

    def put(self, recording: Recording, turns: Sequence[IndexedTurn]) -> None:
        """Index, replacing what was there. Raises LostClaim when the recording's token is no longer the row's."""

    def search(  # noqa: PLR0913 - what is asked, and which page of it
        self,
        scope: Scope,
        query: str,
        *,
        only: SearchFilter,
        limit: int = 20,
        after: int | None = None,
        now: datetime,
    ) -> Sequence[Hit]:
        """Return published recordings that say it, newest call first; none past `delete_at`.

        One hit a recording: all words are said in the call, and the turn is the one that says most of them. `after` is
        the number of the last hit of the page before. Raises ValueError for a query without words.
        """

    def count(self, scope: Scope, query: str, *, only: SearchFilter, now: datetime) -> HitCount:
        """Count what `search` would find, up to a limit. Raises ValueError as `search` does."""

    def renew(self, limit: int = 50) -> int:
        """Index anew what another edition of the forms has indexed, the newest first; how many there were at most."""

    def remove(self, recording: RecordingId) -> int:
        """Remove a recording's turns; returns how many there were."""

    def remove_all(self, recordings: Sequence[RecordingId]) -> int:
        """Remove the turns of these recordings in one transaction; returns how many there were."""

    def knows(self, recording: RecordingId) -> int:
        """How many turns are indexed: the negative probe of a purge."""

    def count_turns(self, recordings: Collection[RecordingId]) -> Mapping[RecordingId, int]:
        """Ask as `knows` does about several; what has no turn is left out."""

    def scrub(self) -> None:
        """Make removed terms unreadable on disk too (design.md 7)."""


class AuditLog(Protocol):
    """Append-only, hash-chained. Entries of a change of state are written by the catalog in that transaction."""

    def append(self, entry: AuditEntry) -> None:
        """Write an entry that stands alone (an opening, a search)."""

    def list(self, scope: Scope, *, recording: RecordingId | None = None, limit: int = 100) -> Sequence[AuditEntry]:
        """Newest first."""

    def of_acts(self, scope: Scope, acts: Collection[str], *, of: Collection[RecordingId] = ()) -> Sequence[AuditEntry]:
        """Oldest first, of some recordings where these are named; else only acts of disclosures are found fast."""

    def first(self, recordings: Collection[RecordingId], *, action: str) -> Mapping[RecordingId, AuditEntry]:
        """Return the oldest entry of an action about each of these recordings; what has none is left out."""

    def forget(self, controller: str | None, *, before: datetime, audit: AuditEntry) -> int:
        """Leave of older entries about calls that are gone, or about none, their digests; returns how many."""

    def verify(self) -> int:
        """Walk the chain; returns how many entries hold. Raises Tampered."""

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last entry: kept elsewhere, they show a cut tail."""

    def hash_of(self, number: int) -> str | None:
        """Return the hash of an entry, None where there is none; before the first it is all zeros."""


class ReceiptSigner(Protocol):
    """Ed25519 over canonical JSON (RFC 8785); the private key lives with the keys."""

    def sign(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the body with its `signature` block."""

    def public_key(self) -> str:
        """Return the public key, PEM."""


class JobQueue(Protocol):
    """A hint that there is work; the database is the truth, so hints may be lost."""

    def hint(self, recording: Recording, *, first: bool = False) -> None:
        """Say that this recording has work; `first` where a person waits for it."""

    def workers(self) -> Mapping[Weight, int] | None:
        """Return how many living workers take jobs of each weight; None when the queue does not answer."""

    def answers(self) -> bool:
        """Tell whether the queue answers."""

    def forget(self, recordings: Collection[RecordingId]) -> None:
        """Drop every hint at these, waiting or failed, as far as the queue answers."""

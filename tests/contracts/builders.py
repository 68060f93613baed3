"""Readable test data: recordings, references, turns and audit entries of an invented energy company."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from storage.api_keys import ApiKey, ApiKeyId, KeySecret
from storage.cases import Asker, Case, CaseId, CaseKind, CaseState, Way
from storage.collections import CallCollection, Collected, CollectionId, Collections, Tags
from storage.holds import Hold, HoldKind
from storage.objections import Objection, ObjectionId, ObjectionKind
from storage.pack_links import PackLink
from storage.people import Account, AccountId, People, RoleHeld, RoleId, Session, SessionId
from storage.periods import ChangeId, PeriodChange
from storage.persons import Bond, DecisionId, Evidence, PersonDecision, Persons
from storage.ports import Catalog, Ending, SearchIndex
from storage.records import (
    AuditEntry,
    HoldId,
    IndexedTurn,
    Kind,
    Recording,
    RecordingId,
    Reference,
    Scope,
    Stage,
    Tag,
    Tombstone,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KESKI = "keski-energia"
ETELA = "etela-energia"
WAY_TO_PUBLISHED = (Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED, Stage.PUBLISHED)


def an_id() -> RecordingId:
    return RecordingId(uuid4().hex)


def a_tag() -> Tag:
    return Tag(uuid4().hex * 2)


def a_recording(**changes: Any) -> Recording:
    recording = Recording(
        id=an_id(),
        controller=KESKI,
        kind=Kind.SERVICE,
        call_tag=a_tag(),
        content_tag=a_tag(),
        started_at=NOW - timedelta(hours=1),
        zone_offset=7200,
        received_at=NOW,
        delete_at=NOW + timedelta(days=365),
        language="fi",
        roles=("agent", "customer"),
    )
    return replace(recording, **changes)


def an_api_key(**changes: Any) -> ApiKey:
    key_id = ApiKeyId(uuid4().hex[:12])
    key = ApiKey(
        id=key_id,
        name=f"pbx-{key_id}",
        controllers=(KESKI,),
        kinds=(),
        scopes=("recordings:push",),
        created_at=NOW,
        created_by="operator",
        secrets=(KeySecret(number=1, digest=a_tag(), made_at=NOW),),
    )
    return replace(key, **changes)


def a_case(**changes: Any) -> Case:
    case = Case(
        id=CaseId(uuid4().hex),
        controller=KESKI,
        number=0,
        kind=CaseKind.ACCESS,
        about=None,
        way=Way.LETTER,
        asker=Asker.PERSON,
        received_on=NOW.date(),
        opened_at=NOW,
        opened_by="officer-1",
        due_on=NOW.date() + timedelta(days=30),
        state=CaseState.OPEN,
    )
    return replace(case, **changes)


def a_pack_link(case: Case, **changes: Any) -> PackLink:
    link = PackLink(
        case=case.id,
        controller=case.controller,
        digest=uuid4().hex * 2,
        code="argon2",
        language="sv",
        confirmed=(RecordingId("a" * 32),),
        left_out=(),
        ends_at=NOW + timedelta(days=7),
    )
    return replace(link, **changes)


def an_objection(**changes: Any) -> Objection:
    objection = Objection(
        id=ObjectionId(uuid4().hex),
        controller=KESKI,
        number=0,
        kind=ObjectionKind.DIRECT_MARKETING,
        stops=(Kind.DIRECT_MARKETING,),
        made_at=NOW,
        made_by="officer-1",
        forget_on=date(2036, 11, 22),
    )
    return replace(objection, **changes)


def decided(persons: Persons, bond: Bond, reference: Reference, other: Reference | None = None) -> PersonDecision:
    decision = PersonDecision(
        id=DecisionId(uuid4().hex),
        controller=KESKI,
        bond=bond,
        reference=reference,
        other=other,
        evidence=Evidence.REGISTER,
        at=NOW,
        by="officer-1",
    )
    persons.decide(decision, audit=an_entry(action="person.decided", controller=KESKI))
    return decision


def a_reference(type_: str = "phone") -> Reference:
    return Reference(type=type_, tag=a_tag())


def an_entry(recording: Recording | None = None, action: str = "recording.changed", **changes: Any) -> AuditEntry:
    entry = AuditEntry(
        at=NOW,
        actor="worker-1",
        action=action,
        controller=recording.controller if recording else None,
        recording=recording.id if recording else None,
        detail={"reason": "test", "count": 2, "seconds": 1.5},
    )
    return replace(entry, **changes)


def a_hold(**changes: Any) -> Hold:
    hold = Hold(
        id=HoldId(uuid4().hex),
        controller=KESKI,
        kind=HoldKind.LEGAL,
        ground="legal-claim",
        case="R-12",
        placed_at=NOW,
        placed_by="officer-1",
        review_on=date(2027, 2, 20),
    )
    return replace(hold, **changes)


def a_period_change(**changes: Any) -> PeriodChange:
    change = PeriodChange(
        id=ChangeId(uuid4().hex),
        controller=KESKI,
        kind=Kind.SERVICE,
        period="P6M",
        zone="Europe/Helsinki",
        end_of_day=False,
        proposed_at=NOW,
        proposed_by="officer-1",
        earlier=7,
        due=3,
    )
    return replace(change, **changes)


def a_turn(text: str, *, start: float = 0.0, channel: int = 0) -> IndexedTurn:
    return IndexedTurn(channel=channel, start=start, end=start + 1.0, text=text)


def a_receipt(recording: Recording) -> dict[str, Any]:
    return {"format": "vaiti-receipt/1", "event": "purged", "recording": recording.id}


def shelved(tags: Tags, collections: Collections, recording: Recording) -> CallCollection:
    """Give a recording a tag and a place in a new collection."""
    entry = an_entry(recording)
    tags.put(recording, ["hinta"], audit=entry)
    collection = CallCollection(
        id=CollectionId(uuid4().hex),
        controller=recording.controller,
        name="Hyviä aloituksia",
        about="",
        made_at=NOW,
        made_by="trainer-1",
    )
    collections.add(collection, audit=entry)
    collections.collect(collection, Collected(recording=recording.id, added_at=NOW, added_by="trainer-1"), audit=entry)
    return collection


def added(catalog: Catalog, *, references: Sequence[Reference] = (), **changes: Any) -> Recording:
    recording = a_recording(**changes)
    catalog.add(recording, references=references, audit=an_entry(recording, "recording.received"))
    return recording


def moved(catalog: Catalog, recording: Recording, *stages: Stage) -> Recording:
    for stage in stages:
        recording = catalog.move(recording, to=stage, audit=an_entry(recording))
    return recording


def published(catalog: Catalog, index: SearchIndex, *texts: str, **changes: Any) -> Recording:
    recording = moved(catalog, added(catalog, **changes), *WAY_TO_PUBLISHED)
    index.put(recording, [a_turn(text, start=2.0 * number) for number, text in enumerate(texts)])
    return recording


def purged(catalog: Catalog, recording: Recording) -> Recording:
    begun = catalog.begin_purge(recording.id, reason="period-ended", audit=an_entry(recording, "recording.purging"))
    forgotten(catalog, begun)
    return begun


def forgotten(catalog: Catalog, recording: Recording) -> None:
    tombstone = Tombstone(id=recording.id, controller=recording.controller, call_tag=recording.call_tag, purged_at=NOW)
    audit = an_entry(recording, "recording.purged")

    def seal(link: dict[str, Any]) -> dict[str, Any]:
        return {**a_receipt(recording), **link}

    catalog.forget([Ending(recording=recording, tombstone=tombstone, receipt=seal, audit=audit)])


def an_account(**changes: Any) -> Account:
    account_id = AccountId(uuid4().hex[:12])
    account = Account(
        id=account_id, name=f"person-{account_id}", created_at=NOW, created_by="admin", secrets_at=NOW, password="hash"
    )
    return replace(account, **changes)


def a_role(account: Account, **changes: Any) -> RoleHeld:
    held = RoleHeld(
        id=RoleId(uuid4().hex),
        account=account.id,
        controller=KESKI,
        role="qa",
        granted_at=NOW,
        granted_by="admin",
    )
    return replace(held, **changes)


def a_session(account: Account, **changes: Any) -> Session:
    session = Session(
        id=SessionId(uuid4().hex[:12]),
        digest=a_tag(),
        account=account.id,
        opened_at=NOW,
        seen_at=NOW,
        ends_at=NOW + timedelta(hours=12),
    )
    return replace(session, **changes)


def let_in(people: People, recording: Recording, case: str = "T-7") -> RoleHeld:
    """Make an account with a role in a recording's register, and give the recording to a case."""
    account = an_account()
    held = a_role(account, controller=recording.controller, role="investigator", case=case)
    people.add(account, audit=an_entry())
    people.grant(held, audit=an_entry())
    people.give(Scope.of(recording.controller), recording.id, case, audit=an_entry())
    return held

"""What every People and every SignIns must do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.errors import Conflict, NotFound
from storage.people import Account, AccountId, AccountThen, Commitment, Patience, People, RoleHeld, RoleId, SignIns
from storage.ports import AuditLog
from storage.records import RecordingId, Scope, Tag
from tests.contracts.builders import (
    ETELA,
    KESKI,
    NOW,
    a_role,
    a_session,
    a_tag,
    added,
    an_account,
    an_entry,
)
from tests.contracts.conftest import Books

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PATIENCE = Patience(free=3, pause=timedelta(seconds=30), longest=timedelta(minutes=5), heals=HOUR)
NOT_THERE = AccountId("0" * 12)


@pytest.fixture
def people(books: Books) -> People:
    return books.people


@pytest.fixture
def sign_ins(books: Books) -> SignIns:
    return books.sign_ins


def kept(people: People, account: Account) -> Account:
    people.add(account, audit=an_entry(action="account.created", detail={"account": account.id}))
    return account


def granted(people: People, account: Account, **changes: object) -> RoleHeld:
    held = a_role(account, **changes)
    people.grant(held, audit=an_entry(action="role.granted", controller=held.controller))
    return held


def now(people: People, account: Account) -> Account:
    found = people.find(account.id)
    assert found is not None
    return found


def actions(audit: AuditLog) -> list[str]:
    return [entry.action for entry in reversed(audit.list(Scope.system()))]


def test_an_account_is_found_as_it_was_made(people: People, audit: AuditLog) -> None:
    second = kept(people, an_account(name="bertta", code="c" * 64, code_until=NOW + DAY, password=None))
    first = kept(people, an_account(name="aino", recovery=("a" * 64, "b" * 64), factor="f", factor_on=True))
    assert (people.find(first.id), people.find_named("bertta")) == (first, second)
    assert people.list() == [first, second]
    assert (people.find(NOT_THERE), people.find_named("cecilia")) == (None, None)
    assert actions(audit) == ["account.created"] * 2


def test_a_name_is_given_once(people: People, audit: AuditLog) -> None:
    kept(people, an_account(name="aino"))
    with pytest.raises(Conflict):
        kept(people, an_account(name="aino"))
    assert len(people.list()) == len(actions(audit)) == 1


def test_a_change_may_end_the_sessions_with_it(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account())
    sign_ins.open(a_session(account))
    changed = people.change(account.id, {"password": "other"}, audit=an_entry())
    assert (changed.password, len(sign_ins.of(account.id))) == ("other", 1)
    people.change(account.id, {"disabled_at": NOW, "disabled_by": "admin"}, audit=an_entry(), end=True)
    assert (now(people, account).disabled_at, sign_ins.of(account.id)) == (NOW, [])
    with pytest.raises(NotFound):
        people.change(NOT_THERE, {"password": "x"}, audit=an_entry())


def test_no_code_of_a_second_factor_is_good_twice(people: People) -> None:
    account = kept(people, an_account())
    assert [people.use_step(account.id, step) for step in (7, 7, 6, 8)] == [True, False, False, True]


def test_a_recovery_code_is_good_once(people: People, audit: AuditLog) -> None:
    account = kept(people, an_account(recovery=("a" * 64, "b" * 64)))
    tried = [people.use_recovery(account.id, each * 64, audit=an_entry(action="used")) for each in "aac"]
    assert tried == [True, False, False]
    assert now(people, account).recovery == ("b" * 64,)
    assert actions(audit).count("used") == 1


def test_a_one_time_code_sets_a_password_once_and_in_time(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account(code="c" * 64, code_until=NOW + DAY, password=None))
    sign_ins.open(a_session(account))

    def use(code: str, *, at: timedelta) -> bool:
        return people.use_code(account.id, code * 64, now=NOW + at, password="new", audit=an_entry())

    assert not use("d", at=HOUR)
    assert not use("c", at=DAY)
    assert now(people, account).password is None
    assert use("c", at=HOUR)
    assert (now(people, account).password, now(people, account).secrets_at) == ("new", NOW + HOUR)
    assert sign_ins.of(account.id) == []
    assert not use("c", at=HOUR)


def test_a_one_time_code_of_a_closed_account_opens_nothing(people: People) -> None:
    account = kept(people, an_account(code="c" * 64, code_until=NOW + DAY, disabled_at=NOW, disabled_by="admin"))
    assert not people.use_code(account.id, "c" * 64, now=NOW, password="new", audit=an_entry())


def test_roles_are_held_in_registers_and_stay_when_they_have_ended(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account())
    first = granted(people, account, partner="myynti", until=NOW + DAY)
    other = granted(people, account, controller=ETELA, role="auditor", granted_at=NOW + HOUR)
    assert people.roles_of(account.id) == [first, other]
    assert people.roles(Scope.of(ETELA)) == [other]
    sign_ins.open(a_session(account))
    with pytest.raises(NotFound):
        people.revoke(Scope.of(ETELA), first.id, at=NOW, by="admin", audit=an_entry())
    ended = people.revoke(Scope.of(KESKI), first.id, at=NOW, by="admin", audit=an_entry())
    assert ended == replace(first, revoked_at=NOW, revoked_by="admin")
    assert people.roles_of(account.id) == [ended, other]
    assert sign_ins.of(account.id) == []
    with pytest.raises(Conflict):
        people.revoke(Scope.of(KESKI), first.id, at=NOW, by="admin", audit=an_entry())
    with pytest.raises(NotFound):
        people.revoke(Scope.system(), RoleId("0" * 32), at=NOW, by="admin", audit=an_entry())


def test_a_new_role_ends_the_sessions(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account())
    sign_ins.open(a_session(account))
    granted(people, account)
    assert sign_ins.of(account.id) == []
    with pytest.raises(NotFound):
        granted(people, replace(account, id=NOT_THERE))


def test_a_promise_is_kept_once_for_each_version(people: People, sign_ins: SignIns, audit: AuditLog) -> None:
    account = kept(people, an_account())
    session = a_session(account)
    sign_ins.open(session)
    first = Commitment(account=account.id, version="1", language="fi", accepted_at=NOW)
    for each in (first, replace(first, accepted_at=NOW + DAY), replace(first, version="2")):
        people.accept(each, audit=an_entry(action="commitment.accepted"))
    visit = sign_ins.find(session.digest)
    assert visit is not None
    assert sorted(visit.commitments, key=lambda each: each.version) == [first, replace(first, version="2")]
    assert actions(audit).count("commitment.accepted") == 2


def test_a_call_is_given_to_a_case_and_taken_back(books: Books, people: People, audit: AuditLog) -> None:
    mine, other = added(books.catalog), added(books.catalog, controller=ETELA)
    scope = Scope.of(KESKI)
    for _ in range(2):
        people.give(scope, mine.id, "T-7", audit=an_entry(action="given-call.given", case="T-7"))
    with pytest.raises(NotFound):
        people.give(scope, other.id, "T-7", audit=an_entry())
    assert (people.given(scope, "T-7"), people.given(scope, "T-8")) == ([mine.id], [])
    assert people.given(Scope.of(ETELA), "T-7") == []
    people.take(scope, mine.id, "T-7", audit=an_entry(action="given-call.taken", case="T-7"))
    assert people.given(scope, "T-7") == []
    with pytest.raises(NotFound):
        people.take(scope, mine.id, "T-7", audit=an_entry())
    said = [(e.action, e.controller) for e in audit.list(Scope.system()) if e.action.startswith("given-call")]
    assert said == [("given-call.taken", KESKI), ("given-call.given", KESKI)]


def test_a_session_is_found_with_all_that_a_request_needs(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account())
    held = granted(people, account)
    session = a_session(account, controller=KESKI, complete=False)
    sign_ins.open(session)
    visit = sign_ins.find(session.digest)
    assert visit is not None
    assert (visit.session, visit.account, visit.roles) == (session, account, (held,))
    assert sign_ins.find(a_tag()) is None


def test_a_session_is_followed_by_another_and_opens_nothing_more(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account())
    first, second = a_session(account), a_session(account, opened_at=NOW + HOUR)
    sign_ins.open(first)
    sign_ins.open(second, instead_of=first.digest, audit=an_entry())
    assert sign_ins.find(first.digest) is None
    assert sign_ins.of(account.id) == [second]


def test_sessions_are_closed_one_by_one_or_all_but_one(people: People, sign_ins: SignIns) -> None:
    account, other = kept(people, an_account()), kept(people, an_account())
    mine = [a_session(account, opened_at=NOW + n * HOUR) for n in range(3)]
    for each in (*mine, a_session(other)):
        sign_ins.open(each)
    assert [sign_ins.close(mine[0].digest, audit=an_entry()) for _ in range(2)] == [True, False]
    assert sign_ins.close_all(account.id, but=mine[1].digest, audit=an_entry()) == 1
    assert sign_ins.of(account.id) == [mine[1]]
    assert len(sign_ins.of(other.id)) == 1


def test_the_last_use_only_moves_on_and_what_is_idle_is_swept(people: People, sign_ins: SignIns) -> None:
    account = kept(people, an_account())
    used, idle, over = a_session(account), a_session(account), a_session(account, ends_at=NOW + HOUR)
    for each in (used, idle, over):
        sign_ins.open(each)
    for at in (NOW + 2 * HOUR, NOW + HOUR):
        sign_ins.touch(used.digest, at=at)
    sign_ins.touch(over.digest, at=NOW + 2 * HOUR)
    assert sign_ins.sweep(now=NOW + 2 * HOUR, idle=HOUR) == 2
    assert sign_ins.of(account.id) == [replace(used, seen_at=NOW + 2 * HOUR)]


@pytest.fixture
def attempt(sign_ins: SignIns) -> Callable[..., float | None]:
    """Try at so many seconds; returns how many seconds there are to wait, None where it may go on."""
    key = a_tag()

    def try_at(seconds: float, of: Tag = key) -> float | None:
        at = NOW + timedelta(seconds=seconds)
        until = sign_ins.attempt(of, PATIENCE, now=at)
        return None if until is None else (until - at).total_seconds()

    return try_at


def test_after_some_free_attempts_each_waits_longer(attempt: Callable[..., float | None]) -> None:
    assert [attempt(0) for _ in range(3)] == [None] * 3
    assert attempt(10) == 20
    assert attempt(30) is None
    assert attempt(30) == 60
    waits, at = [], 90.0
    for _ in range(5):
        assert attempt(at) is None
        waits.append(attempt(at))
        at += waits[-1] or 0
    assert waits == [120, 240, 300, 300, 300]
    assert attempt(at, a_tag()) is None


def test_attempts_are_forgotten_one_by_one(attempt: Callable[..., float | None]) -> None:
    assert [attempt(0) for _ in range(3)] == [None] * 3
    assert attempt(HOUR.total_seconds()) is None  # the third again
    assert attempt(HOUR.total_seconds()) == 30


def test_a_right_secret_is_no_attempt(sign_ins: SignIns) -> None:
    key = a_tag()
    for _ in range(10):
        assert sign_ins.attempt(key, PATIENCE, now=NOW) is None
        sign_ins.forgive(key, wholly=False)
    for _ in range(3):
        sign_ins.attempt(key, PATIENCE, now=NOW)
    assert sign_ins.attempt(key, PATIENCE, now=NOW) is not None
    sign_ins.forgive(key, wholly=True)
    sign_ins.forgive(key, wholly=True)
    assert sign_ins.attempt(key, PATIENCE, now=NOW) is None


def test_what_was_ended_since_a_backup_is_ended_again(books: Books, people: People, sign_ins: SignIns) -> None:
    closed, changed, other = (kept(people, an_account()) for _ in range(3))
    lost, left = granted(people, other), granted(people, other, role="trainer")
    for each in (closed, changed, other):
        sign_ins.open(a_session(each))
    kept_call, taken = added(books.catalog), added(books.catalog)
    for call in (kept_call, taken):
        people.give(Scope.of(KESKI), call.id, "T-7", audit=an_entry())
    same = AccountThen(disabled_at=None, disabled_by=None, secrets_at=NOW, roles={})
    told = {
        closed.id: replace(same, disabled_at=NOW + DAY, disabled_by="admin"),
        changed.id: replace(same, secrets_at=NOW + DAY),
        other.id: replace(
            same,
            roles={
                lost.id: {"revoked_at": (NOW + DAY).isoformat(), "revoked_by": "admin"},
                left.id: {"revoked_at": None, "revoked_by": None},
            },
        ),
        NOT_THERE: same,  # made since
    }
    given: dict[tuple[str, str], frozenset[RecordingId]] = {(KESKI, "T-7"): frozenset({kept_call.id})}
    assert (people.replay(told, given), people.replay(told, given)) == (4, 0)
    assert now(people, closed).disabled_at == NOW + DAY
    assert (now(people, changed).password, now(people, changed).secrets_at) == (None, NOW + DAY)
    assert now(people, other) == other
    assert [each.revoked_at for each in people.roles_of(other.id)] == [NOW + DAY, None] or [
        each.revoked_at for each in people.roles_of(other.id)
    ] == [None, NOW + DAY]
    assert [sign_ins.of(each.id) for each in (closed, changed, other)] == [[]] * 3
    assert people.given(Scope.of(KESKI), "T-7") == [kept_call.id]


def test_a_closed_account_is_forgotten_with_all_that_hangs_on_it_and_an_open_one_is_not(
    people: People, sign_ins: SignIns
) -> None:
    closed, other = (kept(people, an_account()) for _ in range(2))
    granted(people, closed)
    role = granted(people, other)
    sign_ins.open(a_session(closed))
    people.accept(Commitment(account=closed.id, version="1", language="fi", accepted_at=NOW), audit=an_entry())
    with pytest.raises(Conflict):
        people.forget(closed.id, audit=an_entry())
    people.change(closed.id, {"disabled_at": NOW}, audit=an_entry())
    people.forget(closed.id, audit=an_entry(action="account.forgotten", detail={"account": closed.id}))
    assert people.find(closed.id) is None
    assert people.roles_of(closed.id) == []
    assert people.roles_of(other.id) == [role]
    assert sign_ins.of(closed.id) == []
    with pytest.raises(NotFound):
        people.forget(closed.id, audit=an_entry())
    kept(people, an_account(name=closed.name))  # the name is free again


def test_no_secret_is_shown_where_an_account_is_printed() -> None:
    account = an_account(password="$argon2id$x", code="c" * 64, factor="f" * 32, recovery=("r" * 64,))
    shown = repr(account) + repr(a_session(account, digest="d" * 64))
    assert not any(each in shown for each in ("$argon2id$x", "c" * 64, "f" * 32, "r" * 64, "d" * 64))

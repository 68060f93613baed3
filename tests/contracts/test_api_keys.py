"""What every ApiKeyStore must do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.api_keys import ApiKey, ApiKeyId, ApiKeyStore, KeyEnds
from storage.errors import Conflict, NotFound
from storage.ports import AuditLog
from storage.records import Kind, Scope
from tests.contracts.builders import ETELA, KESKI, NOW, an_api_key, an_entry
from tests.contracts.conftest import Books

DAY = timedelta(days=1)


@pytest.fixture
def store(books: Books) -> ApiKeyStore:
    return books.api_keys


def kept(store: ApiKeyStore, key: ApiKey) -> ApiKey:
    store.add(key, audit=an_entry(action="api-key.created", detail={"key": key.id}))
    return key


def now(store: ApiKeyStore, key: ApiKey) -> ApiKey:
    found = store.find(key.id)
    assert found is not None
    return found


def test_a_key_is_found_as_it_was_made(store: ApiKeyStore, audit: AuditLog) -> None:
    first = kept(store, an_api_key(kinds=(Kind.SERVICE, Kind.CONTRACT), controllers=(KESKI, ETELA)))
    second = kept(store, an_api_key(created_at=NOW + DAY, expires_at=NOW + 3 * DAY))
    assert (store.find(first.id), store.list()) == (first, [first, second])
    assert store.find(ApiKeyId("0" * 12)) is None
    assert [entry.action for entry in audit.list(Scope.system())] == ["api-key.created"] * 2


def test_a_name_is_given_once(store: ApiKeyStore, audit: AuditLog) -> None:
    kept(store, an_api_key(name="pbx"))
    with pytest.raises(Conflict):
        kept(store, an_api_key(name="pbx"))
    assert len(store.list()) == len(audit.list(Scope.system())) == 1


def test_a_rotation_leaves_the_earlier_secret_good_for_a_while(store: ApiKeyStore) -> None:
    key = kept(store, an_api_key())
    rotated = store.rotate(key.id, "b" * 64, at=NOW, until=NOW + 7 * DAY, audit=an_entry())
    assert rotated == now(store, key)
    assert rotated.digests(NOW + 6 * DAY) == (key.secrets[0].digest, "b" * 64)
    assert rotated.digests(NOW + 7 * DAY) == ("b" * 64,)


def test_another_rotation_makes_no_secret_last_longer(store: ApiKeyStore) -> None:
    key = kept(store, an_api_key())
    store.rotate(key.id, "b" * 64, at=NOW, until=NOW + DAY, audit=an_entry())
    again = store.rotate(key.id, "c" * 64, at=NOW, until=NOW + 7 * DAY, audit=an_entry())
    assert [each.valid_until for each in again.secrets] == [NOW + DAY, NOW + 7 * DAY, None]
    assert [each.number for each in again.secrets] == [1, 2, 3]


def test_a_revoked_key_opens_nothing_and_stays_so(store: ApiKeyStore, audit: AuditLog) -> None:
    key = kept(store, an_api_key())
    ended = store.revoke(key.id, at=NOW, by="operator", audit=an_entry(action="api-key.revoked"))
    assert (ended.digests(NOW), ended.revoked_by) == ((), "operator")
    with pytest.raises(Conflict):
        store.revoke(key.id, at=NOW + DAY, by="x", audit=an_entry())
    with pytest.raises(Conflict):
        store.rotate(key.id, "b" * 64, at=NOW, until=NOW, audit=an_entry())
    assert now(store, key) == ended
    assert [entry.action for entry in audit.list(Scope.system())] == ["api-key.revoked", "api-key.created"]


def test_a_key_that_has_expired_opens_nothing_and_is_not_rotated(store: ApiKeyStore) -> None:
    key = kept(store, an_api_key(expires_at=NOW + DAY))
    assert key.digests(NOW + DAY) == ()
    with pytest.raises(Conflict):
        store.rotate(key.id, "b" * 64, at=NOW + DAY, until=NOW + DAY, audit=an_entry())


def test_what_is_not_there_is_not_ended(store: ApiKeyStore) -> None:
    with pytest.raises(NotFound):
        store.revoke(ApiKeyId("0" * 12), at=NOW, by="x", audit=an_entry())


def test_the_last_use_only_moves_on(store: ApiKeyStore) -> None:
    key = kept(store, an_api_key())
    for at in (NOW + DAY, NOW):
        store.note_use(key.id, at=at)
    assert now(store, key).last_used_at == NOW + DAY


def test_what_was_ended_since_a_backup_is_ended_again(store: ApiKeyStore) -> None:
    revoked, rotated, other = (kept(store, an_api_key()) for _ in range(3))
    ends = {
        revoked.id: KeyEnds(revoked_at=NOW, revoked_by="operator", secrets={1: None}),
        rotated.id: KeyEnds(revoked_at=None, revoked_by=None, secrets={1: NOW + DAY, 2: None}),
        ApiKeyId("0" * 12): KeyEnds(revoked_at=None, revoked_by=None, secrets={1: None}),  # made since
    }
    assert (store.replay(ends), store.replay(ends)) == (2, 0)
    assert not now(store, revoked).is_good(NOW)
    assert now(store, rotated).digests(NOW + DAY) == ()
    assert now(store, other) == other


def test_a_key_that_the_backup_knows_as_revoked_stays_so(store: ApiKeyStore) -> None:
    key = kept(store, an_api_key())
    store.revoke(key.id, at=NOW, by="operator", audit=an_entry())
    assert store.replay({key.id: KeyEnds(revoked_at=None, revoked_by=None, secrets={1: None})}) == 0
    assert not now(store, key).is_good(NOW)


def test_no_hash_is_shown_where_a_key_is_printed() -> None:
    key = an_api_key()
    assert key.secrets[0].digest not in repr(key) + repr(key.secrets[0]) + repr(replace(key, name="other"))

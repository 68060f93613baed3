"""What every SealedStore must do: the vault and the masked store, over every ObjectStore and KeyStore."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import BinaryIO

import pytest

from storage.errors import Conflict, KeyGone, LostClaim, NotFound, Tampered
from storage.masked_store import MaskedStore
from storage.ports import KeyStore, ObjectStore, SealedStore
from storage.records import RAW_ITEMS, HoldId, Item, RecordingId
from storage.vault import Vault
from tests.contracts.builders import KESKI, an_id

SOUND = bytes(range(256)) * 1024


@pytest.fixture
def recording(keys: KeyStore) -> RecordingId:
    recording = an_id()
    keys.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    return recording


def put(store: SealedStore, recording: RecordingId, content: bytes, *, token: int | None = None) -> None:
    with store.write(recording, Item.MASKED_AUDIO, token=token) as out:
        out.write(content)


def write_around(
    store: SealedStore, recording: RecordingId, meanwhile: Callable[[], object], *, token: int = 3
) -> None:
    """Write under a token and let something happen before the write ends."""
    with store.write(recording, Item.MASKED_AUDIO, token=token) as out:
        out.write(SOUND)
        meanwhile()


def got(store: SealedStore, recording: RecordingId, item: Item = Item.MASKED_AUDIO) -> bytes:
    with store.open(recording, item) as source:
        return source.read()


def test_what_was_sealed_is_read_back_from_any_place(masked: SealedStore, recording: RecordingId) -> None:
    put(masked, recording, SOUND)
    assert got(masked, recording) == SOUND
    with masked.open(recording, Item.MASKED_AUDIO) as source:
        source.seek(-100_000, 2)
        assert source.read(1000) == SOUND[-100_000:-99_000]


def test_nothing_in_clear_reaches_the_object_store(
    objects: ObjectStore, masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, SOUND)
    (stored,) = objects.inventory("")
    with objects.open(stored.name) as source:
        sealed = source.read()
    assert SOUND[:16] not in sealed
    assert stored.name.startswith(f"{recording[:2]}/{recording}/masked-audio.")


@pytest.mark.parametrize("item", sorted(RAW_ITEMS))
def test_the_masked_store_refuses_raw_items_whatever_is_asked(
    masked: SealedStore, vault: SealedStore, recording: RecordingId, item: Item
) -> None:
    with vault.write(recording, item) as out:
        out.write(SOUND)
    with pytest.raises(TypeError):
        masked.open(recording, item)
    with pytest.raises(TypeError), masked.write(recording, item):
        pass
    with pytest.raises(TypeError):
        masked.remove(recording, item)
    assert got(vault, recording, item) == SOUND


def test_a_rewrite_replaces_only_when_it_ends_well(masked: SealedStore, recording: RecordingId) -> None:
    put(masked, recording, b"first")

    def fail(out: BinaryIO) -> None:
        out.write(b"second")
        raise RuntimeError

    with pytest.raises(RuntimeError), masked.write(recording, Item.MASKED_AUDIO) as out:
        fail(out)
    assert got(masked, recording) == b"first"
    put(masked, recording, b"third")
    assert got(masked, recording) == b"third"
    assert len(masked.inventory(recording)) == 1


def test_a_reader_of_the_old_generation_reads_on_while_a_new_one_is_written(
    masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, SOUND)
    with masked.open(recording, Item.MASKED_AUDIO) as source:
        beginning = source.read(10)
        put(masked, recording, b"new")
        assert beginning + source.read() == SOUND
    assert got(masked, recording) == b"new"


def test_a_worker_that_lost_its_claim_cannot_replace_what_its_successor_wrote(
    masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, b"by the successor", token=4)
    with pytest.raises(LostClaim):
        put(masked, recording, b"by the loser", token=3)
    put(masked, recording, b"widened by the successor", token=4)
    assert got(masked, recording) == b"widened by the successor"


def test_a_loser_that_ends_after_its_successor_is_not_read(masked: SealedStore, recording: RecordingId) -> None:
    with pytest.raises(LostClaim):
        write_around(masked, recording, lambda: put(masked, recording, b"by the successor", token=4))
    assert got(masked, recording) == b"by the successor"


def test_two_writers_of_one_claim_do_not_share_a_generation(masked: SealedStore, recording: RecordingId) -> None:
    with pytest.raises(Conflict):
        write_around(masked, recording, lambda: put(masked, recording, b"fast", token=3))
    assert got(masked, recording) == b"fast"


def test_an_item_that_was_removed_is_not_found(masked: SealedStore, recording: RecordingId) -> None:
    put(masked, recording, SOUND)
    with masked.write(recording, Item.PLAN) as out:
        out.write(b"plan")
    masked.remove(recording, Item.MASKED_AUDIO)
    masked.remove(recording, Item.MASKED_AUDIO)
    with pytest.raises(NotFound):
        masked.open(recording, Item.MASKED_AUDIO)
    assert got(masked, recording, Item.PLAN) == b"plan"


def test_either_door_sees_and_destroys_both_areas(
    masked: SealedStore, vault: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, SOUND)
    with vault.write(recording, Item.RAW_AUDIO) as out:
        out.write(SOUND)
    assert len(masked.inventory(recording)) == len(vault.inventory(recording)) == 2
    assert vault.destroy(recording) == 2
    assert vault.inventory(recording) == []


def test_without_its_key_an_object_cannot_be_read_and_another_still_can(
    masked: SealedStore, keys: KeyStore, recording: RecordingId
) -> None:
    control = an_id()
    keys.create(control, controller=KESKI, delete_on=date(2027, 11, 22))
    put(masked, recording, SOUND)
    put(masked, control, SOUND)
    keys.destroy(recording)
    with pytest.raises(KeyGone):
        masked.open(recording, Item.MASKED_AUDIO)
    assert got(masked, control) == SOUND


def test_a_key_made_anew_does_not_open_what_the_old_one_sealed(
    masked: SealedStore, keys: KeyStore, recording: RecordingId
) -> None:
    put(masked, recording, SOUND)
    keys.destroy(recording)
    keys.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    with pytest.raises(Tampered):
        masked.open(recording, Item.MASKED_AUDIO)


def test_a_write_that_outlives_its_recording_leaves_nothing(
    masked: SealedStore, keys: KeyStore, recording: RecordingId
) -> None:
    with pytest.raises(KeyGone):
        write_around(masked, recording, lambda: keys.destroy(recording))
    assert masked.inventory(recording) == []


@pytest.mark.parametrize("token", [0, 7])
def test_a_write_whose_recording_is_purged_meanwhile_leaves_nothing(
    masked: SealedStore, keys: KeyStore, recording: RecordingId, token: int
) -> None:
    def purge() -> None:
        keys.destroy(recording)
        masked.destroy(recording)

    with pytest.raises((KeyGone, LostClaim)):
        write_around(masked, recording, purge, token=token)
    assert masked.inventory(recording) == []


def test_one_object_cannot_stand_in_for_another(
    objects: ObjectStore, masked: SealedStore, keys: KeyStore, recording: RecordingId
) -> None:
    other = an_id()
    keys.create(other, controller=KESKI, delete_on=date(2027, 11, 22))
    put(masked, recording, b"mine")
    put(masked, other, b"hers")
    (mine,), (hers,) = objects.inventory(f"{recording[:2]}/{recording}/"), objects.inventory(f"{other[:2]}/{other}/")
    with objects.open(hers.name) as source:
        sealed = source.read()
    objects.destroy(mine.name)
    with objects.write(mine.name) as out:
        out.write(sealed)
    with pytest.raises(Tampered):
        masked.open(recording, Item.MASKED_AUDIO)


def copy_of(objects: ObjectStore, recording: RecordingId) -> dict[str, bytes]:
    """What somebody who can read the store keeps of a recording."""
    kept = {}
    for stored in objects.inventory(f"{recording[:2]}/{recording}/"):
        with objects.open(stored.name) as source:
            kept[stored.name] = source.read()
    return kept


def put_back(objects: ObjectStore, recording: RecordingId, kept: dict[str, bytes]) -> None:
    """Make the store what it was, as somebody can who can write to it."""
    objects.destroy(f"{recording[:2]}/{recording}/")
    for name, content in kept.items():
        with objects.write(name) as out:
            out.write(content)


@pytest.mark.parametrize("item", sorted(Item))
def test_an_older_generation_that_is_put_back_is_refused(
    objects: ObjectStore, vault: SealedStore, recording: RecordingId, item: Item
) -> None:
    copies = list[dict[str, bytes]]()
    for token in (None, None, 1, 1, 2):
        with vault.write(recording, item, token=token) as out:
            out.write(f"number {len(copies)}".encode())
        copies.append(copy_of(objects, recording))
    *older, newest = copies
    for each in older:
        assert each.keys().isdisjoint(newest)
        put_back(objects, recording, each)
        with pytest.raises(Tampered):
            vault.open(recording, item)
    put_back(objects, recording, {name: content for each in copies for name, content in each.items()})
    assert got(vault, recording, item) == b"number 4"


def test_an_older_generation_that_was_away_while_the_new_one_was_written_is_refused_too(
    objects: ObjectStore, masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, b"older", token=1)
    kept = copy_of(objects, recording)
    objects.destroy(f"{recording[:2]}/{recording}/")
    put(masked, recording, b"newer", token=2)
    put_back(objects, recording, kept)
    with pytest.raises(Tampered):
        masked.open(recording, Item.MASKED_AUDIO)


def test_what_was_removed_is_refused_when_it_is_put_back_and_written_anew_it_is_read(
    objects: ObjectStore, masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, b"less masked", token=1)
    kept = copy_of(objects, recording)
    masked.remove(recording, Item.MASKED_AUDIO)
    put_back(objects, recording, kept)
    with pytest.raises(Tampered):
        masked.open(recording, Item.MASKED_AUDIO)
    put(masked, recording, b"anew", token=1)
    assert got(masked, recording) == b"anew"


def test_what_is_written_over_a_roll_back_is_read(
    objects: ObjectStore, masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, b"older", token=3)
    kept = copy_of(objects, recording)
    for _ in range(3):
        put(masked, recording, b"newer", token=4)
    put_back(objects, recording, kept)
    put(masked, recording, b"newest", token=4)
    assert got(masked, recording) == b"newest"
    put_back(objects, recording, kept)
    with pytest.raises(LostClaim):
        put(masked, recording, b"by somebody who lost the claim", token=3)


def test_a_loser_is_told_also_when_what_its_successor_wrote_was_taken_away(
    objects: ObjectStore, masked: SealedStore, recording: RecordingId
) -> None:
    def meanwhile() -> None:
        put(masked, recording, b"by the successor", token=4)
        objects.destroy(next(each.name for each in objects.inventory("") if each.name.endswith("00000004-0000")))

    with pytest.raises(LostClaim):
        write_around(masked, recording, meanwhile)


def test_a_call_that_is_held_or_moved_keeps_its_floors(
    objects: ObjectStore, masked: SealedStore, keys: KeyStore, recording: RecordingId
) -> None:
    put(masked, recording, b"older", token=1)
    kept = copy_of(objects, recording)
    put(masked, recording, b"newer", token=2)
    keys.hold([recording], hold=HoldId("c" * 32))
    keys.move(recording, controller=KESKI, delete_on=date(2027, 5, 1))
    assert got(masked, recording) == b"newer"
    put_back(objects, recording, kept)
    with pytest.raises(Tampered):
        masked.open(recording, Item.MASKED_AUDIO)


@pytest.mark.parametrize("token", [0, 1])
def test_a_write_whose_recording_is_purged_as_it_is_published_leaves_nothing(
    masked: SealedStore, keys: KeyStore, recording: RecordingId, monkeypatch: pytest.MonkeyPatch, token: int
) -> None:
    monkeypatch.setattr(
        "storage.crash_points.reach", lambda point: point == "sealed.published" and keys.destroy(recording)
    )
    with pytest.raises(KeyGone):
        put(masked, recording, SOUND, token=token)
    assert masked.inventory(recording) == []


def test_floors_that_lag_are_raised_to_what_opens(
    objects: ObjectStore, vault: Vault, keys: KeyStore, recording: RecordingId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a power failure, a kill between the two, or an older backup of the keys leaves them."""
    put(vault, recording, b"older", token=1)
    kept = copy_of(objects, recording)
    with monkeypatch.context() as lost:
        lost.setattr(keys, "raise_floor", lambda *_: None)
        put(vault, recording, b"newer", token=2)
    assert got(vault, recording) == b"newer"
    vault.settle(recording, Item.MASKED_AUDIO)
    put_back(objects, recording, kept)
    with pytest.raises(Tampered):
        vault.settle(recording, Item.MASKED_AUDIO)


def test_a_strange_object_with_a_high_number_raises_no_floor(
    objects: ObjectStore, vault: Vault, recording: RecordingId
) -> None:
    put(vault, recording, b"true", token=1)
    kept = copy_of(objects, recording)
    (content,) = kept.values()
    strange = f"{recording[:2]}/{recording}/masked-audio.99999999-0000"
    put_back(objects, recording, {**kept, strange: content})
    with pytest.raises(Tampered):
        vault.settle(recording, Item.MASKED_AUDIO)
    put_back(objects, recording, kept)
    assert got(vault, recording) == b"true"


def test_the_last_token_is_known_also_of_what_is_not_there_any_more(
    objects: ObjectStore, vault: Vault, keys: KeyStore, recording: RecordingId
) -> None:
    assert vault.last_token(recording) == 0
    put(vault, recording, b"plan", token=7)
    kept = copy_of(objects, recording)
    objects.destroy(f"{recording[:2]}/{recording}/")
    assert (vault.last_token(recording), vault.items(recording)) == (7, frozenset())
    keys.destroy(recording)
    put_back(objects, recording, kept)
    assert (vault.last_token(recording), vault.items(recording)) == (7, frozenset([Item.MASKED_AUDIO]))


def test_an_id_that_is_none_is_refused(masked: SealedStore) -> None:
    with pytest.raises(ValueError, match="recording id"):
        masked.inventory(RecordingId("../../etc"))


def without_listings(objects: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the listings from now on."""
    listed: list[str] = []
    real = type(objects).names

    def names(self: ObjectStore, prefix: str) -> Sequence[str]:
        listed.append(prefix)
        return real(self, prefix)

    monkeypatch.setattr(type(objects), "names", names)
    return listed


def test_what_was_read_once_is_read_again_without_a_listing(
    objects: ObjectStore, masked: SealedStore, recording: RecordingId, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(masked, recording, SOUND, token=1)
    assert got(masked, recording) == SOUND
    listed = without_listings(objects, monkeypatch)
    assert [got(masked, recording) for _ in range(3)] == [SOUND] * 3
    assert listed == []


def test_what_another_process_has_rewritten_or_removed_is_not_read_from_memory(
    objects: ObjectStore, keys: KeyStore, recording: RecordingId
) -> None:
    mine, theirs = MaskedStore(objects, keys), MaskedStore(objects, keys)
    put(mine, recording, b"first", token=1)
    assert got(mine, recording) == b"first"
    put(theirs, recording, b"second", token=2)
    assert got(mine, recording) == b"second"
    theirs.remove(recording, Item.MASKED_AUDIO)
    with pytest.raises(NotFound):
        got(mine, recording)
    put(theirs, recording, b"third", token=3)
    assert got(mine, recording) == b"third"


def test_a_recording_whose_key_is_gone_is_not_read_from_memory(
    keys: KeyStore, masked: SealedStore, recording: RecordingId
) -> None:
    put(masked, recording, SOUND)
    assert got(masked, recording) == SOUND
    keys.destroy(recording)
    with pytest.raises(KeyGone):
        got(masked, recording)

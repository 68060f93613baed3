"""What every SealedStore must do: the vault and the masked store, over every ObjectStore and KeyStore."""

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

import pytest

from storage.errors import Conflict, KeyGone, LostClaim, NotFound, Tampered
from storage.ports import KeyStore, ObjectStore, SealedStore
from storage.records import RAW_ITEMS, Item, RecordingId
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


def write_around(store: SealedStore, recording: RecordingId, meanwhile: Callable[[], object]) -> None:
    """Write under token 3 and let something happen before the write ends."""
    with store.write(recording, Item.MASKED_AUDIO, token=3) as out:
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


def test_a_write_whose_folder_was_destroyed_leaves_nothing(
    masked: SealedStore, keys: KeyStore, recording: RecordingId
) -> None:
    with pytest.raises(LostClaim):
        write_around(masked, recording, lambda: masked.destroy(recording))
    assert masked.inventory(recording) == []
    assert keys.knows(recording)


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


def test_an_id_that_is_none_is_refused(masked: SealedStore) -> None:
    with pytest.raises(ValueError, match="recording id"):
        masked.inventory(RecordingId("../../etc"))

"""100,000 mutations of an encrypted object, as somebody who can write to the store makes them: all are refused."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from storage.errors import Tampered
from storage.folder import FolderObjects
from storage.keyring import Keyring
from storage.records import Item, RecordingId
from storage.sealed_stream import CHUNK_LOG2, HEADER_SIZE, TAG_SIZE
from storage.vault import Vault
from tests.contracts.builders import KESKI, an_id
from tests.roots import in_memory

MUTATIONS = 100_000
CHUNK = 1 << CHUNK_LOG2
SEALED = CHUNK + TAG_SIZE
SIZE = 2 * CHUNK + 1000  # three chunks, the last one short

Mutate = Callable[[bytes, random.Random], bytes]


def split(sealed: bytes) -> tuple[bytes, list[bytes]]:
    body = sealed[HEADER_SIZE:]
    return sealed[:HEADER_SIZE], [body[at : at + SEALED] for at in range(0, len(body), SEALED)]


def flip_a_bit(sealed: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(sealed))
    return sealed[:at] + bytes([sealed[at] ^ 1 << dice.randrange(8)]) + sealed[at + 1 :]


def flip_a_bit_of_the_header(sealed: bytes, dice: random.Random) -> bytes:
    return flip_a_bit(sealed[:HEADER_SIZE], dice) + sealed[HEADER_SIZE:]


def overwrite(sealed: bytes, dice: random.Random) -> bytes:
    at, other = dice.randrange(len(sealed)), dice.randbytes(dice.randint(1, 4096))
    return sealed[:at] + other[: len(sealed) - at] + sealed[at + len(other) :]


def cut(sealed: bytes, dice: random.Random) -> bytes:
    return sealed[: dice.randrange(len(sealed))]


def cut_at_a_chunk(sealed: bytes, dice: random.Random) -> bytes:
    return sealed[: HEADER_SIZE + dice.randrange(3) * SEALED]


def lengthen(sealed: bytes, dice: random.Random) -> bytes:
    return sealed + dice.randbytes(dice.randint(1, 2 * SEALED))


def take_out(sealed: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(sealed))
    return sealed[:at] + sealed[at + dice.randint(1, SEALED) :]


def reorder(sealed: bytes, dice: random.Random) -> bytes:
    header, chunks = split(sealed)
    order = dice.choice([(1, 0, 2), (2, 1, 0), (0, 2, 1), (1, 2, 0), (2, 0, 1), (0, 0, 2), (1, 1, 2), (0, 2), (1, 2)])
    return header + b"".join(chunks[number] for number in order)


BLIND: list[Mutate] = [
    flip_a_bit,
    flip_a_bit_of_the_header,
    overwrite,
    cut,
    cut_at_a_chunk,
    lengthen,
    take_out,
    reorder,
]


def with_a_piece_of(other: bytes) -> Mutate:
    """Swap the header, some chunks or all for those of another object."""

    def swap(sealed: bytes, dice: random.Random) -> bytes:
        parts = [split(sealed), split(other)]
        mine = [dice.randrange(2) for _ in range(4)]
        if not any(mine):
            mine[dice.randrange(4)] = 1
        return parts[mine[0]][0] + b"".join(parts[mine[n + 1]][1][n] for n in range(3))

    return swap


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    keys = Keyring.open(tmp_path / "keys" / "keys.db", roots=in_memory())
    return Vault(FolderObjects(tmp_path / "objects"), keys)


def sealed_file(vault: Vault, folder: Path, recording: RecordingId, sound: bytes) -> Path:
    with vault.write(recording, Item.RAW_AUDIO) as out:
        out.write(sound)
    (path,) = [each for each in (folder / "objects").rglob("raw-audio.*") if recording in str(each)]
    return path


@pytest.mark.soak
def test_every_mutation_of_an_encrypted_object_is_refused(vault: Vault, tmp_path: Path) -> None:
    dice, mine, hers = random.Random(1), an_id(), an_id()
    sound = dice.randbytes(SIZE)
    for recording in (mine, hers):
        vault._keys.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    other = sealed_file(vault, tmp_path, hers, dice.randbytes(SIZE)).read_bytes()
    first = sealed_file(vault, tmp_path, mine, sound)
    older = first.read_bytes()
    path = sealed_file(vault, tmp_path, mine, sound)  # a second generation: the first is what a roll-back puts there
    true = path.read_bytes()
    mutations = [*BLIND, with_a_piece_of(other), with_a_piece_of(older)]
    refused = 0
    while refused < MUTATIONS:
        mutate = mutations[refused % len(mutations)]
        changed = mutate(true, dice)
        if changed == true:
            continue  # a random byte may be the one that was there
        path.write_bytes(changed)
        with pytest.raises(Tampered):
            read_all(vault, mine, sound)
        refused += 1
    path.unlink()
    first.write_bytes(older)  # under its own name, whole
    with pytest.raises(Tampered):
        read_all(vault, mine, sound)
    path.write_bytes(true)
    assert read_all(vault, mine, sound) == sound


def read_all(vault: Vault, recording: RecordingId, sound: bytes) -> bytes:
    """Read in pieces; what comes before the refusal must be what was written."""
    read = b""
    with vault.open(recording, Item.RAW_AUDIO) as source:
        while piece := source.read(CHUNK):
            read += piece
            assert sound.startswith(read)
    return read

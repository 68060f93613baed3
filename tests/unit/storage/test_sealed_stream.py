"""Sealed streams: whatever is not what was written is refused, and seeking sees what slicing sees."""

import hashlib
import io
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from storage import sealed_stream
from storage.errors import Tampered
from storage.sealed_stream import HEADER_SIZE, TAG_SIZE, SealingWriter, open_sealed, sealed_size

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
WHO = b"recording|raw-audio|00000001-0000"
SMALL = 6  # chunks of 64 bytes: many chunks in little time
CHUNK = 1 << SMALL
SEALED_CHUNK = CHUNK + TAG_SIZE
clear_bytes = st.binary(max_size=5 * CHUNK) | st.integers(0, 5).map(lambda n: bytes(n * CHUNK))


def sealed(clear: bytes, *, key: bytes = KEY, identity: bytes = WHO, chunk_log2: int = SMALL) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, key=key, identity=identity, chunk_log2=chunk_log2)
    writer.write(clear)
    writer.finish()
    return out.getvalue()


def opened(stream: bytes, *, key: bytes = KEY, identity: bytes = WHO) -> bytes:
    with open_sealed(io.BytesIO(stream), key=key, identity=identity) as source:
        return source.read()


def chunks(stream: bytes) -> list[bytes]:
    body = stream[HEADER_SIZE:]
    return [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]


def test_a_stream_of_real_chunks_has_the_documented_form() -> None:
    clear = bytes(200_000)
    stream = sealed(clear, chunk_log2=16)
    assert stream[:8] == b"VAITISTR"
    assert (stream[8], stream[9]) == (1, 16)
    assert len(stream) == sealed_size(len(clear)) == 17 + 200_000 + 4 * 16
    assert opened(stream) == clear


def test_a_stream_opens_by_its_documentation_alone() -> None:
    """docs/object-format.md, followed without this package's reader: objects must outlive the code."""
    clear = bytes(range(256)) * 600
    stream = sealed(clear, chunk_log2=16)
    header, body = stream[:17], stream[17:]
    bound = header + hashlib.sha256(WHO).digest()
    pieces = [body[at : at + 65_536 + 16] for at in range(0, len(body), 65_536 + 16)]
    read = b""
    for number, piece in enumerate(pieces):
        nonce = header[10:17] + number.to_bytes(4, "big") + bytes([number == len(pieces) - 1])
        read += AESGCM(KEY).decrypt(nonce, piece, bound)
    assert read == clear


@given(clear=clear_bytes, cuts=st.lists(st.integers(0, 400), max_size=8))
def test_writing_in_pieces_seals_the_same_content(clear: bytes, cuts: list[int]) -> None:
    out = io.BytesIO()
    writer = SealingWriter(out, key=KEY, identity=WHO, chunk_log2=SMALL)
    edges = [0, *sorted(cuts), len(clear)]
    for start, end in pairwise(edges):
        writer.write(memoryview(clear)[start:end])
    writer.finish()
    content = b"".join(clear[start:end] for start, end in pairwise(edges))
    assert opened(out.getvalue()) == content


@given(clear=clear_bytes, places=st.lists(st.tuples(st.integers(0, 400), st.integers(-1, 400)), max_size=10))
def test_a_read_after_a_seek_equals_the_slice(clear: bytes, places: list[tuple[int, int]]) -> None:
    with open_sealed(io.BytesIO(sealed(clear)), key=KEY, identity=WHO) as source:
        assert source.seek(0, io.SEEK_END) == len(clear)
        for start, length in places:
            source.seek(start)
            assert source.read(length) == (clear[start:] if length < 0 else clear[start : start + length])


@given(clear=clear_bytes, data=st.data())
def test_one_flipped_bit_anywhere_is_refused(clear: bytes, data: st.DataObject) -> None:
    stream = bytearray(sealed(clear))
    stream[data.draw(st.integers(0, len(stream) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Tampered):
        opened(bytes(stream))


@given(clear=clear_bytes, data=st.data())
def test_a_cut_anywhere_is_refused_at_opening(clear: bytes, data: st.DataObject) -> None:
    stream = sealed(clear)
    at_an_edge = st.integers(0, len(clear) // CHUNK).map(lambda n: min(HEADER_SIZE + n * SEALED_CHUNK, len(stream) - 1))
    cut = data.draw(st.integers(0, len(stream) - 1) | at_an_edge)
    with pytest.raises(Tampered):
        open_sealed(io.BytesIO(stream[:cut]), key=KEY, identity=WHO)


@given(clear=clear_bytes, more=st.binary(min_size=1, max_size=2 * SEALED_CHUNK))
def test_anything_behind_the_end_is_refused_at_opening(clear: bytes, more: bytes) -> None:
    with pytest.raises(Tampered):
        open_sealed(io.BytesIO(sealed(clear) + more), key=KEY, identity=WHO)


@given(clear=st.binary(min_size=2 * CHUNK + 1, max_size=5 * CHUNK), data=st.data())
def test_chunks_in_another_order_are_refused(clear: bytes, data: st.DataObject) -> None:
    stream = sealed(clear)
    parts = chunks(stream)
    order = data.draw(st.permutations(range(len(parts))).filter(lambda o: list(o) != sorted(o)))
    with pytest.raises(Tampered):
        opened(stream[:HEADER_SIZE] + b"".join(parts[n] for n in order))


@given(clear=st.binary(min_size=2 * CHUNK + 1, max_size=5 * CHUNK), data=st.data())
def test_a_dropped_or_doubled_chunk_is_refused(clear: bytes, data: st.DataObject) -> None:
    stream = sealed(clear)
    parts = chunks(stream)
    place = data.draw(st.integers(0, len(parts) - 1))
    for changed in (parts[:place] + parts[place + 1 :], parts[:place] + parts[place : place + 1] + parts[place:]):
        with pytest.raises(Tampered):
            opened(stream[:HEADER_SIZE] + b"".join(changed))


@given(one=st.binary(min_size=CHUNK, max_size=3 * CHUNK), other=st.binary(min_size=CHUNK, max_size=3 * CHUNK))
def test_a_chunk_or_header_of_another_stream_is_refused(one: bytes, other: bytes) -> None:
    mine, hers = sealed(one), sealed(other)
    with pytest.raises(Tampered):
        opened(mine[:HEADER_SIZE] + hers[HEADER_SIZE:])
    with pytest.raises(Tampered):
        opened(mine[:HEADER_SIZE] + chunks(hers)[0] + b"".join(chunks(mine)[1:]))


@given(clear=clear_bytes)
def test_another_key_or_identity_opens_nothing(clear: bytes) -> None:
    with pytest.raises(Tampered):
        opened(sealed(clear), key=OTHER_KEY)
    with pytest.raises(Tampered):
        opened(sealed(clear), identity=WHO + b"1")


def test_the_same_content_is_never_sealed_alike() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)


def test_a_stream_that_was_not_finished_is_refused() -> None:
    out = io.BytesIO()
    SealingWriter(out, key=KEY, identity=WHO, chunk_log2=SMALL).write(bytes(CHUNK * 3))
    with pytest.raises(Tampered):
        opened(out.getvalue())


@pytest.mark.parametrize("log2", [0, 5, 21, 30, 255])
def test_a_header_cannot_ask_for_a_huge_or_tiny_chunk(log2: int) -> None:
    stream = bytearray(sealed(b"x"))
    stream[9] = log2
    with pytest.raises(Tampered):
        opened(bytes(stream))


def test_a_refused_stream_closes_its_source(tmp_path: Path) -> None:
    path = tmp_path / "object"
    path.write_bytes(sealed(b"x")[:-1])
    source = path.open("rb")
    with pytest.raises(Tampered):
        open_sealed(source, key=KEY, identity=WHO)
    assert source.closed


def test_a_change_after_opening_is_refused_when_it_is_reached() -> None:
    content = io.BytesIO(sealed(bytes(4 * CHUNK)))
    with open_sealed(content, key=KEY, identity=WHO) as source:
        assert source.seek(CHUNK) == CHUNK
        content.getbuffer()[HEADER_SIZE + SEALED_CHUNK + 3] ^= 1
        with pytest.raises(Tampered):
            source.read(10)


def test_a_range_read_opens_only_the_chunks_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    opened_chunks: list[int] = []
    real = sealed_stream._Seal.open_chunk

    def counting(seal: sealed_stream._Seal, number: int, content: bytes, *, last: bool) -> bytes:
        opened_chunks.append(number)
        return real(seal, number, content, last=last)

    stream = sealed(bytes(10 << 16), chunk_log2=16)
    monkeypatch.setattr(sealed_stream._Seal, "open_chunk", counting)
    with open_sealed(io.BytesIO(stream), key=KEY, identity=WHO) as source:
        source.seek((3 << 16) + 5)
        source.read(100)
    assert set(opened_chunks) <= {9, 3, 4}  # the last proves the length; the buffer may read one ahead


def test_a_nonce_never_comes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_stream, "MOST_CHUNKS", 3)
    writer = SealingWriter(io.BytesIO(), key=KEY, identity=WHO, chunk_log2=SMALL)
    writer.write(bytes(3 * CHUNK + 1))
    with pytest.raises(OverflowError):
        writer.finish()


def test_seeking_before_the_beginning_is_refused() -> None:
    with (
        open_sealed(io.BytesIO(sealed(b"abc")), key=KEY, identity=WHO) as source,
        pytest.raises(ValueError, match="seek"),
    ):
        source.seek(-1)

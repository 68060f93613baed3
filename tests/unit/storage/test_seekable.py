"""Readers that can be read from any place."""

import io

from storage.seekable import PiecesReader


def test_pieces_read_like_the_whole_from_any_place() -> None:
    whole = bytes(range(256)) * 40
    pieces = [whole[:1], whole[1:700], whole[700:5000], whole[5000:]]
    with io.BufferedReader(PiecesReader(pieces), buffer_size=64) as source:
        assert source.read() == whole
        for start in (0, 1, 699, 700, 4999, len(whole) - 1, len(whole), len(whole) + 5):
            source.seek(start)
            assert source.read(300) == whole[start : start + 300]
        assert source.seek(-3, io.SEEK_END) == len(whole) - 3
        assert source.read() == whole[-3:]

"""What every place of root keys must do."""

import uuid

import pytest

from storage.errors import KeysUnusable, Tampered
from storage.kms import RootKeys

KEY = bytes(range(50, 82))
PLACE = ("date", "keski", "2027-11-22")


@pytest.fixture
def version(roots: RootKeys) -> str:
    return roots.make_next(uuid.uuid4().hex)


def test_a_wrapped_key_opens_at_its_place_only(roots: RootKeys, version: str) -> None:
    wrapped = roots.wrap(version, KEY, place=PLACE)
    assert KEY not in wrapped
    assert roots.unwrap(version, wrapped, place=PLACE) == KEY
    for elsewhere in (("date", "keski", "2027-11-23"), ("controller", *PLACE[1:]), PLACE[:2]):
        with pytest.raises(Tampered):
            roots.unwrap(version, wrapped, place=elsewhere)


def test_a_changed_wrapped_key_is_refused(roots: RootKeys, version: str) -> None:
    wrapped = roots.wrap(version, KEY, place=PLACE)
    for changed in (wrapped[:-1], b"", wrapped[:12], bytes([wrapped[0] ^ 1]) + wrapped[1:]):
        with pytest.raises(Tampered):
            roots.unwrap(version, changed, place=PLACE)


def test_the_next_version_is_made_once_and_found_again(roots: RootKeys, version: str) -> None:
    following = roots.make_next(version)
    assert following != version
    assert roots.make_next(version) == following
    assert roots.has(version)
    assert roots.has(following)


def test_one_version_opens_nothing_of_another(roots: RootKeys, version: str) -> None:
    wrapped = roots.wrap(version, KEY, place=PLACE)
    with pytest.raises(Tampered):
        roots.unwrap(roots.make_next(version), wrapped, place=PLACE)


def test_a_version_that_is_not_there_is_said_to_be_missing(roots: RootKeys) -> None:
    for unknown in (uuid.uuid4().hex, "00" * 32):
        assert not roots.has(unknown)
        with pytest.raises(KeysUnusable):
            roots.wrap(unknown, KEY, place=PLACE)
        with pytest.raises(KeysUnusable):
            roots.unwrap(unknown, bytes(60), place=PLACE)


def test_a_destroyed_version_is_gone_and_the_next_one_lives(roots: RootKeys, version: str) -> None:
    following = roots.make_next(version)
    wrapped = roots.wrap(following, KEY, place=PLACE)
    assert roots.destroy(version)
    assert roots.destroy(version)
    assert not roots.has(version)
    assert roots.unwrap(following, wrapped, place=PLACE) == KEY

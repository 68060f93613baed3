"""Root keys in a real PKCS#11 token: what never leaves it, who is refused, and how keys get there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute, ObjectClass

from recordings.settings import Settings
from recordings.stores import open_root_keys
from storage.errors import KeysUnusable
from storage.key_database import KeyDatabase
from storage.key_rotation import rotate_root
from storage.keyring import Keyring
from storage.pkcs11_root_keys import Pkcs11RootKeys
from tests.contracts.builders import KESKI, an_id
from tests.crashes import KILLED, run_until
from tests.roots import in_memory
from tests.softhsm import LABEL, PIN, SoftHsm

DAY = date(2027, 11, 22)
ROTATE = """
from pathlib import Path
from tests.unit.storage.test_pkcs11_root_keys import rotated
from tests.softhsm import SoftHsm
rotated(SoftHsm(Path({module!r})), Path({path!r}))
"""


@pytest.fixture
def inside(softhsm: SoftHsm) -> Iterator[Pkcs11RootKeys]:
    roots = softhsm.root_keys()
    yield roots
    roots.close()


@pytest.fixture
def settings(softhsm: SoftHsm, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", pkcs11_module=softhsm.module, pkcs11_token=LABEL)
    settings.secrets_folder.mkdir(mode=0o700)
    settings.pkcs11_pin_path.write_text(PIN)
    settings.pkcs11_pin_path.chmod(0o600)
    return settings


def rotated(softhsm: SoftHsm, path: Path) -> None:
    roots = softhsm.root_keys()
    database = KeyDatabase.open(path, roots)
    rotate_root(database, back_up=lambda: None)
    database.close()
    roots.close()


def test_a_root_key_never_leaves_the_token(inside: Pkcs11RootKeys) -> None:
    version = inside.make_next(an_id())

    def look(session: pkcs11.Session) -> None:
        (key,) = session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.ID: bytes.fromhex(version)})
        assert (key[Attribute.SENSITIVE], key[Attribute.EXTRACTABLE], key[Attribute.PRIVATE]) == (True, False, True)
        with pytest.raises(pkcs11.PKCS11Error):
            key[Attribute.VALUE]

    inside._asked(look)


def test_a_wrong_pin_is_tried_once_and_writes_nothing(softhsm: SoftHsm, tmp_path: Path) -> None:
    with pytest.raises(KeysUnusable, match="VAITI_PKCS11_PIN_FILE") as refused:
        Pkcs11RootKeys(softhsm.token(pin="wrong-4711"))
    assert "4711" not in str(refused.value)
    assert "4711" not in repr(softhsm.token(pin="wrong-4711"))
    roots = softhsm.root_keys()
    roots._leave()
    roots._token = softhsm.token(pin="wrong-4711")
    tries: list[object] = []
    for _ in range(3):
        with pytest.raises(KeysUnusable):
            roots.has("00" * 16)
        tries.append(roots._refused)
    assert tries == [True] * 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["token", "library"])
def test_a_token_that_is_not_there_stops_the_start_and_names_the_settings(softhsm: SoftHsm, wrong: str) -> None:
    token = softhsm.token(label="nobody's") if wrong == "token" else softhsm.token()
    if wrong == "library":
        object.__setattr__(token, "module", Path("/nowhere/library.so"))
    with pytest.raises(KeysUnusable, match="VAITI_PKCS11_MODULE"):
        Pkcs11RootKeys(token)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library tidies up a search
def test_a_lost_session_is_opened_again(inside: Pkcs11RootKeys) -> None:
    version = inside.make_next(an_id())
    assert inside._session is not None
    inside._session.close()
    assert inside.has(version)


@pytest.mark.parametrize("point", ["rotation.version-made", "rotation.some-rewrapped", "rotation.destroyed"])
def test_a_rotation_in_a_token_that_is_killed_leaves_one_root_key(softhsm: SoftHsm, tmp_path: Path, point: str) -> None:
    path, recording, roots = tmp_path / "keys.db", an_id(), softhsm.root_keys()
    before = count(roots)
    keyring = Keyring.open(path, roots=roots)
    keyring.create(recording, controller=KESKI, delete_on=DAY)
    key = keyring.derive(recording, "x")
    keyring.close()
    roots.close()
    assert run_until(point, ROTATE.format(module=str(softhsm.module), path=str(path))) == KILLED
    rotated(softhsm, path)
    again = softhsm.root_keys()
    assert Keyring.open(path, roots=again).derive(recording, "x") == key
    assert count(again) == before + 1
    again.close()


def count(roots: Pkcs11RootKeys) -> int:
    return roots._asked(lambda session: len(list(session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY}))))


def test_a_rotation_moves_the_root_key_from_its_file_into_the_token(settings: Settings) -> None:
    at_first = settings.model_copy(update={"pkcs11_module": None, "pkcs11_token": ""})
    path, recording = settings.data / "keys.db", an_id()
    keyring = Keyring.open(path, roots=open_root_keys(at_first))
    keyring.create(recording, controller=KESKI, delete_on=DAY)
    key = keyring.derive(recording, "x")
    keyring.close()
    moving = Keyring.open(path, roots=open_root_keys(settings))
    assert moving.derive(recording, "x") == key
    rotate_root(moving.database, back_up=lambda: None)
    assert moving.derive(recording, "x") == key
    assert not settings.key_path.exists()
    moving.close()
    inside = open_root_keys(settings)
    assert isinstance(inside, Pkcs11RootKeys)
    assert Keyring.open(path, roots=inside).derive(recording, "x") == key
    inside.close()


def test_a_store_whose_root_key_is_not_in_the_token_is_refused(inside: Pkcs11RootKeys, tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    Keyring.open(path, roots=in_memory()).close()
    before = path.read_bytes()
    with pytest.raises(KeysUnusable):
        Keyring.open(path, roots=inside)
    assert path.read_bytes() == before

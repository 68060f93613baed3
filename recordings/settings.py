"""Settings: the only reader of the environment (prefix `VAITI_`). Everything else is handed what it needs.

What cannot be kept safely is refused here, at start, with a sentence that says what to change: a root key inside the
data folder (then whoever copies the data has the key too), an address that other machines reach without
encryption, a store that this version does not speak.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from recordings.errors import SettingsWrong
from recordings.mail_settings import MailSettings
from recordings.objects_url import BucketAddress, is_loopback, read_bucket_address
from storage.durable import sync

ROOT_KEY_BYTES = 32
OWNER_ONLY = 0o600
EMBEDDED = "embedded"
DEMO_MODEL = "demo"
_QUEUES = ("redis://", "rediss://", "unix://")
KEY_STORE = "keys.db"
# The key store's name in the data folder; ordinary backups leave this file out (design.md, decision 8).


class Settings(MailSettings):
    """How this service is set up. Paths that are not given lie beside the data folder, in `<data>.secrets/`."""

    model_config = SettingsConfigDict(env_prefix="VAITI_", frozen=True, extra="forbid", hide_input_in_errors=True)

    data: Path = Path("vaiti-data")
    root_key: SecretStr | None = None
    root_key_file: Path | None = None
    pkcs11_module: Path | None = None
    pkcs11_token: str = ""
    pkcs11_pin_file: Path | None = None
    key_backups: Path | None = None
    key_backup_days: Annotated[int, Field(ge=1, le=7)] = 7
    key_backup_fresh_hours: Annotated[int, Field(ge=1, le=7 * 24)] = 26
    controllers: Path | None = None
    company_sign_in: Path | None = None
    token_file: Path | None = None
    service_url: str | None = None
    ca_file: Path | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8470
    names: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:, -]*$")] = ""
    tls_certificate_file: Path | None = None
    tls_key_file: Path | None = None
    tls_ends_at_proxy: bool = False
    speech_model: str = DEMO_MODEL
    speech_device: Literal["cpu", "cuda"] = "cpu"
    models: Path = Path("vaiti-models")
    recognizers: Path | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "fi"
    max_call_seconds: Annotated[int, Field(gt=0)] = 4 * 3600
    max_audio_bytes: Annotated[int, Field(gt=0)] = 2 * 1024**3
    database_url: SecretStr = SecretStr(EMBEDDED)
    database_password_file: Path | None = None
    objects_url: str = EMBEDDED
    objects_region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,64}$")] = "us-east-1"
    objects_access_key: SecretStr | None = None
    objects_secret_key: SecretStr | None = None
    objects_secret_key_file: Path | None = None
    objects_ca_file: Path | None = None
    queue_url: SecretStr = SecretStr(EMBEDDED)
    queue_password_file: Path | None = None
    anchors: Path | None = None
    journal: Path | None = None
    backups: Path | None = None
    backup_days: Annotated[int, Field(ge=1, le=30)] = 30
    backup_fresh_hours: Annotated[int, Field(ge=1, le=30 * 24)] = 26
    hold_review_days: Annotated[int, Field(ge=1, le=366)] = 90
    hold_two_persons: bool = False
    access_hold_days: Annotated[int, Field(ge=0, le=366)] = 14
    access_identity_days: Annotated[int, Field(ge=1, le=366)] = 30

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.queue_address is not None and not self.queue_address.startswith(_QUEUES):
            raise ValueError("VAITI_QUEUE_URL: leave it out, or use redis://HOST/0, rediss://HOST/0 or unix:///SOCKET.")
        if self.database_address is not None and not self.database_address.startswith("postgresql://"):
            raise ValueError("VAITI_DATABASE_URL: leave it out, or use postgresql://USER@HOST/NAME.")
        if self.anchors is not None and _lies_in(self.anchors, self.data):
            raise ValueError(
                "VAITI_ANCHORS: anchors are kept outside the data folder (VAITI_DATA) that they vouch for."
            )
        if self.bucket is not None and self.objects_access_key is None:
            raise ValueError("VAITI_OBJECTS_ACCESS_KEY: the object store needs the id of a key.")
        if (self.pkcs11_module is None) != (not self.pkcs11_token):
            raise ValueError(
                "VAITI_PKCS11_MODULE and VAITI_PKCS11_TOKEN: give the library and the token's label, both."
            )
        if self.key_backups and _lies_in(self.key_backups, self.data):
            raise ValueError("VAITI_KEY_BACKUPS: backups of the key store may not lie in the data folder (VAITI_DATA).")
        secrets_in_files = (
            self.key_path,
            self.token_path,
            self.objects_secret_path,
            self.pkcs11_pin_path,
            self.tls_key_file,
            self.mail_password_file,
        )
        for path in (*secrets_in_files, self.database_password_file, self.queue_password_file):
            if path and _lies_in(path, self.data):
                raise ValueError(
                    "VAITI_ROOT_KEY_FILE, VAITI_PKCS11_PIN_FILE, VAITI_TOKEN_FILE, VAITI_OBJECTS_SECRET_KEY_FILE, "
                    "VAITI_TLS_KEY_FILE, VAITI_DATABASE_PASSWORD_FILE and VAITI_QUEUE_PASSWORD_FILE: secrets may not "
                    "lie in the data folder (VAITI_DATA): a copy of the folder would carry its own key."
                )
        return self

    @model_validator(mode="after")
    def _check_listening(self) -> Self:
        if (self.tls_certificate_file is None) != (self.tls_key_file is None):
            raise ValueError("VAITI_TLS_CERTIFICATE_FILE and VAITI_TLS_KEY_FILE: give both, or neither.")
        if self.tls_ends_at_proxy and self.has_tls:
            raise ValueError(
                "VAITI_TLS_ENDS_AT_PROXY: TLS ends at the proxy or here: leave it out, or the certificate."
            )
        reached = bool(self.public_names) or not is_loopback(self.host)
        if reached and not (self.has_tls or self.tls_ends_at_proxy):
            raise ValueError(
                "VAITI_HOST, VAITI_NAMES: what other machines reach needs TLS: give VAITI_TLS_CERTIFICATE_FILE and "
                "VAITI_TLS_KEY_FILE, or say VAITI_TLS_ENDS_AT_PROXY=true where a proxy in front ends it."
            )
        if not is_loopback(self.host) and not self.public_names:
            raise ValueError("VAITI_NAMES: say under which names other machines reach this address, with commas.")
        return self

    @property
    def has_tls(self) -> bool:
        """True where connections are encrypted up to this process."""
        return self.tls_certificate_file is not None

    @property
    def public_names(self) -> frozenset[str]:
        """The names, beside the loopback ones, under which other machines reach the service; in small letters."""
        return frozenset(name.strip().lower() for name in self.names.split(",") if name.strip())

    @property
    def database_address(self) -> str | None:
        """The address of the PostgreSQL database, perhaps with its password: never to be shown. None: a file."""
        address = self.database_url.get_secret_value()
        return None if address == EMBEDDED else address

    @property
    def queue_address(self) -> str | None:
        """The address of Redis, perhaps with its password: never to be shown. None: a queue in the process itself."""
        address = self.queue_url.get_secret_value()
        return None if address == EMBEDDED else address

    def read_queue_password(self) -> str | None:
        """Return the password of Redis where a file holds it. Raises SettingsWrong."""
        return read_secret(self.queue_password_file) if self.queue_password_file else None

    def read_database_password(self) -> str | None:
        """Return the password of the database where a file holds it. Raises SettingsWrong."""
        return read_secret(self.database_password_file) if self.database_password_file else None

    @property
    def for_trying_only(self) -> bool:
        """True while new calls are heard with the demo model; said wherever the service shows itself."""
        return self.speech_model == DEMO_MODEL

    @property
    def secrets_folder(self) -> Path:
        """Where secrets lie that no setting places elsewhere."""
        return self.data.with_name(f"{self.data.name}.secrets")

    @model_validator(mode="after")
    def _check_apart(self) -> Self:
        for name, folder in (("VAITI_JOURNAL", self.journal), ("VAITI_BACKUPS", self.backups)):
            if folder is not None and _lies_in(folder, self.data):
                raise ValueError(f"{name}: this folder is kept outside the data folder (VAITI_DATA).")
        return self

    @property
    def program_environment(self) -> dict[str, str]:
        """What other programs are started with, PostgreSQL's for instance: they have settings of their own."""
        return dict(os.environ)  # noqa: TID251 - the one reader, which hands it on

    @property
    def backup_life(self) -> timedelta:
        """How long an ordinary backup may exist."""
        return timedelta(days=self.backup_days)

    @property
    def backup_fresh(self) -> timedelta:
        """How old the newest backup may be."""
        return timedelta(hours=self.backup_fresh_hours)

    @property
    def journal_folder(self) -> Path:
        """Where the journal lies: outside the data folder and every backup of it."""
        return self.journal or self.data.with_name(f"{self.data.name}.journal")

    @property
    def key_path(self) -> Path:
        """The file of the root key."""
        return self.root_key_file or self.secrets_folder / "root.key"

    @property
    def pkcs11_pin_path(self) -> Path:
        """The file of the token's PIN."""
        return self.pkcs11_pin_file or self.secrets_folder / "pkcs11.pin"

    @property
    def token_path(self) -> Path:
        """The file of the bearer token."""
        return self.token_file or self.secrets_folder / "token"

    @property
    def objects_secret_path(self) -> Path:
        """The file of the object store's secret key."""
        return self.objects_secret_key_file or self.secrets_folder / "objects.secret"

    @property
    def bucket(self) -> BucketAddress | None:
        """The bucket that objects are kept in; None: the data folder. Raises ValueError."""
        return None if self.objects_url == EMBEDDED else read_bucket_address(self.objects_url)

    def read_objects_secret(self) -> str:
        """Return the object store's secret key. Raises SettingsWrong."""
        if self.objects_secret_key is not None:
            return self.objects_secret_key.get_secret_value()
        return read_secret(self.objects_secret_path)

    @property
    def root_keys_can_be_written(self) -> bool:
        """True where new root keys come into a file."""
        return self.root_key is None and self.pkcs11_module is None

    @property
    def has_root_keys_here(self) -> bool:
        """True where there are root keys in the environment or in the file, perhaps on their way into a token."""
        return self.root_key is not None or self.key_path.exists()

    def read_pkcs11_pin(self) -> str:
        """Return the PIN of the token's user. Raises SettingsWrong."""
        return read_secret(self.pkcs11_pin_path)

    def read_tls_key(self) -> str:
        """Return the key of the certificate. Raises SettingsWrong when others may read it."""
        return read_secret(self.tls_key_file) if self.tls_key_file else ""

    def read_root_keys(self) -> list[bytes]:
        """Return the root keys, 32 bytes each, the newest last; a new data folder without one gets a new key.

        There are two while a rotation lasts. Raises SettingsWrong.
        """
        if self.root_key is not None:
            return _decode_keys(self.root_key.get_secret_value())
        if not self.key_path.exists():
            if (self.data / KEY_STORE).exists():
                raise SettingsWrong(
                    "The data folder is in use and its root key is not there: give the key that made it "
                    "(VAITI_ROOT_KEY_FILE or VAITI_ROOT_KEY). A new key could open nothing."
                )
            write_secret(self.key_path, _encode_key(secrets.token_bytes(ROOT_KEY_BYTES)))
        return _decode_keys(read_secret(self.key_path))

    def write_root_keys(self, keys: Sequence[bytes]) -> None:
        """Let the file of the root keys hold these instead, whole or not at all; without any it goes."""
        if not keys:
            self.key_path.unlink(missing_ok=True)
            return
        replace_secret(self.key_path, "\n".join(map(_encode_key, keys)))

    def read_token(self) -> str:
        """Return the bearer token; made at the first start. Raises SettingsWrong."""
        if not self.token_path.exists():
            write_secret(self.token_path, secrets.token_urlsafe(32))
        token = read_secret(self.token_path)
        if len(token) < 32:
            raise SettingsWrong("The token file (VAITI_TOKEN_FILE) holds less than 32 characters.")
        return token


def load_settings(**given: object) -> Settings:
    """Read settings from the environment; `given` goes before it. Raises SettingsWrong, which repeats no value."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = "".join(f"VAITI_{str(part).upper()}: " for part in first["loc"][:1])
        raise SettingsWrong(name + first["msg"].removeprefix("Value error, ")) from None


def read_secret(path: Path) -> str:
    """Return a secret file's text. Raises SettingsWrong when others than its owner may read it."""
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsWrong(f"The secret file {path.name} can be read by others: chmod 600 it.")
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsWrong(f"The secret file {path.name} cannot be read.") from None


def write_secret(path: Path, text: str) -> None:
    """Write a new secret file that only its owner may read; never replaces one. Raises SettingsWrong."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise SettingsWrong(
            f"The folder {path.parent.name} cannot be made: let the user who runs Vaiti own the folder it lies in."
        ) from None
    _write(path, text, os.O_EXCL)


def replace_secret(path: Path, text: str) -> None:
    """Replace a secret file, whole or not at all. Raises SettingsWrong."""
    new = path.with_name(f"{path.name}.new")  # one name: what a crash leaves is overwritten by the next try
    _write(new, text, os.O_TRUNC)
    try:
        new.replace(path)
        sync(path.parent)
    except OSError:
        raise SettingsWrong(f"The secret file {path.name} cannot be replaced.") from None


def _write(path: Path, text: str, how: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, OWNER_ONLY)
    except OSError:
        raise SettingsWrong(f"The secret file {path.name} cannot be made.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _encode_key(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def _decode_keys(text: str) -> list[bytes]:
    """Read the root keys, with white space between them."""
    return [_decode_key(word) for word in text.split()] or [_decode_key("")]


def _decode_key(text: str) -> bytes:
    """Read 32 bytes from base64 (either alphabet) or hexadecimal."""
    try:
        key = bytes.fromhex(text) if len(text) == 2 * ROOT_KEY_BYTES else _decode_base64(text)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != ROOT_KEY_BYTES:
        raise SettingsWrong("The root key is 32 random bytes, written in base64 or hexadecimal.")
    return key


def _decode_base64(text: str) -> bytes:
    return base64.b64decode(text.translate(str.maketrans("-_", "+/")), validate=True)


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())

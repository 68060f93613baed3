"""The tables of the key store, apart from the catalog's (docs/object-format.md has what they mean)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class KeyBase(DeclarativeBase):
    """The key store's own schema."""


class FactRow(KeyBase):
    """The store's format, its id, and the version of the root key that new keys are wrapped under."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[bytes]


class RootVersionRow(KeyBase):
    """A version of the root key that this store uses, or has used and not yet seen destroyed."""

    __tablename__ = "root_versions"
    version: Mapped[str] = mapped_column(String(64), primary_key=True)


class UnderRoot:
    """A key that is wrapped under a version of the root key: a rotation wraps it again, whichever table it is in."""

    root: Mapped[str] = mapped_column(String(64), index=True)
    wrapped: Mapped[bytes]

    @property
    def place(self) -> tuple[str, ...]:
        """What the wrapped key is bound to, the kind of key first."""
        raise NotImplementedError


class SigningKeyRow(UnderRoot, KeyBase):
    """The private key that signs receipts."""

    __tablename__ = "signing_keys"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)

    @property
    def place(self) -> tuple[str, ...]:
        """See UnderRoot."""
        return (self.name,)


class ControllerKeyRow(UnderRoot, KeyBase):
    """A controller's key for tags."""

    __tablename__ = "controller_keys"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)

    @property
    def place(self) -> tuple[str, ...]:
        """See UnderRoot."""
        return ("controller", self.controller)


class DateKeyRow(UnderRoot, KeyBase):
    """The key of one controller's one day of deletion, or of the case of a hold (`storage.keyring`)."""

    __tablename__ = "date_keys"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    delete_on: Mapped[date] = mapped_column(primary_key=True)

    @property
    def place(self) -> tuple[str, ...]:
        """See UnderRoot."""
        return ("date", self.controller, self.delete_on.isoformat())


class DataKeyRow(KeyBase):
    """A recording's key, wrapped under its date key, its commitment, and the floors of its objects."""

    __tablename__ = "data_keys"
    recording: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    delete_on: Mapped[date]
    wrapped: Mapped[bytes]
    commitment: Mapped[bytes]
    floors: Mapped[bytes]  # `storage.generations`
    __table_args__ = (
        ForeignKeyConstraint(["controller", "delete_on"], ["date_keys.controller", "date_keys.delete_on"]),
    )


class KeyBackupRow(KeyBase):
    """A backup of the key store: written down before its first byte, so that none is unknown."""

    __tablename__ = "key_backups"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    path: Mapped[str]
    root: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[str] = mapped_column(String(32))
    dies_at: Mapped[str] = mapped_column(String(32))
    # UTC, ISO 8601 with microseconds: sorts as time does
    finished: Mapped[bool]


def tables_under_root() -> list[type[UnderRoot]]:
    """Every table whose keys are wrapped under the root key."""
    return [mapper.class_ for mapper in KeyBase.registry.mappers if issubclass(mapper.class_, UnderRoot)]

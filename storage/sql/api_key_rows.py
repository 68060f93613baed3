"""The tables of API keys: about whole registers, so no one controller's rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.sql.tables import Base


class ApiKeyRow(Base):
    """The columns of `storage.api_keys.ApiKey`. A key may open several registers: no one controller's row."""

    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    controllers: Mapped[list[str]]
    kinds: Mapped[list[str]]
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(128))
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(128))
    last_used_at: Mapped[datetime | None]
    partner: Mapped[str | None] = mapped_column(String(64))


class ApiKeySecretRow(Base):
    """One secret of an API key, by its hash; the columns of `storage.api_keys.KeySecret`."""

    __tablename__ = "api_key_secrets"
    key: Mapped[str] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    valid_until: Mapped[datetime | None]

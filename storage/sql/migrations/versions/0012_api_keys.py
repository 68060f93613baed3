"""Keep API keys: hashes of secrets, whose registers they open, and their ends.

Revision 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("controllers", "kinds", "scopes")),
        _time("created_at", nullable=False),
        sa.Column("created_by", sa.String(length=128), nullable=False),
        _time("expires_at"),
        _time("revoked_at"),
        sa.Column("revoked_by", sa.String(length=128), nullable=True),
        _time("last_used_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("name", name=op.f("uq_api_keys_name")),
    )
    op.create_table(
        "api_key_secrets",
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _time("made_at", nullable=False),
        _time("valid_until"),
        sa.ForeignKeyConstraint(["key"], ["api_keys.id"], name=op.f("fk_api_key_secrets_key"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_api_key_secrets")),
    )


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

"""Keep accounts, roles in registers, sessions, commitments and attempts to sign in; whose partner an API key is.

Revision 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.create_table(
        "accounts",
        _text("id", 12),
        _text("name", 128),
        _time("created_at"),
        _text("created_by", 128),
        _time("secrets_at"),
        _text("password", 256, nullable=True),
        _text("code", 64, nullable=True),
        _time("code_until", nullable=True),
        _text("factor", 64, nullable=True),
        sa.Column("factor_on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("factor_step", sa.Integer(), nullable=False),
        sa.Column("recovery", sa.JSON(), nullable=False),
        _time("disabled_at", nullable=True),
        _text("disabled_by", 128, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
    )
    op.create_table(
        "roles_held",
        _text("id", 32),
        _text("account", 12),
        _text("controller", 64),
        _text("role", 32),
        _time("granted_at"),
        _text("granted_by", 128),
        _text("partner", 64, nullable=True),
        _text("case", 64, nullable=True),
        _time("until", nullable=True),
        _time("revoked_at", nullable=True),
        _text("revoked_by", 128, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles_held")),
        _of_account("roles_held"),
    )
    op.create_index(op.f("ix_roles_held_account"), "roles_held", ["account"], unique=False)
    _given_calls()
    _commitments()
    _sign_ins()
    op.add_column("api_keys", sa.Column("partner", sa.String(length=64), nullable=True))
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("roles_held", "given_calls"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")


def _given_calls() -> None:
    op.create_table(
        "given_calls",
        _text("controller", 64),
        _text("case", 64),
        _text("recording", 32),
        sa.PrimaryKeyConstraint("controller", "case", "recording", name=op.f("pk_given_calls")),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_given_calls_recording"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_given_calls_recording", "given_calls", ["recording"], unique=False)


def _commitments() -> None:
    op.create_table(
        "commitments",
        _text("account", 12),
        _text("version", 32),
        _text("language", 16),
        _time("accepted_at"),
        sa.PrimaryKeyConstraint("account", "version", name=op.f("pk_commitments")),
        _of_account("commitments"),
    )


def _sign_ins() -> None:
    op.create_table(
        "sessions",
        _text("digest", 64),
        _text("id", 12),
        _text("account", 12),
        _time("opened_at"),
        _time("seen_at"),
        _time("ends_at"),
        _text("on_screen", 64, nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
        _of_account("sessions"),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"], unique=False)
    op.create_table(
        "sign_in_attempts",
        _text("key", 64),
        sa.Column("count", sa.Integer(), nullable=False),
        _time("last_at"),
        _time("until", nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_attempts")),
    )


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f(f"fk_{table}_account"))

"""Keep cases: what persons asked for, and until when they must be answered.

Revision 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.create_table(
        "cases",
        _text("id", 32, nullable=False),
        _text("controller", 64, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("kind", 24, nullable=False),
        _text("about", 32),
        _text("way", 24, nullable=False),
        _text("asker", 24, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        _time("opened_at", nullable=False),
        _text("opened_by", 128, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("state", 24, nullable=False),
        _text("customer", 32),
        _text("identified_by", 24),
        _time("identified_at"),
        _text("extended_for", 32),
        _time("extended_at"),
        _text("hold", 32),
        _text("ground", 32),
        _time("closed_at"),
        _text("closed_by", 128),
        sa.Column("forget_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("controller", "number", name=op.f("uq_cases_controller")),
    )
    op.create_index(op.f("ix_cases_due_on"), "cases", ["due_on"], unique=False)
    op.create_table(
        "case_numbers",
        _text("controller", 64, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("controller", name=op.f("pk_case_numbers")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("cases", "case_numbers"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")


def _text(name: str, length: int, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

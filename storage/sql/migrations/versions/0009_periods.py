"""Keep the periods in force, the changes that make one shorter, and when the call of a later part began.

Revision 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.add_column("recordings", sa.Column("call_started_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "periods",
        *_whose(),
        sa.PrimaryKeyConstraint("controller", "kind", name=op.f("pk_periods")),
    )
    op.create_table(
        "period_changes",
        sa.Column("id", sa.String(length=32), nullable=False),
        *_whose(),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=128), nullable=False),
        sa.Column("earlier", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=128), nullable=True),
        sa.Column("takes_effect_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_changes")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("periods", "period_changes"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")


def _whose() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("end_of_day", sa.Boolean(), nullable=False),
    )

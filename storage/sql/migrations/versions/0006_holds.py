"""Keep holds: which recordings may not be purged, which may not be used either, and why.

Revision 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    for flag in ("held", "restricted"):
        op.add_column("recordings", sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "holds",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=128), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.String(length=128), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_asked_by", sa.String(length=128), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_table(
        "hold_recordings",
        sa.Column("hold", sa.String(length=32), nullable=False),
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hold"], ["holds.id"], name=op.f("fk_hold_recordings_hold"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_hold_recordings_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hold", "recording", name=op.f("pk_hold_recordings")),
    )
    op.create_index(op.f("ix_hold_recordings_recording"), "hold_recordings", ["recording"], unique=False)
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("holds", "hold_recordings"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")

"""Keep which masks somebody says hide nothing personal.

Revision 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.create_table(
        "contested_masks",
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("end", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_contested_masks_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "start", name=op.f("pk_contested_masks")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE contested_masks ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE contested_masks FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY registers ON contested_masks USING ({_MINE}) WITH CHECK ({_MINE})")

"""Keep since when a recording is in its stage, when its step began, and counts of steps by time and of stops by slug.

Revision 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("stage_since", "began_at"):
        op.add_column("recordings", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "step_times",
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("sound", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "bucket", name=op.f("pk_step_times")),
    )
    op.create_table(
        "stopped",
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "slug", name=op.f("pk_stopped")),
    )

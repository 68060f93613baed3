"""Keep which recordings are parts of one call, what else a call turned out to be, and what its customer thought of it.

Revision 0013. Recordings that were pushed before have no group: their parts keep the times that they have.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recordings", sa.Column("call_group", sa.String(length=64), nullable=True))
    op.add_column("recordings", sa.Column("kinds", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("recordings", sa.Column("satisfaction", sa.Integer(), nullable=True))
    op.create_index("ix_recordings_call_group", "recordings", ["controller", "call_group"])

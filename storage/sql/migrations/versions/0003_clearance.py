"""Keep which people ask for a stricter profile, what sensitive topics a call has, and whether staff may see it.

Revision 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recordings", sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("recordings", sa.Column("clearance", sa.String(length=24), nullable=True))
    op.create_table(
        "reference_profiles",
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("controller", "type", "tag", name=op.f("pk_reference_profiles")),
    )

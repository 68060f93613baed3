"""Keep which cases a portal has opened, by a keyed hash of what it signed, and when their copies were let go.

Revision 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("intake", sa.String(64)))
    op.add_column("cases", sa.Column("released_at", sa.DateTime(timezone=True)))
    op.create_index("ix_cases_intake", "cases", ["intake"], unique=True)

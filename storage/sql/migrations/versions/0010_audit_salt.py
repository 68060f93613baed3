"""Keep a salt with each audit entry, so that a part of the log can be shown and checked; older ones stay as they are.

Revision 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("salt", sa.String(length=32), nullable=True))

"""Let an entry of the audit log be forgotten: the digest of what it said stays, and the chain holds.

Revision 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("content", sa.String(length=64)))

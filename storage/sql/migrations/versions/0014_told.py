"""Keep whether the caller was told that the call is recorded, and when.

Revision 0014. Of calls that were heard before, nobody knows until `vaiti remask` has looked through them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recordings", sa.Column("told", sa.Boolean(), nullable=True))
    op.add_column("recordings", sa.Column("told_at", sa.Double(), nullable=True))

"""Keep when the copies that a case asks for were made.

Revision 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("packed_at", sa.DateTime(timezone=True)))

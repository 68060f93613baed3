"""Keep whom the company's sign-in vouches for, as a keyed hash.

Revision 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("subject", sa.String(64)))
    op.create_index("ix_accounts_subject", "accounts", ["subject"], unique=True)

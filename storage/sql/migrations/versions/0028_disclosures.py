"""Find the entries of disclosures without walking the audit log.

Revision 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_OF_DISCLOSURES = sa.text("substr(action, 1, 11) = 'disclosure.'")


def upgrade() -> None:
    op.create_index(
        "ix_audit_disclosures",
        "audit",
        ["number"],
        sqlite_where=_OF_DISCLOSURES,
        postgresql_where=_OF_DISCLOSURES,
    )

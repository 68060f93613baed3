"""Give each profile that a person asked for an opaque id, so that the journal can find what an audit entry is about.

Revision 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NEW_ID = {"postgresql": "replace(gen_random_uuid()::text, '-', '')", "sqlite": "lower(hex(randomblob(16)))"}


def upgrade() -> None:
    op.add_column("reference_profiles", sa.Column("id", sa.String(length=32), nullable=True))
    op.execute(f"UPDATE reference_profiles SET id = {_NEW_ID[op.get_bind().dialect.name]}")  # noqa: S608 - our own words
    with op.batch_alter_table("reference_profiles") as table:
        table.alter_column("id", existing_type=sa.String(length=32), nullable=False)
        table.create_unique_constraint(op.f("uq_reference_profiles_id"), ["id"])

"""Keep which references a call was pushed with by mistake.

Revision 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.create_table(
        "parted_links",
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_parted_links_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "type", "tag", name=op.f("pk_parted_links")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE parted_links ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE parted_links FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY registers ON parted_links USING ({_MINE}) WITH CHECK ({_MINE})")

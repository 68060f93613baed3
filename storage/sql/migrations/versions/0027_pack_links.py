"""Keep the links that give persons their copies once.

Revision 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.add_column("cases", sa.Column("linked_at", sa.DateTime(timezone=True)))
    op.create_table(
        "pack_links",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=128), nullable=False),
        sa.Column("language", sa.String(length=2)),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f("fk_pack_links_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pack_links")),
        sa.UniqueConstraint("case", name=op.f("uq_pack_links_case")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE pack_links ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE pack_links FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY registers ON pack_links USING ({_MINE}) WITH CHECK ({_MINE})")

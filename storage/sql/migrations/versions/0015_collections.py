"""Keep tags and collections of calls.

Revision 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.create_table(
        "tags",
        _id("recording"),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("tag", sa.String(length=32), nullable=False),
        _with("tags", "recording"),
        sa.PrimaryKeyConstraint("recording", "tag", name=op.f("pk_tags")),
    )
    op.create_index(op.f("ix_tags_tag"), "tags", ["tag"], unique=False)
    op.create_table(
        "collections",
        _id("id"),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
        sa.UniqueConstraint("controller", "name", name=op.f("uq_collections_controller")),
    )
    op.create_table(
        "collected",
        _id("collection"),
        _id("recording"),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=128), nullable=False),
        sa.Column("start", sa.Double(), nullable=True),
        sa.Column("end", sa.Double(), nullable=True),
        _with("collected", "collection"),
        _with("collected", "recording"),
        sa.PrimaryKeyConstraint("collection", "recording", name=op.f("pk_collected")),
    )
    op.create_index(op.f("ix_collected_recording"), "collected", ["recording"], unique=False)
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("tags", "collections", "collected"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")


def _id(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=32), nullable=False)


def _with(table: str, column: str) -> sa.ForeignKeyConstraint:
    """Let a row go with what its column names."""
    return sa.ForeignKeyConstraint([column], [f"{column}s.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")

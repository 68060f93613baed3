"""Keep objections: what a company may no longer use a person's calls for.

Revision 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.add_column("recordings", sa.Column("objected", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "objections",
        _text("id", 32, nullable=False),
        _text("controller", 64, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("kind", 24, nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        _time("made_at", nullable=False),
        _text("made_by", 128, nullable=False),
        sa.Column("forget_on", sa.Date(), nullable=False),
        _text("case", 128),
        _text("customer", 32),
        _time("ended_at"),
        _text("ended_by", 128),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index("ix_objections_feed", "objections", ["controller", "number"], unique=True)
    op.create_table(
        "objection_references",
        _text("objection", 32, nullable=False),
        _text("controller", 64, nullable=False),
        _text("type", 32, nullable=False),
        _text("tag", 64, nullable=False),
        sa.ForeignKeyConstraint(
            ["objection"], ["objections.id"], name=op.f("fk_objection_references_objection"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("objection", "type", "tag", name=op.f("pk_objection_references")),
    )
    op.create_index("ix_objection_references_reference", "objection_references", ["controller", "type", "tag"])
    op.create_table(
        "objection_numbers",
        _text("controller", 64, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _time("next_at"),
        _text("failed", 64),
        sa.PrimaryKeyConstraint("controller", name=op.f("pk_objection_numbers")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("objections", "objection_references", "objection_numbers"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")


def _text(name: str, length: int, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

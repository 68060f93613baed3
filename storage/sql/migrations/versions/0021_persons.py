"""Keep who is one person: what was decided about references, and as what a person is in a call.

Revision 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
# As in 0004: a migration is not changed when another one is.


def upgrade() -> None:
    op.add_column("recording_references", sa.Column("role", sa.String(24), server_default="customer", nullable=False))
    op.add_column("recording_references", sa.Column("evidence", sa.String(32), server_default="pushed", nullable=False))
    op.create_table(
        "person_decisions",
        _text("id", 32, nullable=False),
        _text("controller", 64, nullable=False),
        _text("bond", 24, nullable=False),
        _text("type", 32, nullable=False),
        _text("tag", 64, nullable=False),
        _text("other_type", 32),
        _text("other_tag", 64),
        _text("evidence", 32, nullable=False),
        _time("at", nullable=False),
        _text("by", 128, nullable=False),
        _text("case", 128),
        _time("undone_at"),
        _text("undone_by", 128),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_decisions")),
    )
    op.create_index("ix_person_decisions_reference", "person_decisions", ["controller", "type", "tag"])
    op.create_index("ix_person_decisions_other", "person_decisions", ["controller", "other_type", "other_tag"])
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE person_decisions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE person_decisions FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY registers ON person_decisions USING ({_MINE}) WITH CHECK ({_MINE})")


def _text(name: str, length: int, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

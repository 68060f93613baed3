"""Let PostgreSQL keep registers apart too: a transaction sees the rows of the controllers that it named.

`vaiti.scope` is an array of controllers, or `{*}` for the service itself. Where it was not set nothing is seen, by the
owner of the tables neither (FORCE). The words of turns have no policy: a condition that must come first keeps the
server from using its full-text index. They show nothing but masked words, and every hit is read from `turns`.
SQLite has no such thing; there nothing is done.

Revision 0004.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = (
    "recordings",
    "customer_references",
    "reference_profiles",
    "recording_references",
    "idempotency",
    "turns",
    "decisions",
    "tombstones",
    "receipts",
)
# in a sub-select, so that it is read once a statement and not once a row
_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in (*_TABLES, "audit"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table in _TABLES:
        op.execute(f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})")
    # entries are added and never changed: no policy lets an UPDATE or a DELETE see one
    op.execute(f"CREATE POLICY registers ON audit FOR SELECT USING ({_MINE})")
    op.execute("CREATE POLICY additions ON audit FOR INSERT WITH CHECK (true)")

"""Let PostgreSQL refuse every statement that changes or removes entries of the audit log, the owner's too.

Row security (revision 0004) already shows no entry to an UPDATE or a DELETE, so those changed nothing and said nothing;
it does not look at TRUNCATE. Whoever owns the table can take the triggers away; that, the chain and its anchors show.
SQLite has no roles; there nothing is done.

Revision 0018.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'entries of the audit log are never changed or removed'"
        " USING ERRCODE = 'insufficient_privilege'; END $$"
    )
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )

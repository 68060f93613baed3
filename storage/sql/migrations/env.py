"""Runs on the connection that `storage.sql.migrate` hands over: there is no alembic.ini and no address here."""

from alembic import context

from storage.sql.scoped import METADATA
from storage.sql.tables import INDEX_TABLE


def _ours(_object: object, name: str | None, kind: str, _reflected: object, _compare_to: object) -> bool:
    """Leave the full-text index alone: each kind of database has its own tables for it."""
    return not (kind == "table" and (name or "").startswith(INDEX_TABLE))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_object=_ours,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()

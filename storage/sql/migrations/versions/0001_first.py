"""Create the first tables, and the full-text index over turns.

Revision 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The index keeps no text of its own: it points into turns, and triggers keep the two in step even when turns go by a
# foreign key. remove_diacritics 0: a and ä are different letters.
_INDEX = """
CREATE VIRTUAL TABLE turn_words USING fts5(
    text, content='turns', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
)
"""
_TRIGGERS = (
    """
    CREATE TRIGGER turns_added AFTER INSERT ON turns BEGIN
        INSERT INTO turn_words(rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER turns_removed AFTER DELETE ON turns BEGIN
        INSERT INTO turn_words(turn_words, rowid, text) VALUES ('delete', old.id, old.text);
    END
    """,
    """
    CREATE TRIGGER turns_changed AFTER UPDATE OF id, text ON turns BEGIN
        INSERT INTO turn_words(turn_words, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO turn_words(rowid, text) VALUES (new.id, new.text);
    END
    """,
)

# PostgreSQL keeps the words that the program has cut (storage.sql.postgres_words). fastupdate off: no list of words
# beside the index that a purge would have to wait for.
_POSTGRES_INDEX = (
    """
    CREATE TABLE turn_words (
        id INTEGER CONSTRAINT pk_turn_words PRIMARY KEY,
        recording VARCHAR(32) NOT NULL,
        controller VARCHAR(64) NOT NULL,
        words TSVECTOR NOT NULL,
        CONSTRAINT fk_turn_words_id FOREIGN KEY (id) REFERENCES turns (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_turn_words_words ON turn_words USING gin (words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    _create_registers()
    _create_recordings()
    _create_what_points_to_recordings()
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRES_INDEX:
            op.execute(statement)
        return
    op.execute(_INDEX)
    for trigger in _TRIGGERS:
        op.execute(trigger)


def _create_registers() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=True),
        sa.Column("recording", sa.String(length=32), nullable=True),
        sa.Column("case", sa.String(length=128), nullable=True),
        sa.Column("purpose", sa.String(length=128), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_recording"), "audit", ["recording"], unique=False)
    op.create_table(
        "customer_references",
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("customer", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("controller", "type", "tag", name=op.f("pk_customer_references")),
    )
    op.create_index(op.f("ix_customer_references_customer"), "customer_references", ["customer"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("recording", sa.String(length=32), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_receipts")),
    )
    op.create_index(op.f("ix_receipts_recording"), "receipts", ["recording"], unique=False)
    op.create_table(
        "tombstones",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("call_tag", sa.String(length=64), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstones")),
        sa.UniqueConstraint("controller", "call_tag", name=op.f("uq_tombstones_controller")),
    )


def _create_recordings() -> None:
    op.create_table(
        "recordings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("call_tag", sa.String(length=64), nullable=False),
        sa.Column("content_tag", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone_offset", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delete_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("direction", sa.String(length=64), nullable=True),
        sa.Column("queue", sa.String(length=128), nullable=True),
        sa.Column("agent", sa.String(length=128), nullable=True),
        sa.Column("source", sa.String(length=128), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=128), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("seconds_masked", sa.Double(), nullable=True),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("worker", sa.String(length=128), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
        sa.UniqueConstraint("controller", "call_tag", name=op.f("uq_recordings_controller")),
    )
    op.create_index(op.f("ix_recordings_delete_at"), "recordings", ["delete_at"], unique=False)
    op.create_index("ix_recordings_newest", "recordings", ["controller", "started_at"], unique=False)
    op.create_index("ix_recordings_work", "recordings", ["stage", "lease_until"], unique=False)


def _create_what_points_to_recordings() -> None:
    op.create_table(
        "idempotency",
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_idempotency_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("controller", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_recording"), "idempotency", ["recording"], unique=False)
    op.create_table(
        "recording_references",
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["controller", "type", "tag"],
            ["customer_references.controller", "customer_references.type", "customer_references.tag"],
            name=op.f("fk_recording_references_controller"),
        ),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_recording_references_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "type", "tag", name=op.f("pk_recording_references")),
    )
    op.create_index(
        "ix_recording_references_reference", "recording_references", ["controller", "type", "tag"], unique=False
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("end", sa.Double(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["recording"], ["recordings.id"], name=op.f("fk_turns_recording"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
    )
    op.create_index(op.f("ix_turns_recording"), "turns", ["recording"], unique=False)

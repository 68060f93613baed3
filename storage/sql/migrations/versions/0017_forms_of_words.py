"""Keep the masked words of a call together, and find them by all their forms.

Revision 0017. Turns move as they are, all of a call into one row, in one statement. What they are found by is made
afterwards, by the running service and the newest first (`SearchIndex.renew`): their edition says that nothing is
indexed yet, so it goes on where it was when it was stopped, and a search finds them from then on.
"""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_LARGE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PLACES = 16

# What is indexed of a transcript stands beside FTS5, which keeps no text of its own and has to be told the same again
# to take it out; triggers do that even when rows go by a foreign key.
_SQLITE = (
    """
    CREATE TABLE transcript_words_text (
        number INTEGER NOT NULL CONSTRAINT pk_transcript_words_text PRIMARY KEY
            REFERENCES transcripts (number) ON DELETE CASCADE,
        lemmas VARCHAR NOT NULL,
        also VARCHAR NOT NULL
    )
    """,
    # remove_diacritics 0: a and ä are different letters
    """
    CREATE VIRTUAL TABLE transcript_words USING fts5(
        lemmas, also, content='transcript_words_text', content_rowid='number', tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER words_added AFTER INSERT ON transcript_words_text BEGIN
        INSERT INTO transcript_words(rowid, lemmas, also) VALUES (new.number, new.lemmas, new.also);
    END
    """,
    """
    CREATE TRIGGER words_removed AFTER DELETE ON transcript_words_text BEGIN
        INSERT INTO transcript_words(transcript_words, rowid, lemmas, also)
        VALUES ('delete', old.number, old.lemmas, old.also);
    END
    """,
    "DROP TRIGGER turns_added",
    "DROP TRIGGER turns_removed",
    "DROP TRIGGER turns_changed",
)
# No row security on the words: with it, the server cannot use their index (0004).
_ALLOWED = "COALESCE((SELECT NULLIF(current_setting('vaiti.scope', true), '')::text[]), '{}')"
_MINE = f"controller = ANY ({_ALLOWED}) OR '*' = ANY ({_ALLOWED})"
_POSTGRES = (
    """
    CREATE TABLE transcript_words (
        number BIGINT CONSTRAINT pk_transcript_words PRIMARY KEY,
        controller VARCHAR(64) NOT NULL,
        words TSVECTOR NOT NULL,
        CONSTRAINT fk_transcript_words_number FOREIGN KEY (number) REFERENCES transcripts (number) ON DELETE CASCADE
    )
    """,
    # fastupdate off: no list of words beside the index that a purge would have to wait for
    "CREATE INDEX ix_transcript_words_words ON transcript_words USING gin (words) WITH (fastupdate = off)",
    *(
        statement
        for table in ("transcripts", "transcript_turns")
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY registers ON {table} USING ({_MINE}) WITH CHECK ({_MINE})",
        )
    ),
)
_TOGETHER = {
    "sqlite": """
        INSERT INTO transcript_turns (number, controller, turns)
        SELECT transcripts.number, transcripts.controller, json_group_array(
            json_array(said.channel, said.start, said."end", said.text))
        FROM transcripts
        JOIN (SELECT * FROM turns ORDER BY recording, id) said ON said.recording = transcripts.recording
        GROUP BY transcripts.number
    """,
    "postgresql": """
        INSERT INTO transcript_turns (number, controller, turns)
        SELECT transcripts.number, transcripts.controller, json_agg(
            json_build_array(said.channel, said.start, said."end", said.text) ORDER BY said.id)::text
        FROM transcripts JOIN turns said ON said.recording = transcripts.recording
        GROUP BY transcripts.number
    """,
}


def upgrade() -> None:
    kind = op.get_bind().dialect.name
    _create_tables()
    for statement in _POSTGRES if kind == "postgresql" else _SQLITE:
        op.execute(statement)
    _give_numbers()
    op.execute(_TOGETHER[kind])
    op.execute("DROP TABLE turn_words")
    op.drop_table("turns")
    # counts by stage, for home pages: a covering index instead of a look at every row
    op.create_index("ix_recordings_stage", "recordings", ["controller", "stage"], unique=False)
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("search", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"),
        sa.UniqueConstraint("actor", "name", name="uq_saved_searches_actor"),
    )


def _create_tables() -> None:
    op.create_table(
        "transcripts",
        sa.Column("number", _LARGE, autoincrement=False, nullable=False),
        sa.Column("recording", sa.String(length=32), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["recording"], ["recordings.id"], name="fk_transcripts_recording", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_transcripts"),
        sa.UniqueConstraint("recording", name="uq_transcripts_recording"),
    )
    op.create_index("ix_transcripts_edition", "transcripts", ["edition"], unique=False)
    op.create_table(
        "transcript_turns",
        sa.Column("number", _LARGE, autoincrement=False, nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("turns", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["transcripts.number"], name="fk_transcript_turns_number", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_transcript_turns"),
    )


def _give_numbers() -> None:
    """Number what was indexed by the second of the call's start, as `storage.sql.numbers` does."""
    connection = op.get_bind()
    recordings = sa.table(
        "recordings", sa.column("id"), sa.column("controller"), sa.column("started_at", sa.DateTime(timezone=True))
    )
    turns = sa.table("turns", sa.column("id"), sa.column("recording"))
    counted = (
        sa.select(recordings.c.id, recordings.c.controller, recordings.c.started_at, sa.func.count(turns.c.id))
        .join(turns, turns.c.recording == recordings.c.id)
        .group_by(recordings.c.id, recordings.c.controller, recordings.c.started_at)
        .order_by(recordings.c.started_at)
    )
    into = sa.table(
        "transcripts", *(sa.column(name) for name in ("number", "recording", "controller", "turns", "edition"))
    )
    last = None
    for some in connection.execute(counted).partitions(1_000):
        rows = []
        for recording, controller, started_at, number_of_turns in some:
            at = started_at if started_at.tzinfo else started_at.replace(tzinfo=UTC)
            number = int(at.timestamp() // 1) * _PLACES
            last = number if last is None else max(number, last + 1)
            rows.append(
                {
                    "number": last,
                    "recording": recording,
                    "controller": controller,
                    "turns": number_of_turns,
                    "edition": "",
                }
            )
        connection.execute(sa.insert(into), rows)

"""What SQLite is told of its tables, so that it looks rows up in a large archive the way that suits a large archive.

Without statistics SQLite takes any index on a controller or a stage for a choice of ten rows; it is one of nearly all,
since every statement names its controllers. Statistics of its own (ANALYZE) are as good as the day they were made. So
they are written here, as SQLite's documents allow: as they are at a million calls, and the same in every installation.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine

from storage.sqlite_file import for_writing

_CALLS: Final = 1_000_000
_A_REGISTER: Final = 500_000
_A_STAGE: Final = 5_000
# Of those that are asked for by stage there are few: published calls are not.
_A_CUSTOMER: Final = 5
# (table, index): how many rows, then how many have one value of its first column, of its first two, and so on.
STATISTICS: Final = {
    ("recordings", "sqlite_autoindex_recordings_1"): (_CALLS, 1),
    ("recordings", "sqlite_autoindex_recordings_2"): (_CALLS, _A_REGISTER, 1),
    ("recordings", "ix_recordings_newest"): (_CALLS, _A_REGISTER, 1),
    ("recordings", "ix_recordings_call_group"): (_CALLS, _A_REGISTER, 2),
    ("recordings", "ix_recordings_work"): (_CALLS, _A_STAGE, _A_STAGE),
    ("recordings", "ix_recordings_stage"): (_CALLS, _A_REGISTER, _A_REGISTER),
    ("recordings", "ix_recordings_delete_at"): (_CALLS, 1),
    ("transcripts", "sqlite_autoindex_transcripts_1"): (_CALLS, 1),
    ("transcripts", "ix_transcripts_edition"): (_CALLS, _A_REGISTER),
    ("recording_references", "sqlite_autoindex_recording_references_1"): (_CALLS, 1, 1, 1),
    ("recording_references", "ix_recording_references_reference"): (_CALLS, _A_REGISTER, _A_REGISTER, _A_CUSTOMER),
    ("customer_references", "sqlite_autoindex_customer_references_1"): (_CALLS, _A_REGISTER, _A_REGISTER, 1),
    ("customer_references", "ix_customer_references_customer"): (_CALLS, 1),
}


def tell_sizes(engine: Engine) -> None:
    """Write the statistics where they are not as they are here; connections that are opened from then on use them."""
    wanted = {(table, index, " ".join(map(str, sizes))) for (table, index), sizes in STATISTICS.items()}
    with engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").first()
        there = connection.exec_driver_sql("SELECT tbl, idx, stat FROM sqlite_stat1").all() if made else []
    if {tuple(row) for row in there} == wanted:
        return
    with for_writing(engine).begin() as connection:
        connection.exec_driver_sql("ANALYZE sqlite_schema")  # makes the table, and looks at no row
        connection.exec_driver_sql("DELETE FROM sqlite_stat1")
        for row in sorted(wanted):
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", row)
    engine.dispose()

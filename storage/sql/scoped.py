"""Every table whose rows belong to one controller's register, whichever module it stands in.

A session keeps to its scope by this list, so a module with such tables is named
here: `tests/unit/storage/test_scope.py` looks for one that is not.
"""

from __future__ import annotations

from typing import Final

from storage.sql import case_rows, collection_rows, objection_rows, people_rows, person_rows, tables

MODULES: Final = (tables, case_rows, collection_rows, objection_rows, people_rows, person_rows)
METADATA: Final = tables.Base.metadata
SCOPED: Final = tuple(
    mapper.class_ for mapper in tables.Base.registry.mappers if issubclass(mapper.class_, tables.ScopedRow)
)

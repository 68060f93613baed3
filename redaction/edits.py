"""Edit distance between short words."""

from __future__ import annotations


def edits(left: str, right: str, most: int) -> int:
    """Return the Levenshtein distance, or `most` + 1 when it is larger (rows are left early)."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for at, character in enumerate(left, 1):
        above, row[0] = row[0], at
        for column, other in enumerate(right, 1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (character != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)

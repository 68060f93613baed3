"""The one error of the formats."""

from __future__ import annotations


class BadFormat(ValueError):
    """The number is not valid: its length, its parts or its check digit."""

    def __init__(self) -> None:
        """No argument: the value must not travel in an error."""
        super().__init__("not valid")

"""What can go wrong in the pure core, by slug. Never a value: not in a text, not in an argument that is logged."""

from __future__ import annotations


class RedactionError(Exception):
    """Masking could not be done."""

    slug = "redaction-failed"

    def __init__(self, slug: str | None = None) -> None:
        """`slug` narrows the class's own; it is a fixed word of this code, never input."""
        self.slug = slug or type(self).slug
        super().__init__(f"{(type(self).__doc__ or '').strip()} ({self.slug})")


class BadInput(RedactionError):
    """A transcript or plan is not of the form that interchange.py reads."""

    slug = "bad-input"


class DetectionFailed(RedactionError):
    """A recognizer raised or ran out of time: what it should have found is unknown, so nothing is "clean"."""

    slug = "detection-failed"

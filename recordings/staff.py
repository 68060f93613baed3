"""What people who work with masked calls are given, over the stores."""

from __future__ import annotations

from recordings.administrators import ForAdministrators
from recordings.steps.annotate import Annotate
from recordings.steps.collect import Collect
from recordings.steps.contest import Contest


class ForStaff(ForAdministrators):
    """The part of the service for who listens, learns and trains."""

    @property
    def annotate(self) -> Annotate:
        """Keeps notes and tags: `annotate.write(scope, id, text, at=..., actor=...)`."""
        return Annotate(
            amendments=self.amendments, catalog=self.catalog, masked=self.masked, tags=self.tags, clock=self.clock
        )

    @property
    def collect(self) -> Collect:
        """Keeps collections: `collect.add(scope, collection, id, stretch=..., actor=...)`."""
        return Collect(collections=self.collections, catalog=self.catalog, clock=self.clock)

    @property
    def contest(self) -> Contest:
        """Keeps which masks hide nothing personal, as people say: `contest(scope, id, start, actor=...)`."""
        return Contest(catalog=self.catalog, masked=self.masked, contested=self.contested, clock=self.clock)

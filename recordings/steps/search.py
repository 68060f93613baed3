"""A query becomes masked hits.

Reads: search index, catalog (whose number is it). Writes: audit, without a term. Next: view. It cannot see the vault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import RequestInvalid
from recordings.facts import CustomerReference, normal_reference
from recordings.lifecycle import is_visible
from storage.ports import AuditLog, Catalog, KeyStore, SearchIndex
from storage.records import AuditEntry, CustomerId, Hit, Reference, Scope, SearchFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Finds turns by words, and customers by how the company names them."""

    catalog: Catalog
    index: SearchIndex
    audit: AuditLog
    keys: KeyStore
    controllers: Controllers
    clock: Clock

    def __call__(
        self, scope: Scope, query: str, *, actor: str, only: SearchFilter | None = None, limit: int = 20
    ) -> Sequence[Hit]:
        """Return hits, newest call first. Raises RequestInvalid for a query without a word.

        By agent only where the co-operation procedure has its date; AgentFilterOff where it has none.
        """
        now = self.clock.now()
        if only is not None and only.agent is not None:
            scope = self.controllers.scope_by_agent(scope, now)
        self.audit.append(AuditEntry(at=now, actor=actor, action="search"))
        try:
            hits = self.index.search(scope, query, only=only or SearchFilter(), limit=limit, now=now)
        except ValueError:
            raise RequestInvalid([("query", "no_words")]) from None
        return [hit for hit in hits if is_visible(hit.recording, now)]

    def find_customer(
        self, scope: Scope, reference: CustomerReference, *, controller: str, actor: str
    ) -> CustomerId | None:
        """Return the opaque id of whom a reference names, or None. Raises UnknownController."""
        slug = self.controllers.get(controller).slug
        self.audit.append(AuditEntry(at=self.clock.now(), actor=actor, action="customer.looked-for", controller=slug))
        value = normal_reference(reference.type, reference.value)
        tag = self.keys.tag(slug, f"reference:{reference.type}", value)
        return self.catalog.find_customer(scope, slug, Reference(type=reference.type, tag=tag))

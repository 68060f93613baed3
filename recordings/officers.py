"""What privacy officers are given, over the stores."""

from __future__ import annotations

from recordings.holding import Holding
from recordings.pack_links import PackByLink
from recordings.packs import WritePack
from recordings.staff import ForStaff
from recordings.steps.access import Access
from recordings.steps.cases import KeepCases
from recordings.steps.clearance import Clear
from recordings.steps.cut import KeepCuts
from recordings.steps.disclose import KeepDisclosures
from recordings.steps.objections import KeepObjections
from recordings.steps.original import OpenOriginal
from recordings.steps.persons import KeepPersons
from recordings.steps.profile import SetProfile
from recordings.steps.rectify import Rectify
from recordings.steps.reply import WriteReply


class ForOfficers(ForStaff):
    """The part of the service for who answers to the persons whose calls these are."""

    @property
    def set_profile(self) -> SetProfile:
        """Masks a person's calls more strictly: `set_profile(controller, reference, profile, actor=...)`."""
        return SetProfile(
            catalog=self.catalog,
            keys=self.keys,
            index=self.index,
            queue=self.queue,
            controllers=self.controllers,
            clock=self.clock,
            journal=self.journal,
        )

    @property
    def clear(self) -> Clear:
        """Flags calls and takes the privacy officer's word: `clear.decide(scope, id, clearance, actor=...)`."""
        return Clear(catalog=self.catalog, clock=self.clock, journal=self.journal)

    @property
    def access(self) -> Access:
        """Writes a person's own calls: `access(request, out)`."""
        return Access(
            catalog=self.catalog,
            persons=self.persons,
            people=self.people,
            vault=self.vault,
            audit=self.audit,
            codec=self.engines.codec,
            tone=self.engines.tone,
            controllers=self.controllers,
            holding=self.holding,
            clock=self.clock,
        )

    @property
    def write_pack(self) -> WritePack:
        """Writes a person's own calls within her case: `write_pack(order, out)`."""
        return WritePack(cases=self.keep_cases, access=self.access)

    @property
    def pack_by_link(self) -> PackByLink:
        """Gives a person her copies by a link that works once: `pack_by_link.make(order)`."""
        return PackByLink(links=self.pack_links, write=self.write_pack, audit=self.audit, clock=self.clock)

    @property
    def open_original(self) -> OpenOriginal:
        """Opens a call as it was, for a case: `open_original(scope, case, recording, actor=...)`."""
        return OpenOriginal(
            cases=self.cases,
            persons=self.persons,
            catalog=self.catalog,
            vault=self.vault,
            codec=self.engines.codec,
            audit=self.audit,
            clock=self.clock,
        )

    @property
    def holding(self) -> Holding:
        """What `recordings.steps.hold`, `hold_for_request` and `restrict` are made of."""
        return Holding(
            store=self.holds,
            catalog=self.catalog,
            keys=self.keys,
            controllers=self.controllers,
            clock=self.clock,
            settings=self.settings,
            journal=self.journal,
        )

    @property
    def keep_cases(self) -> KeepCases:
        """What persons asked for: `keep_cases.open(new, actor=...)`."""
        return KeepCases(
            cases=self.cases,
            catalog=self.catalog,
            persons=self.persons,
            controllers=self.controllers,
            holding=self.holding,
            clock=self.clock,
            journal=self.journal,
        )

    @property
    def keep_disclosures(self) -> KeepDisclosures:
        """To whom originals were given, and what these have to be told: `keep_disclosures.list(scope)`."""
        return KeepDisclosures(audit=self.audit, journal=self.journal, clock=self.clock)

    @property
    def write_reply(self) -> WriteReply:
        """Writes the letter of a refusal or an extension: `write_reply(scope, case, actor=...)`."""
        return WriteReply(cases=self.cases, audit=self.audit, controllers=self.controllers, clock=self.clock)

    @property
    def keep_objections(self) -> KeepObjections:
        """What persons objected to: `keep_objections.record(new, purge, actor=...)`."""
        return KeepObjections(
            objections=self.objections,
            cases=self.cases,
            audit=self.audit,
            keys=self.keys,
            controllers=self.controllers,
            journal=self.journal,
            clock=self.clock,
        )

    @property
    def keep_persons(self) -> KeepPersons:
        """Who is one person: `keep_persons.decide(new, actor=...)`."""
        return KeepPersons(
            persons=self.persons,
            catalog=self.catalog,
            keys=self.keys,
            controllers=self.controllers,
            journal=self.journal,
            clock=self.clock,
        )

    @property
    def rectify(self) -> Rectify:
        """Keeps corrections of calls: `rectify.note(scope, id, text, at=..., case=..., actor=...)`."""
        return Rectify(
            cases=self.cases,
            amendments=self.amendments,
            catalog=self.catalog,
            vault=self.vault,
            index=self.index,
            queue=self.queue,
            audit=self.audit,
            journal=self.journal,
            clock=self.clock,
        )

    @property
    def keep_cuts(self) -> KeepCuts:
        """Decides what is cut from persons' copies: `keep_cuts.add(scope, id, stretch, actor=...)`."""
        return KeepCuts(amendments=self.amendments, catalog=self.catalog, vault=self.vault, clock=self.clock)

"""Searches that everybody finds ready: what a controller of telesales has to be able to look into. Data, no code.

Each asks for any of its words, in any form, in Finnish, Swedish and English (KKV's guidance on telephone sales: the
price, how long the contract binds, and that it can be cancelled, are to be said in the call).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from storage.records import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyMade:
    """A search by a slug, with its names by language and what it asks."""

    slug: str
    names: Mapping[str, str]
    query: str
    kind: Kind


READY_MADE: Final = (
    ReadyMade(
        slug="telesales-price",
        names={"fi": "Puhelinmyynti: hinta", "sv": "Telefonförsäljning: pris", "en": "Telesales: price"},
        query="hinta/hinnasto/perusmaksu/kuukausimaksu/maksaa/sentti/euro/pris/avgift/kosta/öre/price/cost/fee/cent",
        kind=Kind.DIRECT_MARKETING,
    ),
    ReadyMade(
        slug="telesales-term",
        names={
            "fi": "Puhelinmyynti: sopimuksen kesto",
            "sv": "Telefonförsäljning: avtalets längd",
            "en": "Telesales: how long the contract binds",
        },
        query="määräaikainen/toistaiseksi/sopimuskausi/sopimusaika/kestää/voimassa/irtisanomisaika"
        "/avtalstid/bindningstid/tidsbunden/tillsvidare/uppsägningstid/fixed-term/duration/binding/notice",
        kind=Kind.DIRECT_MARKETING,
    ),
    ReadyMade(
        slug="telesales-cancellation",
        names={
            "fi": "Puhelinmyynti: peruuttaminen",
            "sv": "Telefonförsäljning: ångerrätt",
            "en": "Telesales: cancellation",
        },
        query="peruuttaa/peruuttaminen/peruutus/peruutusoikeus/perua/peruminen/irtisanoa/irtisanominen"
        "/ångra/ångerrätt/avbeställa/annullera/uppsägning/cancel/cancelled/cancellation/withdraw/withdrawal",
        kind=Kind.DIRECT_MARKETING,
    ),
)

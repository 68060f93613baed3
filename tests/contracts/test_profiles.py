"""What every Catalog must do for people whose calls are masked more strictly, and for calls that staff may not see."""

import pytest

from storage.errors import LostClaim
from storage.ports import AuditLog, Catalog, SearchIndex
from storage.records import Clearance, Recording, Reference, Scope, SearchFilter, Stage
from tests.contracts.builders import (
    ETELA,
    KESKI,
    NOW,
    WAY_TO_PUBLISHED,
    a_reference,
    added,
    an_entry,
    moved,
    published,
    purged,
)

SYSTEM = Scope.system()


def ask(catalog: Catalog, reference: Reference, profile: str | None, controller: str = KESKI) -> None:
    catalog.set_profile(controller, reference, profile, audit=an_entry(action="customer.profile-set"))


def test_a_profile_counts_for_every_reference_of_the_person_and_for_nobody_else(catalog: Catalog) -> None:
    phone, email = a_reference("phone"), a_reference("email")
    ask(catalog, phone, "strict")  # before any call
    both = added(catalog, references=[phone, email])
    by_email = added(catalog, references=[email])
    other, nobody = added(catalog, references=[a_reference()]), added(catalog)
    elsewhere = added(catalog, references=[phone], controller=ETELA)
    ask(catalog, email, "non-disclosure")
    asked = [list(catalog.profiles_of(SYSTEM, each.id)) for each in (both, by_email, other, nobody, elsewhere)]
    assert asked == [["non-disclosure", "strict"], ["non-disclosure", "strict"], [], [], []]


def test_a_profile_can_be_changed_and_forgotten_and_outlasts_the_calls(catalog: Catalog, audit: AuditLog) -> None:
    phone = a_reference()
    ask(catalog, phone, "strict")
    ask(catalog, phone, "non-disclosure")
    purged(catalog, added(catalog, references=[phone]))
    later = added(catalog, references=[phone])
    assert catalog.profiles_of(SYSTEM, later.id) == ["non-disclosure"]
    ask(catalog, phone, None)
    ask(catalog, phone, None)
    assert catalog.profiles_of(SYSTEM, later.id) == []
    assert [each.action for each in audit.list(SYSTEM)].count("customer.profile-set") == 4


@pytest.mark.parametrize("stages", [WAY_TO_PUBLISHED[:n] for n in range(1, 5)])
def test_what_is_planned_again_is_lost_to_its_worker(catalog: Catalog, stages: tuple[Stage, ...]) -> None:
    recording = moved(catalog, added(catalog), *stages)
    again = catalog.plan_again(recording.id, audit=an_entry(recording))
    assert again is not None
    assert (again.stage, again.token) == (Stage.TRANSCRIBED, recording.token + 1)
    with pytest.raises(LostClaim):
        catalog.renew(recording, now=NOW, lease=60.0)


def test_what_is_not_transcribed_or_is_aside_stays(catalog: Catalog, audit: AuditLog) -> None:
    fresh = added(catalog)
    waiting = moved(catalog, added(catalog), Stage.QUARANTINED)
    ending = catalog.begin_purge(added(catalog).id, reason="period-ended", audit=an_entry())
    before = len(audit.list(SYSTEM))
    for each in (fresh, waiting, ending):
        assert catalog.plan_again(each.id, audit=an_entry(each)) is None
        assert catalog.get(SYSTEM, each.id) == each
    assert len(audit.list(SYSTEM)) == before


@pytest.mark.parametrize("clearance", [None, *Clearance])
def test_search_finds_what_staff_may_see(catalog: Catalog, index: SearchIndex, clearance: Clearance | None) -> None:
    call = published(catalog, index, "laskusta asiaa")
    changed = catalog.note(
        call, changes={"clearance": clearance, "topics": ("health",) if clearance else ()}, audit=an_entry(call)
    )
    assert (changed.clearance, changed.topics) == (clearance, ("health",) if clearance else ())
    hits = index.search(SYSTEM, "laskusta", only=SearchFilter(), now=NOW)
    assert bool(hits) is (clearance in {None, Clearance.GRANTED})
    listed: list[Recording] = [*catalog.list(SYSTEM, only=SearchFilter(clearance=Clearance.WAITING))]
    assert bool(listed) is (clearance is Clearance.WAITING)

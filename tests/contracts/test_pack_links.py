"""What every book of links must do: one link a case, tries that are counted at once, an end that is an end."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.cases import Case, Cases, CaseState
from storage.errors import NotFound
from storage.pack_links import PackLink, PackLinks
from storage.ports import AuditLog
from storage.records import Scope
from tests.contracts.builders import KESKI, NOW, a_case, a_pack_link, an_entry

SYSTEM = Scope.system()


@pytest.fixture
def case(cases: Cases) -> Case:
    return cases.add(a_case(), audit=an_entry(action="case.opened"))


def kept(pack_links: PackLinks, case: Case, **changes: object) -> PackLink:
    link = a_pack_link(case, **changes)
    pack_links.put(link)
    return link


def test_a_link_is_found_by_its_hash_and_another_takes_its_place(pack_links: PackLinks, case: Case) -> None:
    first = kept(pack_links, case)
    assert pack_links.find(first.digest) == first
    second = kept(pack_links, case)
    assert pack_links.find(first.digest) is None
    assert pack_links.find(second.digest) == second


def test_no_more_tries_are_given_than_there_are_also_all_at_once(pack_links: PackLinks, case: Case) -> None:
    link = kept(pack_links, case)
    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(lambda _: pack_links.count(link.digest, most=5), range(12)))
    assert given.count(True) == 5
    assert not pack_links.count("0" * 64, most=5)


def test_an_end_is_audited_once(pack_links: PackLinks, case: Case, audit: AuditLog) -> None:
    link = kept(pack_links, case)
    for _ in range(2):
        pack_links.end(link.digest, audit=an_entry(action="pack-link.used", controller=KESKI))
    assert pack_links.find(link.digest) is None
    assert [each.action for each in audit.list(SYSTEM)].count("pack-link.used") == 1


def test_what_is_too_old_goes_and_so_does_what_a_case_had(pack_links: PackLinks, case: Case, cases: Cases) -> None:
    old = kept(pack_links, case, ends_at=NOW)
    pack_links.expire(NOW)
    assert pack_links.find(old.digest) is None
    link = kept(pack_links, case)
    pack_links.expire(NOW)
    assert pack_links.find(link.digest) == link
    pack_links.clear()
    assert pack_links.find(link.digest) is None
    closed = cases.add(a_case(state=CaseState.ANSWERED), audit=an_entry(action="case.opened"))
    last = kept(pack_links, closed)
    cases.forget(closed, audit=an_entry(action="case.forgotten"))
    assert pack_links.find(last.digest) is None
    with pytest.raises(NotFound):
        kept(pack_links, closed)

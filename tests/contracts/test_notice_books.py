"""What every NoticeBooks must do: count by queue who was told that the call is recorded."""

from datetime import timedelta

from storage.notices import NoticeBooks, NoticeCount
from storage.ports import Catalog
from storage.records import Kind, Scope
from tests.contracts.builders import NOW, added

DAY = timedelta(days=1)
SYSTEM = Scope.system()


def counted(notices: NoticeBooks, scope: Scope = SYSTEM) -> list[NoticeCount]:
    return [*notices.count(scope, since=NOW - DAY, until=NOW + DAY)]


def test_calls_are_counted_by_queue_and_what_was_heard(catalog: Catalog, notices: NoticeBooks) -> None:
    for told, at in ((True, 3.0), (True, 1.0), (False, None), (None, None)):
        added(catalog, queue="laskut", started_at=NOW, told=told, told_at=at)
    added(catalog, queue=None, started_at=NOW, told=False)
    assert counted(notices) == [
        NoticeCount(controller="keski-energia", kind=Kind.SERVICE, queue=None, told=0, untold=1, unheard=0),
        NoticeCount(controller="keski-energia", kind=Kind.SERVICE, queue="laskut", told=2, untold=1, unheard=1),
    ]


def test_a_later_part_of_a_call_needs_no_notice_of_its_own(catalog: Catalog, notices: NoticeBooks) -> None:
    added(catalog, queue="laskut", started_at=NOW, told=True, told_at=1.0)
    added(catalog, queue="laskut", started_at=NOW + timedelta(minutes=3), call_started_at=NOW, told=False)
    (count,) = counted(notices)
    assert (count.told, count.untold) == (1, 0)


def test_other_days_and_other_registers_are_left_out(catalog: Catalog, notices: NoticeBooks) -> None:
    added(catalog, controller="kuopio", started_at=NOW - 2 * DAY, told=True)
    added(catalog, controller="other", started_at=NOW, told=True)
    assert counted(notices, Scope.of("kuopio")) == []

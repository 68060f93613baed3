"""What every SearchIndex must do: find masked words as Finnish speakers type them, and nothing else."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import LostClaim
from storage.ports import Catalog, SearchIndex
from storage.records import HitCount, Kind, Recording, RecordingId, Scope, SearchFilter, Stage
from tests.contracts.builders import (
    KESKI,
    NOW,
    a_reference,
    a_turn,
    added,
    an_entry,
    moved,
    published,
)

SYSTEM = Scope.system()


def found(index: SearchIndex, query: str, only: SearchFilter | None = None, **options: int) -> list[str]:
    hits = index.search(SYSTEM, query, only=only or SearchFilter(), now=NOW, **options)
    return [hit.recording.id for hit in hits]


def ids(*recordings: Recording) -> list[str]:
    return [recording.id for recording in recordings]


@pytest.mark.parametrize(
    "query",
    ["lasku", "LASKU", "laskut", "laskuillemme", "lask*", '"laskut"', "lasku, eräpäivien!", "erä lasku", "hinta/lasku"],
)
def test_a_word_is_found_by_any_of_its_forms(catalog: Catalog, index: SearchIndex, query: str) -> None:
    call = published(catalog, index, "Siirretään laskun eräpäivää.")
    assert found(index, query) == ids(call)


@pytest.mark.parametrize(
    "query", ["lasku puuttuu", "lask", "asku", '"eräpäivää laskun"', "erapaivaa", "as*", "hinta/maksu"]
)
def test_what_was_not_said_is_not_found(catalog: Catalog, index: SearchIndex, query: str) -> None:
    published(catalog, index, "Siirretään laskun eräpäivää.")
    assert found(index, query) == []


def test_a_letter_with_dots_is_another_letter(catalog: Catalog, index: SearchIndex) -> None:
    dotted = published(catalog, index, "väli")
    plain = published(catalog, index, "vali")
    assert found(index, "väli") == ids(dotted)
    assert found(index, "VÄLI") == ids(dotted)
    assert found(index, "va\u0308li") == ids(dotted)
    assert found(index, "vali") == ids(plain)


def test_all_words_may_be_said_in_different_turns_and_the_hit_shows_the_fullest(
    catalog: Catalog, index: SearchIndex
) -> None:
    call = published(catalog, index, "hyvää päivää", "lasku ja sopimus", "lasku", "kiitos")
    (hit,) = index.search(SYSTEM, "lasku sopimus", only=SearchFilter(), now=NOW)
    assert (hit.recording, hit.turn.text, hit.turn.start) == (call, "lasku ja sopimus", 2.0)
    (hit,) = index.search(SYSTEM, "kiitos lasku", only=SearchFilter(), now=NOW)
    assert hit.turn.text == "lasku ja sopimus"


def test_an_excluded_word_may_be_said_nowhere_in_the_call(catalog: Catalog, index: SearchIndex) -> None:
    published(catalog, index, "lasku", "sopimuksen irtisanominen")
    kept = published(catalog, index, "lasku", "sopimus")
    assert found(index, "lasku -irtisanomisen") == ids(kept)
    assert found(index, "lasku -irtisan*") == ids(kept)
    assert found(index, 'lasku -"sopimuksen irtisanominen"') == ids(kept)


@pytest.mark.parametrize(
    "query", ["", "  ", '"', '""', "-lasku", "- !", "***", "'", "\x00", "^", "()", "-", "\ud800", "/"]
)
def test_a_query_without_words_says_so(index: SearchIndex, query: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        found(index, query)


def test_a_query_of_too_many_words_says_so(index: SearchIndex) -> None:
    with pytest.raises(ValueError, match="more than 32"):
        found(index, "sana " * 33)


@pytest.mark.parametrize(
    "query",
    [
        "lasku AND",
        "NOT lasku",
        "OR",
        "NEAR(lasku eräpäivä)",
        "text:lasku",
        "lasku*",
        "(lasku",
        'lasku"',
        "a-b",
        "l^a",
        "lasku/",
        "*/lasku",
    ],
)
def test_the_index_has_no_query_language_of_its_own(catalog: Catalog, index: SearchIndex, query: str) -> None:
    published(catalog, index, "laskun eräpäivä")
    found(index, query)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"-*^():+ lasku')), max_size=60))
def test_nothing_that_is_typed_is_a_syntax_error(index: SearchIndex, query: str) -> None:
    with suppress(ValueError):  # no words, or too many
        assert found(index, query) == []


def test_hits_come_newest_call_first_and_no_more_than_asked(catalog: Catalog, index: SearchIndex) -> None:
    calls = [published(catalog, index, "lasku", started_at=NOW - timedelta(hours=h)) for h in (3, 1, 2)]
    assert found(index, "lasku") == ids(calls[1], calls[2], calls[0])
    assert found(index, "lasku", limit=1) == ids(calls[1])


@pytest.mark.parametrize("stage", [Stage.QUARANTINED, Stage.PLANNED, Stage.PURGING])
def test_only_published_recordings_are_found(catalog: Catalog, index: SearchIndex, stage: Stage) -> None:
    call = published(catalog, index, "lasku")
    if stage == Stage.PURGING:
        catalog.begin_purge(call.id, reason="erasure", audit=an_entry(call))
    else:
        moved(catalog, call, stage)
    assert index.knows(call.id) == 1
    assert found(index, "lasku") == []


def test_a_recording_is_not_found_from_the_moment_of_its_deletion(catalog: Catalog, index: SearchIndex) -> None:
    call = published(catalog, index, "lasku", delete_at=NOW + timedelta(hours=1))
    just_before = call.delete_at - timedelta(microseconds=1)
    assert index.search(SYSTEM, "lasku", only=SearchFilter(), now=just_before)
    assert index.search(SYSTEM, "lasku", only=SearchFilter(), now=call.delete_at) == []


def test_a_search_is_narrowed_by_kind_customer_and_dates(catalog: Catalog, index: SearchIndex) -> None:
    reference = a_reference()
    wanted = published(
        catalog,
        index,
        "lasku",
        kind=Kind.CONTRACT,
        references=[reference],
        queue="q",
        agent="a",
        direction="inbound",
        language="sv",
        seconds=61.5,
        findings={"IBAN_CODE": 1, "PERSON": 2},
        started_at=NOW - timedelta(days=3),
    )
    published(catalog, index, "lasku", references=[a_reference()], seconds=20.0, findings={"PERSON": 1})
    for only in (
        SearchFilter(kind=Kind.CONTRACT),
        SearchFilter(customer=catalog.find_customer(SYSTEM, KESKI, reference)),
        SearchFilter(until=NOW - timedelta(days=2)),
        SearchFilter(since=wanted.started_at, until=wanted.started_at + timedelta(hours=1)),
        SearchFilter(queue="q"),
        SearchFilter(agent="a"),
        SearchFilter(direction="inbound"),
        SearchFilter(language="sv"),
        SearchFilter(shortest=60.0),
        SearchFilter(longest=61.5, shortest=61.5),
        SearchFilter(masked=("IBAN_CODE",)),
        SearchFilter(masked=("IBAN_CODE", "PERSON"), kind=Kind.CONTRACT),
    ):
        assert found(index, "lasku", only) == ids(wanted)


def test_indexing_again_replaces_what_was_there(catalog: Catalog, index: SearchIndex) -> None:
    call = published(catalog, index, "lasku", "sopimus")
    index.put(call, [a_turn("muutto")])
    assert index.knows(call.id) == 1
    assert found(index, "lasku") == []
    assert found(index, "muutto") == ids(call)


def test_removing_counts_what_was_there_and_leaves_the_others(catalog: Catalog, index: SearchIndex) -> None:
    call, other = published(catalog, index, "lasku", "lasku"), published(catalog, index, "lasku")
    assert index.remove(call.id) == 2
    assert index.remove(call.id) == 0
    assert index.knows(call.id) == 0
    index.scrub()
    assert found(index, "lasku") == ids(other)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("siirryin asiakkaalle", "asiakas"),
        ("asiakas soitti", "asiakkaalle"),
        ("laskunmaksu myöhästyi", "lasku"),
        ("sähkösopimuksen hinta", "sopimus"),
        ("puhelutallenteita kuunneltiin", "tallenne"),
        ("katsoin mun laskuani", "lasku"),
        ("maksoinks mä sen", "maksaa"),
        ("kaks laskua tuli", "kaksi"),
        ("uudessa datahubissa", "datahub"),
        ("avtalets pris höjdes", "avtal priset"),
        ("två fakturor kom", "faktura"),
        ("your contracts and prices", "contract price"),
    ],
)
def test_each_form_finds_the_others_in_finnish_swedish_and_english(
    catalog: Catalog, index: SearchIndex, said: str, asked: str
) -> None:
    call = published(catalog, index, said)
    published(catalog, index, "jotain muuta")
    assert found(index, asked) == ids(call)


def test_words_in_quotes_are_said_one_after_another_in_any_form(catalog: Catalog, index: SearchIndex) -> None:
    call = published(catalog, index, "sain kaksi laskua", "samalta kuulta")
    published(catalog, index, "laskua sain kaksi")
    for query in ('"kaksi laskua"', '"kahden laskun"', '"saada kaksi laskua"', 'kuu "kaksi lasku"'):
        assert found(index, query) == ids(call)
    assert found(index, '"laskua samalta"') == []  # nobody said it: it begins in another turn


def test_calls_that_say_the_words_apart_stand_in_nobodys_way(catalog: Catalog, index: SearchIndex) -> None:
    moments = [NOW - timedelta(days=n) for n in range(50)]
    said = ["kaksi laskua" if n % 10 == 9 else "laskua kaksi" for n in range(50)]
    calls = [published(catalog, index, text, started_at=at) for text, at in zip(said, moments, strict=True)]
    together = ids(*calls[9::10])
    assert found(index, '"kaksi laskua"') == found(index, 'lasku "kaksi lasku"') == together
    assert found(index, '"kaksi laskua"', limit=2) == together[:2]
    apart = [each for each in ids(*calls) if each not in together]
    assert found(index, 'kaksi -"kaksi laskua"', limit=50) == apart
    assert found(index, '"kaksi laskua"', SearchFilter(until=moments[20])) == together[2:]


def test_a_hit_shows_where_in_the_turn_it_is_said(catalog: Catalog, index: SearchIndex) -> None:
    published(catalog, index, "hei", "Laskun [PERSON] eräpäivä, ja laskua sähkölaskusta")
    (hit,) = index.search(SYSTEM, "lasku hei", only=SearchFilter(), now=NOW)
    assert (hit.turn.text, [hit.turn.text[a:b] for a, b in hit.found]) == ("hei", ["hei"])
    (hit,) = index.search(SYSTEM, '"ja lasku" lasku', only=SearchFilter(), now=NOW)
    said = [hit.turn.text[a:b] for a, b in hit.found]
    assert said == ["Laskun", "ja laskua", "laskua", "sähkölaskusta"]
    assert hit.turn.start == 2.0


def test_what_stands_for_a_mask_is_no_word(catalog: Catalog, index: SearchIndex) -> None:
    published(catalog, index, "soitti [PERSON] numerosta [PHONE_NUMBER*67] ja [PERSON-7F3A09]")
    for query in ("person", "phone", "number", "67", "7f3a09"):
        assert found(index, query) == []


def test_pages_follow_one_another_without_a_gap(catalog: Catalog, index: SearchIndex) -> None:
    calls = [published(catalog, index, "lasku", started_at=NOW - timedelta(minutes=n // 3)) for n in range(10)]
    pages: list[str] = []
    after = None
    while hits := index.search(SYSTEM, "lasku", only=SearchFilter(), limit=3, after=after, now=NOW):
        pages += [hit.recording.id for hit in hits]
        after = hits[-1].number
        published(catalog, index, "lasku", started_at=NOW)  # what comes meanwhile moves nothing
    assert sorted(pages) == sorted(ids(*calls))
    moments = {call.id: call.started_at for call in calls}
    assert [moments[RecordingId(each)] for each in pages] == sorted(moments.values(), reverse=True)


def test_calls_of_many_months_are_found_newest_first(catalog: Catalog, index: SearchIndex) -> None:
    calls = [published(catalog, index, "lasku", started_at=NOW - timedelta(days=20 * n)) for n in range(8)]
    assert found(index, "lasku") == ids(*calls)
    assert found(index, "lasku", limit=5) == ids(*calls[:5])
    only = SearchFilter(since=NOW - timedelta(days=61), until=NOW - timedelta(days=19))
    assert found(index, "lasku", only) == ids(*calls[1:4])


def test_what_is_found_is_counted_up_to_a_limit(
    catalog: Catalog, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        published(catalog, index, "lasku")
    published(catalog, index, "lasku", queue="q")
    for queue, calls in ((None, 6), ("q", 1)):
        only = SearchFilter(queue=queue)
        assert index.count(SYSTEM, "lasku", only=only, now=NOW) == HitCount(calls=calls, more=False, unread=0)
    monkeypatch.setattr("storage.sql.search.COUNTED_AT_MOST", 4)
    assert index.count(SYSTEM, "lasku", only=SearchFilter(), now=NOW) == HitCount(calls=4, more=True, unread=0)


def test_what_an_older_edition_indexed_is_indexed_anew(
    catalog: Catalog, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = published(catalog, index, "laskun eräpäivä")
    published(catalog, index, "muutto", "lasku")
    monkeypatch.setattr("storage.sql.search.edition", lambda: "other")
    assert index.count(SYSTEM, "muutto", only=SearchFilter(), now=NOW).unread == 2
    assert [index.renew(1), index.renew(1), index.renew(1)] == [1, 1, 0]
    assert index.count(SYSTEM, "muutto", only=SearchFilter(), now=NOW).unread == 0
    assert call.id in found(index, "lasku")
    assert len(found(index, "lasku")) == 2
    assert index.remove(call.id) == 1
    index.scrub()
    assert len(found(index, "lasku")) == 1


def test_many_are_removed_at_once(catalog: Catalog, index: SearchIndex) -> None:
    calls, other = [published(catalog, index, "lasku", "muutto") for _ in range(3)], published(catalog, index, "lasku")
    assert index.remove_all([each.id for each in calls]) == 6
    assert found(index, "lasku") == ids(other)


def test_turns_of_a_recording_that_is_not_there_are_refused(catalog: Catalog, index: SearchIndex) -> None:
    call = added(catalog)
    begun = catalog.begin_purge(call.id, reason="erasure", audit=an_entry(call))
    for late in (call, begun):
        with pytest.raises(LostClaim):
            index.put(late, [a_turn("lasku")])
    assert index.knows(call.id) == 0

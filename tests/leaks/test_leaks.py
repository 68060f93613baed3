"""Canary persons on every way through Vaiti are readable nowhere but where the story says: T19 and T20."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.leaks.canaries import IDENTITY_CODE, PHONE, canary, find, plain, written
from tests.leaks.running import Installation, installed, wait_for
from tests.leaks.senders import push_files
from tests.leaks.story import KEPT, Story
from tests.postgres import PostgresServer
from tests.redis_server import RedisServer
from tests.s3_server import S3Server

EMBEDDED, DISTRIBUTED = "embedded", "on Redis, PostgreSQL and S3"


@pytest.fixture(params=[EMBEDDED, DISTRIBUTED])
def here(request: pytest.FixtureRequest) -> Iterator[Installation]:
    if request.param == EMBEDDED:
        with installed() as one:
            one.start("serve")
            yield one
        return
    request.getfixturevalue("redis_server")  # skips where Redis is not installed
    database, store = request.getfixturevalue("postgres_url"), request.getfixturevalue("s3_server")
    with installed(redis=True, database=database, bucket=store.make_bucket(versioned=True)) as several:
        several.start("serve")
        wait_for((several.folder / "data" / "keys.db").exists)
        several.start("worker")
        several.start("schedule")
        yield several


def test_canary_persons_are_readable_nowhere(here: Installation, request: pytest.FixtureRequest) -> None:
    with here.client() as client:
        story = Story(here, client)
        story.push_calls()
        story.push_what_is_refused()
        push_files(story)
        story.wait()
        story.ask()
        commands(here, story)
        metrics = client.get("/api/v1/metrics").text
        client.get("/health/ready")
        cells, places = [*here.cells()], [*here.living(), *here.redis_values()]
        check_processes(here)
        if here.redis is not None:
            check_redis(here.redis)  # before the kill: what a killed worker had begun has no end until it is swept
        kill(here, story)
        cells, places = [*cells, *here.cells()], [*places, *here.redis_values(), *here.objects()]
    if here.redis is not None:
        with Redis.from_url(here.redis) as redis:
            redis.save()
    here.stop()
    places += here.files()
    if here.database is not None:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        places.append(("the log of PostgreSQL", (server.folder / "log").read_bytes()))
        store: S3Server = request.getfixturevalue("s3_server")
        places += [(str(each), each.read_bytes()) for each in store.folder.rglob("*.log")]
        assert sum(place.startswith("the object ") for place, _ in places) > 10
    assert sum(len(content) for _, content in places) > 1_000_000
    assert find(story.wrote, [*places, *cells, *here.answers]) == []
    # what telephony and an officer call their own things by is where it was put, and told to who may ask alone
    assert find(KEPT, [place for place in places if not is_catalog(place[0])]) == []
    assert set(find(KEPT, cells)) == {f"{value} in {column}" for value, columns in KEPT.items() for column in columns}
    assert "step.ended" in here.output("worker" if here.redis else "serve")
    assert "process.thread-died" in here.output("worker" if here.redis else "serve")
    assert 'vaiti_workers{weight="speech"} 1.0' in metrics
    assert 'vaiti_stopped_total{slug="fault",stage="failed"}' in metrics
    assert "api.fault" in here.output("serve")


def commands(here: Installation, story: Story) -> None:
    """The command line, with a canary in what it reads and in what it refuses."""
    facts = here.folder / "home" / "facts.json"
    facts.write_text(f'{{"call_id": "{story.says("komento")}"', encoding="utf-8")
    audio = here.folder / "home" / "call.wav"
    audio.write_bytes(b"RIFF")
    hold = ["hold", "place", "--controller", "kuopio", "--ground", "legal-claim", "--case", plain("tapaus")]
    asked = {
        "push": (["push", str(audio), "--facts", str(facts)], "", 2),
        "search": (["search", "-"], f"{story.says('sana')}\n", 0),
        "hold": ([*hold, "--reference", "-"], f"customer_number:{story.says('pidätys')}\n", 1),
        "failed": (["failed", "--json"], "", 0),
        "review": (["review", "list"], "", 0),
        "doctor": (["doctor"], "", 1),
    }
    running = {
        name: here.start(*command, name=f"command-{name}", given=given) for name, (command, given, _) in asked.items()
    }
    for name, process in running.items():
        assert process.wait(120) == asked[name][2], here.output(f"command-{name}")
    facts.unlink()  # what was written for the test itself


def kill(here: Installation, story: Story) -> None:
    """Let a worker end without a word while it holds a call's words: T2. Embedded, that is the service itself."""
    name = next(each for each in here.processes if each.startswith("worker" if here.redis else "serve"))
    story.push_what_kills()
    assert here.processes[name].wait(120) == -signal.SIGKILL


def check_processes(here: Installation) -> None:
    """No process of ours may leave a core."""
    numbers = here.numbers()
    assert len(numbers) >= (3 if here.redis else 1)
    for number in numbers:
        limits = dict(line.split("  ", 1) for line in (number / "limits").read_text().splitlines()[1:])
        assert set(limits["Max core file size"].split()[:2]) <= {"0", "1"}, (number / "cmdline").read_bytes()


def check_redis(address: str) -> None:
    """Every key has an end, or is a list of what waits or works; a job has none while it is worked on."""
    with Redis.from_url(address) as client:

        def is_calm() -> bool:
            endless = {key.decode() for key in client.scan_iter() if client.ttl(key) == -1}
            return not {key for key in endless if not key.startswith(("rq:queue", "rq:worker"))}

        wait_for(is_calm)


def is_catalog(place: str) -> bool:
    """The catalog's own files, and the journal of what a restored one must not forget."""
    return place.startswith(("data/catalog.db", "data.journal"))


# -- the search itself


@pytest.mark.parametrize("hidden", sorted(set(written(canary("koe"))), key=repr), ids=repr)
def test_the_search_finds_a_planted_canary_however_it_is_written(hidden: bytes) -> None:
    assert find([canary("koe")], [("a file", b"before " + hidden + b" after")]) == [f"{canary('koe')} in a file"]
    assert find([PHONE], [("a file", b"before " + hidden + b" after")]) == []


def test_the_search_finds_what_is_planted_in_each_place(tmp_path: Path, redis_server: RedisServer) -> None:
    here = Installation(tmp_path, {}, redis=redis_server.url)
    with Redis.from_url(redis_server.url) as client:
        client.hset("rq:job:x", "data", canary("koe"))
        client.rpush("list", canary("koe"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / "spool").write_text(f"... {IDENTITY_CODE} ...", encoding="utf-16")
    found = find([canary("koe"), IDENTITY_CODE], [*here.redis_values(), *here.files()])
    assert len(found) == 3

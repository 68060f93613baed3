"""Two hundred orders of thirty acts each with the whole service, and wherever its processes die (T30).

On SQLite and a folder, and on PostgreSQL with an S3 server. `VAITI_RUNS=20 make soak` tries fewer.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from recordings.settings import load_settings
from tests.faults.whole_service import WholeService
from tests.integration.conftest import CONTROLLERS, home, in_a_bucket
from tests.postgres import PostgresServer
from tests.s3_server import S3Server

__all__ = ["home"]

pytestmark = pytest.mark.soak
RUNS, STEPS = int(os.environ.get("VAITI_RUNS", "200")), 30


def run(machine: type[WholeService]) -> None:
    """Try orders that differ from one soak to the next; what fails is printed, to be tried again."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def settled(home: Path) -> tuple[Path, Path]:
    """A folder of its own for each run, and its controllers file."""
    own = Path(mkdtemp(dir=home))
    (own / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    return own, own / "controllers.toml"


def test_any_order_of_everything_on_sqlite_and_a_folder(home: Path) -> None:
    class OnOneMachine(WholeService):
        def __init__(self) -> None:
            super().__init__()
            self.home, controllers = settled(home)
            self.settings = load_settings(data=self.home / "data", controllers=controllers)

    run(OnOneMachine)


def test_any_order_of_everything_on_postgresql_and_s3(
    home: Path, postgres_server: PostgresServer, s3_server: S3Server
) -> None:
    class OnServers(WholeService):
        def __init__(self) -> None:
            super().__init__()
            self.home, controllers = settled(home)
            self.stack = ExitStack()
            url = self.stack.enter_context(postgres_server.database())
            own = load_settings(data=self.home / "data", controllers=controllers, database_url=url)
            self.settings = in_a_bucket(own, s3_server)

        def teardown(self) -> None:
            with self.stack:
                super().teardown()

    run(OnServers)

"""Whatever is done with the whole service in any order, and wherever its processes die, it comes to rest as promised.

On SQLite and a folder, some orders of some acts; `tests/soak/test_any_order_of_everything.py` tries many more, and
PostgreSQL with an S3 server.
"""

from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from recordings.settings import load_settings
from tests.faults.whole_service import WholeService
from tests.integration.conftest import CONTROLLERS, home

__all__ = ["home"]

RUNS, STEPS = 5, 20


def test_any_order_of_everything_ends_with_what_was_promised(home: Path) -> None:
    class OnOneMachine(WholeService):
        def __init__(self) -> None:
            super().__init__()
            self.home = Path(mkdtemp(dir=home))
            controllers = self.home / "controllers.toml"
            controllers.write_text(CONTROLLERS, encoding="utf-8")
            self.settings = load_settings(data=self.home / "data", controllers=controllers)

    run_state_machine_as_test(
        OnOneMachine,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,  # the machine may be busy
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )

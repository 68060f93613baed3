"""A live service on the sample calls: real stores, real HTTP, real codec and detector; hearing as a test chooses."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.true_words import TrueWords
from workers.client import Client, local_url
from workers.clock import SystemClock
from workers.demo.folder import CONTROLLER, make_folder
from workers.demo.samples import Sample, load_samples
from workers.demo.screen import Screen
from workers.demo.stage import Stage
from workers.demo.working import wait_until_settled
from workers.engines.model_folder import list_models
from workers.place import demo_settings
from workers.service import Service, open_vaiti


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A service in which every sample call has been worked on, and is still there."""

    folder: Path
    stage: Stage
    client: Client

    def audio(self, sample: Sample) -> bytes:
        """The masked sound, over HTTP."""
        return self.client.read_audio(self.stage.ids[sample.name])

    def plan(self, sample: Sample) -> dict[str, Any]:
        """The plan that held."""
        vaiti = self.stage.vaiti
        plan: dict[str, Any] = vaiti.view.read_plan(vaiti.controllers.scope, self.stage.ids[sample.name])  # type: ignore[arg-type]
        return plan


def work_on_samples(folder: Path) -> Iterator[Worked]:
    """Push every sample and wait until the worker is done with them."""
    make_folder(folder)
    clock = SystemClock()
    settings = demo_settings(folder, port=0)
    vaiti = open_vaiti(settings, clock=clock)
    with (
        Service(vaiti) as service,
        Client(url=local_url(settings.host, service.port), token=settings.read_token()) as client,
    ):
        stage = Stage(
            screen=Screen(), folder=folder, settings=settings, vaiti=vaiti, client=client, samples=load_samples()
        )
        for sample in stage.samples:
            state = client.push(sample.audio, sample.facts(controller=CONTROLLER, now=clock.now()))
            stage.ids[sample.name], stage.states[sample.name] = state["id"], state
        assert wait_until_settled(stage)
        yield Worked(folder=folder, stage=stage, client=client)
    vaiti.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def truly_heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """The service with a transcriber that makes no mistake."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workers.service.transcriber_builder", lambda *_, **__: TrueWords)
        yield from work_on_samples(tmp_path_factory.mktemp("true") / "demo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstrated:
    """`vaiti demo --keep` as a newcomer runs it, and the service on what it left."""

    worked: Worked
    code: int
    printed: bytes


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstrated]:
    """Run the demo with its speech model: no terminal, standard input closed, a home of its own."""
    if not list_models():
        pytest.skip("the demo model is not in this tree")
    home = tmp_path_factory.mktemp("home")
    folder = home / "vaiti-demo"
    command = [sys.executable, "-c", "import os; os.close(0); from workers.main import run; run()"]
    done = subprocess.run(
        [*command, "demo", "--keep", "--folder", str(folder)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    settings = demo_settings(folder, port=0)
    vaiti = open_vaiti(settings, clock=SystemClock())
    with (
        Service(vaiti) as service,
        Client(url=local_url(settings.host, service.port), token=settings.read_token()) as client,
    ):
        stage = Stage(
            screen=Screen(), folder=folder, settings=settings, vaiti=vaiti, client=client, samples=load_samples()
        )
        by_agent = {(each.kind.value, each.agent): each.id for each in vaiti.view.list(vaiti.controllers.scope)}
        for sample in stage.samples:
            stage.ids[sample.name] = by_agent[sample.document["kind"], sample.document["agent"]]
            stage.states[sample.name] = client.get_recording(stage.ids[sample.name])
        worked = Worked(folder=folder, stage=stage, client=client)
        yield Demonstrated(worked=worked, code=done.returncode, printed=done.stdout + done.stderr)
    vaiti.close()

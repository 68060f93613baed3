"""The command line `vaiti`: commands are put together here; what they do is in `workers/cli/`."""

from __future__ import annotations

import os

import typer

from recordings.errors import BadAudio, Refused, SpeechFailed, VaitiError
from redaction.errors import BadInput, RedactionError
from storage.errors import StorageError
from workers import process
from workers.cli import (
    api_keys,
    audit,
    backup,
    beside,
    calls,
    cases,
    checks,
    disclosures,
    ending,
    evaluate,
    failed,
    hold,
    keys,
    models,
    objections,
    periods,
    persons,
    processes,
    push,
    redact,
    requests,
    restrict,
    review,
    service,
    sweeps,
    users,
)
from workers.cli.common import Exit, stop
from workers.files import CannotWrite
from workers.runner import attempt

app = typer.Typer(
    name="vaiti",
    help="Call recordings that keep quiet: transcribe, mask, search, answer and provably delete.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback shows values
)
for command in (service.demo, service.serve, push.push, redact.redact, evaluate.evaluate, calls.search):
    app.command()(command)
app.command("facts")(calls.add_facts)
calls.request.command("open")(requests.open_request)
calls.request.command("proved")(requests.proved_identity)
calls.request.command("answered")(requests.answered)
app.add_typer(calls.request, name="request")
app.add_typer(cases.case, name="case")
app.add_typer(objections.objection, name="objection")
app.add_typer(beside.rectify, name="rectify")
app.add_typer(beside.cut, name="cut")
app.add_typer(persons.person, name="person")
app.add_typer(hold.hold, name="hold")
app.add_typer(restrict.restrict, name="restrict")
app.add_typer(disclosures.disclosure, name="disclosure")
app.add_typer(periods.periods, name="periods")
app.add_typer(review.review, name="review")
app.command()(review.remask)
app.command()(failed.failed)
app.command()(ending.purge)
app.add_typer(ending.receipts, name="receipts")
app.add_typer(audit.audit, name="audit")
app.add_typer(models.models, name="models")
app.add_typer(keys.keys, name="keys")
app.add_typer(api_keys.api_keys, name="api-keys")
app.add_typer(users.users, name="users")
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(checks.doctor)
app.command()(checks.alive)
app.command()(processes.worker)
app.command()(processes.schedule)
app.command()(sweeps.sweep)
app.add_typer(sweeps.report, name="report")


def run() -> None:
    """Run the command line. Whatever goes wrong, it ends with one line and a code."""
    process.begin()
    # numpy's small products (pressed keys) on many threads wait more than they compute: 2 s a call, not 0.5
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 - written for a library, before it is loaded
    tried = attempt(_run_app)
    if tried.error == ModuleNotFoundError.__name__:  # an upgrade of the program without its libraries
        stop("a library is missing: install requirements.txt again (docs/install.md)", Exit.FAULT, slug=tried.slug)
    if tried.error is not None:
        stop(f"something went wrong inside Vaiti ({tried.error}); please report it", Exit.FAULT, slug=tried.slug)


def _run_app() -> None:
    """Run a command; our own errors carry a text without values that says what to do."""
    try:
        app()
    except (Refused, BadAudio, SpeechFailed, BadInput) as refusal:
        stop(str(refusal), Exit.REFUSED, slug=refusal.slug)
    except CannotWrite as fault:
        stop(str(fault), Exit.USAGE, slug=fault.slug)
    except (VaitiError, RedactionError, StorageError) as fault:
        stop(str(fault) or (type(fault).__doc__ or ""), Exit.FAULT, slug=fault.slug)

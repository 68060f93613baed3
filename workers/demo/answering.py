"""The middle of the story: people work with the masked copies, and one customer gets her own calls."""

from __future__ import annotations

import io
import secrets
from collections import Counter
from collections.abc import Iterator

from recordings.turns import Turn, split_turns
from redaction.interchange import transcript_from_dict
from workers.demo.coverage import overlaps
from workers.demo.folder import CONTROLLER
from workers.demo.samples import Sample
from workers.demo.stage import Stage
from workers.engines.codec import AvCodec
from workers.files import whole_file

LONGEST_SHOWN = 16
# Turns of the transcript on the screen; the page shows all.
SHORTEST_QUERY = 6
# Letters: shorter words are everywhere.
CASE = "DEMO-1"
IDENTITY_CODE = "FI_PERSONAL_IDENTITY_CODE"
EXAMPLE = "masked-example.wav"


def show_transcript(stage: Stage) -> None:
    """Show one masked transcript."""
    stage.screen.title("One masked transcript")
    if not stage.published:
        stage.screen.line("  No call is published.")
        return
    sample = _best(stage)
    stage.screen.line(f"  {sample.name}: {sample.title}")
    shown = hidden = 0
    for turn in _turns(stage, sample):
        if shown >= LONGEST_SHOWN:
            break
        if overlaps(stage.gaps(sample), turn.start, turn.end):
            hidden += 1
            continue
        shown += 1
        who = "agent   " if turn.channel == 0 else "customer"
        stage.screen.line(f"  {int(turn.start) // 60:02d}:{int(turn.start) % 60:02d} {who}  {turn.text}")
    if hidden:
        stage.screen.line(f"  ({hidden} turns are not printed: something personal was not covered in them)")


def show_search(stage: Stage) -> str:
    """Search for a word of a call and show the hit; returns the word."""
    stage.screen.title("One search, in masked words only")
    for query, sample in _queries(stage):
        hits = stage.client.search(query)
        safe = [hit for hit in hits if hit["recording"]["id"] == stage.ids[sample.name]]
        safe = [hit for hit in safe if not overlaps(stage.gaps(sample), hit["turn"]["start"], hit["turn"]["end"])]
        if safe:
            turn = safe[0]["turn"]
            stage.screen.line(f"  {query!r}: {len(hits)} {'hit' if len(hits) == 1 else 'hits'}; the newest of them:")
            stage.screen.line(f"  {sample.name} at {turn['start']:.1f} s: {turn['text']}")
            return query
    stage.screen.line("  No word of the calls was recognised well enough to be found.")
    return "asiakaspalvelu"


def export_access(stage: Stage) -> None:
    """Write the archive of the customer who has most calls, through the vault's own door."""
    stage.screen.title("One customer asks for her own calls")
    counts = Counter((each["type"], each["value"]) for s in stage.samples for each in s.document["customer"])
    (kind, value), calls = counts.most_common(1)[0]
    out = stage.folder / f"access-{CASE}.zip"
    passphrase = secrets.token_urlsafe(18)
    body = {
        "type": "access",
        "customer": stage.client.find_customer(CONTROLLER, kind, value),
        "case": CASE,
        "purpose": "access-request",
        "passphrase": passphrase,
    }
    with whole_file(out) as file:
        size = stage.client.request_access(body, file)
    stage.screen.line(f"  {out}: {calls} calls, complete and unedited, AES-256, {size / 1e6:.1f} MB")
    stage.screen.line(f"  Passphrase, shown only now: {passphrase}")
    stage.screen.line("  The opening of the vault was written to the audit log first, with its purpose and case.")


def write_example(stage: Stage) -> None:
    """Leave one masked call where a newcomer can play it at once."""
    stage.screen.title("Listen")
    if not stage.published:
        stage.screen.line("  No call is published.")
        return
    sample = _best(stage)
    codec = AvCodec()
    masked = io.BytesIO(stage.client.read_audio(stage.ids[sample.name]))
    facts = codec.probe(masked)
    out = stage.folder / EXAMPLE
    with whole_file(out) as file:
        codec.encode_wav(codec.decode(masked), rate=facts.rate, channels=facts.channels, bits=facts.bits, out=file)
    stage.screen.line(f"  {out} is the call {sample.name} with a tone where something personal is said.")
    stage.screen.line(
        "  All masked calls are heard only through the service (`vaiti serve`): on disk they are encrypted."
    )


def _best(stage: Stage) -> Sample:
    """Choose the call to show: one in which an identity code was found, and as little as possible was not covered."""

    def rank(sample: Sample) -> tuple[bool, float]:
        found = stage.states[sample.name]["findings"]
        return IDENTITY_CODE not in found, sum(gap.seconds for gap in stage.gaps(sample))

    return min(stage.published, key=rank)


def _turns(stage: Stage, sample: Sample) -> tuple[Turn, ...]:
    return split_turns(transcript_from_dict(stage.client.get_transcript(stage.ids[sample.name])).words)


def _queries(stage: Stage) -> Iterator[tuple[str, Sample]]:
    """Yield words that were said in a call, are not personal, and stand in its masked transcript."""
    for sample in stage.published:
        personal = {i for each in sample.personal for i in range(each.first, each.last + 1)}
        said = {
            word["text"].casefold()
            for index, word in enumerate(sample.words)
            if index not in personal and len(word["text"]) >= SHORTEST_QUERY
        }
        written = {word.text.casefold() for turn in _turns(stage, sample) for word in turn.words}
        for query in sorted(said & written, key=lambda word: (-len(word), word)):
            yield query, sample

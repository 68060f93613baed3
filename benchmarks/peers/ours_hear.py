"""Sound to words as the service does it. Arguments: the sound. Says the words."""

from __future__ import annotations

import sys
from pathlib import Path

from loop import serve

from redaction.model import Channel
from workers.engines.codec import AvCodec
from workers.engines.model_folder import find_model
from workers.engines.whisper import WhisperTranscriber

source = Path(sys.argv[1])
codec, transcriber = AvCodec(), WhisperTranscriber(find_model("demo"), cpu_threads=2)


def hear() -> str:
    """Return what was heard, in the order of the channels."""
    with source.open("rb") as sound:
        facts = codec.probe(sound)
        channels = tuple(Channel() for _ in range(facts.channels))
        heard = transcriber.transcribe(codec.decode(sound), rate=facts.rate, channels=channels, language="fi")
    said = heard.transcript.words
    return " ".join(word.text for number in range(facts.channels) for word in said if word.channel == number)


serve(hear)

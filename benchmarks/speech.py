"""Speech to words on a shipped sample: the transcriber against faster-whisper's own two ways, with the same model."""

from __future__ import annotations

import io
from pathlib import Path

from benchmarks.pairs import Row, compare
from recordings.engines import Transcriber
from redaction.model import Channel
from workers.engines.codec import AvCodec
from workers.engines.model_folder import find_model
from workers.engines.whisper import WhisperTranscriber

SAMPLES = Path(__file__).resolve().parents[1] / "workers" / "samples"


def rows() -> list[Row]:
    """Both channels of a short call, channel by channel for the library."""
    import faster_whisper  # noqa: PLC0415 - a peer, loaded when it is measured

    sound = min(SAMPLES.glob("*.flac"), key=lambda path: path.stat().st_size)
    call, codec, folder = sound.read_bytes(), AvCodec(), find_model("demo")
    facts = codec.probe(io.BytesIO(call))
    channels = tuple(Channel() for _ in range(facts.channels))
    ours: Transcriber = WhisperTranscriber(folder, cpu_threads=2)
    model = faster_whisper.WhisperModel(
        str(folder.path), device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True
    )

    def as_vaiti() -> object:
        return ours.transcribe(codec.decode(io.BytesIO(call)), rate=facts.rate, channels=channels, language="fi")

    def channel_by_channel(*, batched: bool) -> object:
        heard = []
        for channel in faster_whisper.decode_audio(io.BytesIO(call), split_stereo=True):
            options = {"language": "fi", "word_timestamps": True, "vad_filter": True, "temperature": 0.0}
            if batched:
                segments, _ = faster_whisper.BatchedInferencePipeline(model).transcribe(
                    channel, batch_size=8, **options
                )
            else:
                segments, _ = model.transcribe(channel, **options)
            heard.append(list(segments))
        return heard

    name = f"transcribe {facts.seconds or 0:.0f} s, 2 channels"
    return [
        compare(name, as_vaiti, "faster-whisper batched", lambda: channel_by_channel(batched=True)),
        compare(name, as_vaiti, "faster-whisper plain", lambda: channel_by_channel(batched=False)),
    ]

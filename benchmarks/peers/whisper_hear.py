"""Sound to words with plain faster-whisper, channel by channel.

Arguments: plain or batched, the model's folder, the sound.
"""

from __future__ import annotations

import sys

import faster_whisper
from loop import serve

way, folder, source = sys.argv[1:]
model = faster_whisper.WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True)
batched = faster_whisper.BatchedInferencePipeline(model)
options = {"language": "fi", "word_timestamps": True, "vad_filter": True, "temperature": 0.0}


def hear() -> str:
    """Return what was heard, in the order of the channels."""
    heard = []
    for channel in faster_whisper.decode_audio(source, split_stereo=True):
        if way == "batched":
            segments, _ = batched.transcribe(channel, batch_size=8, **options)
        else:
            segments, _ = model.transcribe(channel, **options)
        heard += [word.word.strip() for segment in segments for word in segment.words]
    return " ".join(heard)


serve(hear)

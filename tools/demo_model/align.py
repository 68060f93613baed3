"""Choose `alignment_heads` by measuring: which decoder heads give word times closest to the truth.

Every head alone, then pairs of the best, through CTranslate2's own alignment on 30 s windows with the true text. The
default of CTranslate2 (upper half of the layers, all heads) is measured for comparison. `--write` puts the winner into
config.json. Takes about a minute.
"""

import argparse
import itertools
import json
import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np

from tools.demo_model.dataset import read_shard
from tools.demo_model.tokens import Codec
from tools.demo_model.windows import Assembler, Window

Heads = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Result:
    """Word start and end errors in seconds, absolute."""

    start_median: float
    start_p90: float
    end_median: float
    end_p90: float

    def badness(self) -> float:
        """Starts and ends count alike; the tail more than the middle."""
        return self.start_median + self.end_median + self.start_p90 + self.end_p90


def measure(folder: Path, heads: Heads, windows: list[Window], codec: Codec) -> Result:
    """Errors with these heads, given the true words."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "model"
        shutil.copytree(folder, copy)
        config = json.loads((copy / "config.json").read_text(encoding="utf-8"))
        (copy / "config.json").write_text(json.dumps(config | {"alignment_heads": [list(head) for head in heads]}))
        model = ctranslate2.models.Whisper(str(copy), device="cpu", compute_type="int8", intra_threads=1)
    starts, ends = [], []
    for window in windows:
        text = window.tokens[len(codec.prompt) : -1]
        sound = model.encode(ctranslate2.StorageView.from_array(np.ascontiguousarray(window.mels[None])))
        result = model.align(sound, codec.prompt[:3], [text], 3000)[0]
        pairs = np.array(result.alignments)
        jumps = pairs[np.flatnonzero(np.diff(pairs[:, 0], prepend=-1)), 1] / 50
        edges = np.cumsum([0, *(len(codec.word(word)) for word in window.words)])
        starts += [abs(jumps[at] - time) for at, time in zip(edges[:-1], window.starts, strict=True)]
        ends += [abs(jumps[at] - time) for at, time in zip(edges[1:], window.ends, strict=True)]
    starts.sort()
    ends.sort()
    tail = int(len(starts) * 0.9)
    return Result(statistics.median(starts), float(starts[tail]), statistics.median(ends), float(ends[tail]))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("workers/models/demo"))
    parser.add_argument("--speech", type=Path, required=True, help="shards never trained on")
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    codec = Codec(options.model / "tokenizer.json")
    items = [item for path in sorted(options.speech.glob("*.jsonl")) for item in read_shard(path)]
    assembler = Assembler(items, codec, 11)
    windows = [window for window in (assembler.window(30.0, 3000) for _ in range(options.windows)) if window.words]
    single: list[Heads] = [((layer, head),) for layer in range(options.layers) for head in range(options.heads)]
    found = {heads: measure(options.model, heads, windows, codec) for heads in single}
    best = sorted(found, key=lambda heads: found[heads].badness())[:4]
    default = tuple(itertools.product(range(options.layers // 2, options.layers), range(options.heads)))
    for heads in [*(a + b for a, b in itertools.combinations(best, 2)), best[0] + best[1] + best[2], default]:
        found[heads] = measure(options.model, heads, windows, codec)
    for heads in sorted(found, key=lambda heads: found[heads].badness()):
        result = found[heads]
        print(f"start median {result.start_median * 1000:4.0f} ms p90 {result.start_p90 * 1000:5.0f}  end median "
              f"{result.end_median * 1000:4.0f} ms p90 {result.end_p90 * 1000:5.0f}  {heads}")  # fmt: skip
    if options.write:
        winner = min(found, key=lambda heads: found[heads].badness())
        path = options.model / "config.json"
        config = json.loads(path.read_text(encoding="utf-8")) | {"alignment_heads": [list(head) for head in winner]}
        path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

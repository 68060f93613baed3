"""Train the network for a planned wall-clock time.

Losses: the next token (cross-entropy, label smoothing 0.05); for every 20 ms the phoneme, the token, the token before
it and the number of tokens so far, all from the synthesiser's own times; and for a few attention heads where they shall
look. They replace the CTC loss of the first prototype: CTC sat on a plateau for a thousand steps, labels with times
start falling at once.
The learning rate falls with elapsed time (cosine in the first run until 80 %, then linear: a run this short is far
from converged and wants its rate longer), so that it lands whenever the run is planned to stop. One thread:
two threads beside other work were eight times slower. Checkpoints hold the running mean of the weights ("ema").
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from tools.demo_model.batches import Batch, Source
from tools.demo_model.model import MAX_POSITIONS, Network, Shape
from tools.demo_model.tokens import Codec
from tools.demo_model.windows import PHONES

LOOKING_HEADS = ((1, 0), (2, 0), (2, 1))  # decoder layer, head
WARMUP_STEPS = 200
PEAK_RATE = 1.5e-3
EMA_DECAY = 0.997
SHIFTED = 0.5  # share of steps in which the window stands somewhere else in the 30 s
TOKEN_NOISE = 0.08  # share of input tokens replaced, so that the decoder listens instead of guessing


@dataclass
class Parts:
    """The losses of one step."""

    text: Tensor
    look: Tensor
    phone: Tensor
    frame: Tensor
    before: Tensor
    count: Tensor

    def total(self) -> Tensor:
        """Weighted sum."""
        listening = 0.3 * self.phone + 0.4 * self.frame + 0.3 * self.before + 0.5 * self.count
        return self.text + 0.3 * self.look + listening


def losses(network: Network, batch: Batch, prompt: int, noise: float) -> Parts:
    """Forward pass and the four losses."""
    room = MAX_POSITIONS - batch.frames.shape[1]
    offset = int(torch.randint(0, room + 1, ()).item()) if noise and torch.rand(()) < SHIFTED else 0
    sound, middle = network.encode(torch.from_numpy(batch.mels), offset)
    tokens = torch.from_numpy(batch.tokens)
    inputs, targets = tokens[:, :-1].clone(), tokens[:, 1:].clone()
    if noise:
        wrong = torch.rand(inputs.shape) < noise
        wrong[:, :prompt] = False
        inputs[wrong] = torch.randint(0, network.shape.vocabulary - 9, (int(wrong.sum()),))
    logits, weights = network.decode(inputs, sound)
    rows = torch.arange(targets.shape[1])[None]
    written = (rows >= prompt - 1) & (rows < torch.from_numpy(batch.lengths)[:, None] - 1)
    targets[~written] = -100
    text = functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-100, label_smoothing=0.05)
    look = torch.from_numpy(batch.look)
    rows_seen = look.sum().clamp(min=1)
    looks = [-(look * weights[layer][:, head]).sum() / rows_seen for layer, head in LOOKING_HEADS]
    phone = functional.cross_entropy(network.phone_head(middle).transpose(1, 2), torch.from_numpy(batch.phones))
    frame = functional.cross_entropy(network.frame_head(sound).transpose(1, 2), torch.from_numpy(batch.frames))
    logits = functional.linear(network.before_head(sound), network.embedding.weight)
    previous = torch.from_numpy(batch.before)
    before = functional.cross_entropy(logits.flatten(0, 1), previous.flatten(), ignore_index=-100, reduction="sum")
    count = functional.mse_loss(network.count_head(sound), network.counts[torch.from_numpy(batch.counts)])
    return Parts(text, torch.stack(looks).mean(), phone, frame, before / (previous >= 0).sum().clamp(min=1), count)


def save(
    path: Path, network: Network, ema: list[Tensor], step: int, elapsed: float, optimizer: torch.optim.Optimizer
) -> None:
    """Write a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    mean = {name: value for (name, _), value in zip(network.named_parameters(), ema, strict=True)}
    state = {
        "shape": network.shape.as_dict(),
        "model": network.state_dict(),
        "ema": mean,
        "step": step,
        "elapsed": elapsed,
    }
    torch.save(state | {"optimizer": optimizer.state_dict()}, part)
    part.rename(path)


def rate(step: int, progress: float) -> float:
    """Learning rate: linear warm-up by steps, linear to nothing by time."""
    return PEAK_RATE * min(1.0, (step + 1) / WARMUP_STEPS) * max(0.01, 1 - progress)


def train(options: argparse.Namespace) -> None:
    """Run until the planned minutes are over, then save `final.pt`."""
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    codec = Codec(options.tokenizer)
    shape = Shape(codec.size, len(PHONES), options.width, options.heads, options.encoder_layers, options.decoder_layers)
    network = Network(shape)
    step, before = 0, 0.0
    optimizer = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.02)
    if options.resume:
        state = torch.load(options.resume, weights_only=True)
        network.load_state_dict(state["model"], strict=False)  # a loss added later brings an output of its own
        group = state["optimizer"]["param_groups"][0]
        group["params"] = list(range(len(list(network.parameters()))))
        optimizer.load_state_dict(state["optimizer"])
        step, before = state["step"], state["elapsed"]
    ema = [value.detach().clone() for value in network.parameters()]
    source = Source(options.speech, options.tokenizer, options.seed + step)
    print(f"{sum(value.numel() for value in network.parameters())} parameters", flush=True)
    started, planned, shown = time.monotonic(), options.minutes * 60, time.monotonic()
    while (elapsed := before + time.monotonic() - started) < planned:
        progress = elapsed / planned
        for group in optimizer.param_groups:
            group["lr"] = rate(step, progress)
        batch = source.batch(progress)
        parts = losses(network, batch, len(codec.prompt), TOKEN_NOISE)
        optimizer.zero_grad()
        parts.total().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            decay = min(EMA_DECAY, (1 + step) / (10 + step))
            torch._foreach_lerp_(ema, [value.detach() for value in network.parameters()], 1 - decay)
        step += 1
        if step % 50 == 0:
            took, shown = (time.monotonic() - shown) / 50, time.monotonic()
            values = " ".join(
                f"{name} {getattr(parts, name).item():.3f}"
                for name in ("text", "look", "phone", "frame", "before", "count")
            )
            print(
                f"{step} {progress:.3f} {took:.2f}s own {source.own} frames {batch.mels.shape[2]} {values}", flush=True
            )
        if step % options.every == 0:
            save(options.out / f"step-{step:05d}.pt", network, ema, step, elapsed, optimizer)
    save(options.out / "final.pt", network, ema, step, planned, optimizer)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    base = Path("build/demo-model")
    parser.add_argument("--speech", type=Path, default=base / "speech")
    parser.add_argument("--tokenizer", type=Path, default=base / "tokenizer.json")
    parser.add_argument("--out", type=Path, default=base / "checkpoints")
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from, with its elapsed time")
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--every", type=int, default=300)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--decoder-layers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    train(options)


if __name__ == "__main__":
    main()

"""Train the network for a planned number of steps, in one process for each core.

Losses: the next token (cross-entropy, label smoothing 0.05); for every 20 ms the phoneme, the token, the token before
it and the number of tokens so far, all from the synthesiser's own times; and for a few attention heads where they shall
look. They replace the CTC loss of the first prototype: CTC sat on a plateau for a thousand steps, labels with times
start falling at once.
The learning rate stays at its peak and falls to nothing over the last part of the steps, so that a training that is
stopped can be resumed with other `--steps` and land there. Every process has one thread (two threads beside other work
were eight times slower) and its own windows; gradients are averaged. Checkpoints hold the running mean of the weights
("ema").
"""

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, distributed, multiprocessing
from torch.nn import functional

from tools.demo_model.batches import Batch, Source
from tools.demo_model.model import MAX_POSITIONS, Network, Shape
from tools.demo_model.tokens import Codec
from tools.demo_model.windows import PHONES

LOOKING_HEADS = ((1, 0), (2, 0), (2, 1))  # decoder layer, head
WARMUP_STEPS = 300
FALL_FROM = 0.65  # part of the steps after which the learning rate falls
STEPS = 11_200
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


@dataclass
class Run:
    """What a checkpoint holds."""

    network: Network
    ema: list[Tensor]
    optimizer: torch.optim.Optimizer
    step: int = 0
    seconds: float = 0.0

    @classmethod
    def begin(cls, shape: Shape, resume: Path | None) -> "Run":
        """A new network, or a checkpoint to go on from."""
        network = Network(shape)
        optimizer = torch.optim.AdamW(
            network.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.02, fused=True
        )
        run = cls(network, [value.detach().clone() for value in network.parameters()], optimizer)
        if resume:
            state = torch.load(resume, weights_only=True)
            network.load_state_dict(state["model"])
            optimizer.load_state_dict(state["optimizer"])
            run.ema = [state["ema"][name] for name, _ in network.named_parameters()]
            run.step, run.seconds = state["step"], state["seconds"]
        return run

    def save(self, path: Path) -> None:
        """Write a checkpoint whole or not at all."""
        part = path.with_suffix(".part")
        mean = {name: value for (name, _), value in zip(self.network.named_parameters(), self.ema, strict=True)}
        state = {"shape": self.network.shape.as_dict(), "model": self.network.state_dict(), "ema": mean}
        state |= {"step": self.step, "seconds": self.seconds, "optimizer": self.optimizer.state_dict()}
        torch.save(state, part)
        part.rename(path)

    def update(self, loss: Tensor, rate: float) -> None:
        """One step down the gradient, averaged over all processes."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        loss.backward()
        _average([value.grad for value in self.network.parameters() if value.grad is not None])
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        with torch.no_grad():
            decay = min(EMA_DECAY, (1 + self.step) / (10 + self.step))
            torch._foreach_lerp_(self.ema, [value.detach() for value in self.network.parameters()], 1 - decay)
        self.step += 1


def _average(gradients: list[Tensor]) -> None:
    if distributed.is_initialized():
        flat = torch.cat([value.flatten() for value in gradients])
        distributed.all_reduce(flat)
        flat /= distributed.get_world_size()
        at = 0
        for value in gradients:
            value.copy_(flat[at : at + value.numel()].view_as(value))
            at += value.numel()


def rate(step: int, progress: float) -> float:
    """Learning rate: linear warm-up, level, linear to nothing."""
    return PEAK_RATE * min(1.0, (step + 1) / WARMUP_STEPS) * min(1.0, (1 - progress) / (1 - FALL_FROM))


def train(rank: int, options: argparse.Namespace, meeting: str) -> None:
    """Run until the planned steps are done, then save `final.pt`; the first process reports and saves."""
    torch.set_num_threads(1)
    if options.processes > 1:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")  # noqa: TID251 (the library reads it from there only)
        distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=options.processes)
    torch.manual_seed(options.seed)
    codec = Codec(options.tokenizer)
    shape = Shape(codec.size, len(PHONES), options.width, options.heads, options.encoder_layers, options.decoder_layers)
    run = Run.begin(shape, options.resume)
    torch.manual_seed(options.seed + 1000 * run.step + rank)
    source = Source(options.speech, options.tokenizer, options.seed, rank, run.step)
    if rank == 0:
        print(f"{sum(value.numel() for value in run.network.parameters())} parameters", flush=True)
    shown = time.monotonic()
    before = run.seconds - shown
    while run.step < options.steps:
        progress = run.step / options.steps
        batch = source.batch(run.step, progress)
        parts = losses(run.network, batch, len(codec.prompt), TOKEN_NOISE)
        run.update(parts.total(), rate(run.step, progress))
        run.seconds = before + time.monotonic()
        if rank == 0 and run.step % 50 == 0:
            took, shown = (time.monotonic() - shown) / 50, time.monotonic()
            left = (options.steps - run.step) * took / 60
            values = " ".join(f"{name} {value.item():.3f}" for name, value in vars(parts).items())
            print(f"{run.step} {took:.2f}s left {left:.0f} min frames {batch.mels.shape[2]} {values}", flush=True)
        if rank == 0 and run.step % options.every == 0:
            run.save(options.out / f"step-{run.step:05d}.pt")
    if rank == 0:
        run.save(options.out / "final.pt")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    base = Path("build/demo-model")
    parser.add_argument("--speech", type=Path, default=base / "speech")
    parser.add_argument("--tokenizer", type=Path, default=base / "tokenizer.json")
    parser.add_argument("--out", type=Path, default=base / "checkpoints")
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=500)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--decoder-layers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    # numpy's second thread waits by spinning, an eighth of each core; its library reads that from there only
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # noqa: TID251
    with tempfile.TemporaryDirectory() as folder:
        multiprocessing.spawn(train, (options, f"{folder}/meeting"), nprocs=options.processes)


if __name__ == "__main__":
    main()

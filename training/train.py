"""Trains one network on the examples that examples.py made.

  train.py CORPUS WEIGHTS.pt SEED [TALKER,TALKER...]

If there is a WEIGHTS.start (start.py), learning goes on from there with the second stage. With talkers named, their lips are left out and this stage is one SHORT cycle: to see how well
the network does for people who are not in it.
"""
import itertools
import json
import pathlib
import sys
import time

import numpy as np
import torch

import augment
from model import Network, Spectrogram

BATCH = 16
# steps, rate of learning, share of real lips in each batch, share of the others that are without a voice: first labels alone, then real lips beside them
STAGES = (5000, 2e-3, 0, .2), (2000, 1e-3, .4, .3)
AGAIN = 3000, .25                   # a second cycle of the last stage: steps, share of real lips
SHORT = 800                         # steps of its only cycle where talkers are left out
TOGETHER = 50                       # examples that are made by one process, from one seed, of one talker if they are of real lips
USES = 3                            # how often each network uses an example of labels in the first stage, up to 9 later: with 8 from the start, making them cost a third, but the networks had too much in common
HALF = 'avx512_bf16' in pathlib.Path('/proc/cpuinfo').read_text()     # learning takes half the time where the processor can do this
LIPS, REAL = 'lips', 5400           # examples of real lips: the name of their files, and how many
THROATS = 4                         # by how many bands at most voices are moved up or down while networks learn
MISSED = .5                         # how much a closure or tuck that never comes matters
HELD_OUT = ('pc_diphone', '+m3', '+f4', '+klatt4', '+linda', '+victor', '_Allison', 'syllables-5')        # voices kept for checking


def held_out(voice):
    return voice.endswith(HELD_OUT)


def files(folder, stage):
    """Where the examples of a stage lie: what is heard [examples, BANDS, frames] and the mouths that belong to it [examples, FRAMES, 5], float16 both."""
    return [pathlib.Path(folder) / f'{name}-{stage}.npy' for name in ('bands', 'mouths')]


def talkers(folder):
    """Those whose real lips can be learned from, in the order in which their examples take turns."""
    index = pathlib.Path(folder, 'talkers.json')
    return sorted({clip['voice'] for clip in json.loads(index.read_text())}) if index.exists() else []


def usable(folder, count, left_out):
    """Which of the examples of real lips are of people who are not left out."""
    return np.flatnonzero([talker not in left_out for talker in itertools.islice(itertools.cycle(np.repeat(talkers(folder), TOGETHER)), count)])


def batches(folder, stage, steps, share, left_out=()):
    """Batches of a stage's examples, drawn at random; a share of each are real lips, if there are any."""
    lips = round(BATCH * share * bool(talkers(folder)))
    said, filmed = ([np.load(path, mmap_mode='r') for path in files(folder, name)] if count else [] for name, count in ((stage, BATCH), (LIPS, lips)))
    sources = [(said, np.arange(len(said[0])), BATCH - lips)] + ([(filmed, usable(folder, len(filmed[0]), left_out), lips)] if lips else [])
    for _ in range(steps):
        drawn = [(parts, np.sort(among[torch.randint(len(among), (count,)).numpy()])) for parts, among, count in sources]
        yield tuple(torch.tensor(np.concatenate([parts[k][chosen] for parts, chosen in drawn])).float() for k in (0, 1))


def disturb(bands, most=1):
    """Other throats and other microphones, anew at every use: the bands moved up or down by at most some, up to eight of them deaf."""
    count, wide, _ = bands.shape
    band = torch.arange(wide)[None]
    moved = (band + torch.randint(-most, most + 1, (count, 1))).clamp(0, wide - 1)
    deaf = torch.randint(-8, wide, (count, 1))
    heard = (band < deaf) | (band >= deaf + torch.randint(0, 9, (count, 1)))
    return bands.gather(1, moved[:, :, None].expand_as(bands)) * heard[:, :, None]


def disagreement(a, b):
    """1 - the concordance correlation over time: 0 for the same curve, 1 for unrelated ones."""
    da, db = a - a.mean(1, keepdim=True), b - b.mean(1, keepdim=True)
    scale = 1e-4
    same = 2 * (da * db).mean(1) + scale
    return 1 - same / (da.square().mean(1) + db.square().mean(1) + (a.mean(1) - b.mean(1)).square() + scale)


def missed(guess, truth):
    """How far the lips stay from closures and tucks: at their nearest within 30 ms, for it is seen that they touch, not when to the hundredth."""
    nearest = torch.nn.functional.max_pool1d(torch.stack([-guess[:, :, 0] / .04, guess[:, :, 3]], dim=1), 7, stride=1, padding=3)
    due = truth[:, :, 2:4].transpose(1, 2) > .95
    return ((torch.tensor([[0.], [1.]]) - nearest) * due).mean(dim=(0, 2)).sum()


def loss(guess, truth):
    unit = torch.tensor([.04, .04, .25, .25, .3])
    importance = torch.tensor([1., .6, .6, .7, .2])
    error = torch.nn.functional.smooth_l1_loss(guess / unit, truth / unit, reduction='none')
    # closures and tucks are short and must not be missed
    error = error * (1 + 2 * truth[:, :, 2:3] * torch.tensor([1., 0, 1, 0, 0]) + 4 * truth[:, :, 3:4] * torch.tensor([0, 0, 0, 1., 0]))
    curves = disagreement(guess[:, :, 0], truth[:, :, 0]).mean() + .5 * disagreement(guess[:, :, 1], truth[:, :, 1]).mean()
    restless = ((guess - truth)[:, 1:] - (guess - truth)[:, :-1])[:, :, :2].square().mean() / .01 ** 2
    return (error * importance).mean() + .4 * curves + .02 * restless + MISSED * missed(guess, truth)


def average(kept, network, keep):
    """Polyak averaging: the mean of the last weights is steadier than any of them."""
    for old, new in zip(kept.state_dict().values(), network.state_dict().values()):
        if old.dtype.is_floating_point:
            old.mul_(keep).add_(new, alpha=1 - keep)


def check(network, spectrogram, examples, count=40):
    """Mean correlation of opening and width on voices that the network has not been trained on."""
    network.eval()
    scores = []
    for _ in range(count):
        sound, truth = examples.example()
        with torch.no_grad():
            guess = network(spectrogram(torch.tensor(sound[None])))[0].numpy()
        if truth[:, 0].std() > .01:
            scores.append([np.corrcoef(guess[:, k], truth[:, k])[0, 1] for k in (0, 1)])
    return np.nanmean(scores, axis=0)


def learn(network, kept, corpus, weights, stage, steps, share, left_out):
    """One cycle of learning; `kept` are the averaged weights, which are what is wanted."""
    network.load_state_dict(kept.state_dict())
    spectrogram, rate = Spectrogram(), STAGES[stage][1]
    optimiser = torch.optim.AdamW(network.parameters(), rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=.1)
    began, total, since = time.time(), 0.0, 0
    for step, (bands, truth) in enumerate(batches(corpus, stage, steps, share, left_out), 1):
        network.train()
        with torch.autocast('cpu', torch.bfloat16, enabled=HALF):
            guess = network(disturb(bands, THROATS))
        value = loss(guess, truth)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        average(kept, network, min(.997, step / (step + 10)))
        total, since = total + value.item(), since + 1
        if step % 500 == 0 or step == steps:
            unseen = check(kept, spectrogram, augment.Examples(corpus, held_out, seed=5))
            print(f'{step} loss {total / since:.3f} unseen voices: opening {unseen[0]:.3f} width {unseen[1]:.3f} after {time.time() - began:.0f} s', flush=True)
            torch.save(kept.state_dict(), weights)
            total, since = 0.0, 0


def main(corpus, weights, seed, left_out=''):
    torch.manual_seed(int(seed))
    torch.set_num_threads(1)
    network, kept = Network(), Network()
    kept.load_state_dict(network.state_dict())
    start, left_out = pathlib.Path(weights).with_suffix('.start'), tuple(filter(None, left_out.split(',')))
    if start.exists():
        kept.load_state_dict(torch.load(start))
    (first, _, none, _), (second, _, share, _) = STAGES
    cycles = [] if start.exists() else [(0, first, none)]
    cycles += [(1, SHORT, share)] if left_out else [(1, second, share), (1, *AGAIN)]
    for stage, steps, lips in cycles:
        learn(network, kept, corpus, weights, stage, steps, lips, left_out)


if __name__ == '__main__':
    main(*sys.argv[1:])

"""Finds out when each phone of the recordings is said.

  align.py CORPUS

A small network learns from synthesised speech, whose phones have times, to tell phones apart; along the known row of phones the
likeliest path through what it hears in a recording gives the times (forced alignment). It then learns once more, from the
recordings too, and aligns them again. Adds "phones" to the entries of CORPUS/recordings.json and leaves out what fits badly; and to
those of CORPUS/talkers.json, if there are real lips to learn from.
"""
import collections
import itertools
import json
import multiprocessing
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn

import augment
import labels
import level
from model import BANDS, CHANNELS, HOP, RATE, WINDOW, Block, Spectrogram
from train import BATCH, disturb, held_out

NAMES = [*labels.PHONES, labels.PAUSE]
PAUSE = len(NAMES) - 1
DILATIONS = (1, 2, 4, 8)
CONTEXT = 2 + 2 * sum(DILATIONS)
EDGE = WINDOW // 2 + CONTEXT * HOP
FRAMES = 300                             # of a training example, 100 a second
SPEED = 2e-3                             # of learning
POOL, USES = 960, 8                      # making an example costs more than learning from it: each is used some eight times
STEPS, MORE = 1200, 900                  # with synthesised speech; with the recordings too
SHORTEST = 3                             # frames that a phone lasts at least
CLOSURE = .07                            # seconds that a plosive is closed before it is heard
WORST = .15                              # share of each source's recordings that is left out: those that fit worst


class Recogniser(nn.Module):
    """[B, BANDS, T + 2 CONTEXT] spectrogram to [B, T, phones] log likelihoods, T even."""

    def __init__(self):
        super().__init__()
        self.into = nn.Conv1d(BANDS, CHANNELS, 6, stride=2)
        self.blocks = nn.ModuleList(Block(d) for d in DILATIONS)
        self.out = nn.Conv1d(CHANNELS, 2 * len(NAMES), 1)

    def forward(self, bands):
        x = torch.relu(self.into(bands * .25))
        for block in self.blocks:
            x = block(x)
        return self.out(x).transpose(1, 2).reshape(x.shape[0], -1, len(NAMES))


def example(examples):
    """(sound, phone of each of FRAMES frames): a piece of an utterance between two pauses, in a room and with some noise."""
    rng = examples.rng
    sound, phones = examples.utterance()
    before = int(rng.uniform(0, 1) * RATE) // HOP
    named = np.full(before + len(sound) // HOP + FRAMES, PAUSE)
    for name, start, end in phones:
        parts = labels.split(name)
        start = max(0, start)
        for k, part in enumerate(parts):
            cut = [start + (end - start) * j / len(parts) for j in (k, k + 1)]
            named[before + round(cut[0] * labels.RATE):before + round(cut[1] * labels.RATE)] = NAMES.index(part)
    first = int(rng.integers(max(1, len(named) - FRAMES)))
    padded = np.pad(sound, (EDGE + before * HOP, EDGE + (FRAMES + 2) * HOP))
    sound = padded[first * HOP:(first + FRAMES) * HOP + 2 * EDGE - HOP]
    if rng.random() < .3:
        sound = augment.reverb(rng, sound)
    if rng.random() < .6:
        sound = augment.colour(rng, sound)
    if rng.random() < .6:
        sound = sound + augment.noise(rng, len(sound), examples.music) * .1 * 10 ** (-rng.uniform(10, 45) / 20)
    return (sound * level.gain(sound) * 10 ** (rng.normal(0, 3) / 20)).astype(np.float32), named[first:first + FRAMES]


class Stream(torch.utils.data.IterableDataset):
    def __init__(self, folder, real):
        self.folder, self.real = folder, real

    def __iter__(self):
        examples = augment.Examples(self.folder, lambda voice: not held_out(voice), seed=21, real=self.real)
        while True:
            yield example(examples)


def batches(examples, spectrogram):
    """Batches of spectrograms and what belongs to them, drawn at random from a pool of examples that is renewed all the time."""
    stream = iter(torch.utils.data.DataLoader(examples, batch_size=BATCH, num_workers=1, prefetch_factor=8))
    fresh = ((spectrogram(sound), truth) for sound, truth in stream)
    bands, truths = (torch.cat(part) for part in zip(*(next(fresh) for _ in range(POOL // BATCH))))
    while True:
        for _ in range(USES):
            chosen = torch.randperm(POOL)[:BATCH]
            yield bands[chosen], truths[chosen]
        old = torch.randperm(POOL)[:BATCH]
        bands[old], truths[old] = next(fresh)


def learn(network, folder, steps, real):
    """Teaches the network phones; `real` is the share of recordings, which must have been aligned before."""
    optimiser = torch.optim.AdamW(network.parameters(), SPEED, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, SPEED, total_steps=steps, pct_start=.1)
    network.train()
    began, right = time.time(), 0.0
    for step, (bands, truth) in enumerate(itertools.islice(batches(Stream(folder, real), Spectrogram()), steps), 1):
        guess = network(disturb(bands))
        value = nn.functional.cross_entropy(guess.flatten(0, 1), truth.flatten(), label_smoothing=.05)
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        schedule.step()
        right += float((guess.argmax(2) == truth).float().mean())
        if step % 300 == 0:
            print(f'{step} phones right {right / 300:.3f} after {time.time() - began:.0f} s', flush=True)
            right = 0.0
    network.eval()


def heard(network, spectrogram, sound):
    """[frames, phones] log probabilities of a recording."""
    sound = (sound * level.gain(sound)).astype(np.float32)
    frames = len(sound) // HOP // 2 * 2
    padded = np.pad(sound[:frames * HOP], (EDGE, EDGE - HOP))
    with torch.no_grad():
        return torch.log_softmax(network(spectrogram(torch.tensor(padded[None]))), 2)[0].numpy()


def path(likelihoods, words):
    """Phones as (name, start, end) in seconds along the likeliest path, with pauses where there are any between words, and how likely it is per frame."""
    row = [(PAUSE, True)]
    for word in words:
        row += [(NAMES.index(phone), False) for phone in word] + [(PAUSE, True)]
    # every phone is a chain of states, so that it lasts for SHORTEST frames at least
    states = [(k, step) for k in range(len(row)) for step in range(SHORTEST)]
    emitted = likelihoods[:, [row[k][0] for k, _ in states]]
    last = np.array([step == SHORTEST - 1 for _, step in states])
    skipped = np.array([step == 0 and k > 1 and row[k - 1][1] for k, step in states])       # the pause before may be left out
    count = len(states)
    score = np.full(count, -np.inf)
    score[0] = emitted[0, 0]
    if len(row) > 1:
        score[SHORTEST] = emitted[0, SHORTEST]
    back = np.zeros((len(emitted), count), np.int16)
    for t in range(1, len(emitted)):
        stay = np.where(last, score, -np.inf)
        step = np.concatenate([[-np.inf], score[:-1]])
        leap = np.where(skipped, np.concatenate([np.full(SHORTEST + 1, -np.inf), score[:-SHORTEST - 1]]), -np.inf)
        back[t] = np.argmax([stay, step, leap], axis=0)
        score = np.max([stay, step, leap], axis=0) + emitted[t]
    state = count - 1 if score[-1] > score[-1 - SHORTEST] else count - 1 - SHORTEST
    total, states_at = score[state] / len(emitted), []
    for t in range(len(emitted) - 1, -1, -1):
        states_at.append(states[state][0])
        state -= (0, 1, SHORTEST + 1)[back[t, state]]
    at = np.array(states_at[::-1])
    cuts = [0, *(np.flatnonzero(np.diff(at)) + 1), len(at)]
    return [(NAMES[row[at[a]][0]], a / labels.RATE, b / labels.RATE) for a, b in zip(cuts, cuts[1:])], float(total)


def closures(phones):
    """Plosives after a pause begin where they are heard: gives them back the closure before that, out of the pause or before the recording."""
    out = []
    for name, start, end in phones:
        if name in labels.PLOSIVES and (not out or out[-1][0] == labels.PAUSE):
            _, since, until = out.pop() if out else (labels.PAUSE, 0, 0)
            start = until - (min(CLOSURE, (until - since) / 2) if out else CLOSURE)
            if start > since:
                out.append((labels.PAUSE, since, start))
        out.append((name, start, end))
    return out


class Aligner:
    """Finds the phones of an entry of recordings.json or talkers.json, and how well they fit."""

    def __init__(self, network, sounds):
        self.network, self.sounds, self.spectrogram = network, sounds, Spectrogram()

    def __call__(self, entry):
        sounds = np.load(self.sounds, mmap_mode='r')
        sound = sounds[entry['start']:entry['start'] + entry['length']].astype(np.float32) / 32768
        likelihoods = heard(self.network, self.spectrogram, sound)
        enough = len(likelihoods) >= SHORTEST * (sum(map(len, entry['words'])) + 2)
        phones, fit = path(likelihoods, entry['words']) if enough else ([], -99)
        return closures(phones), fit


def source(entry):
    return entry['voice'].split('-')[0], entry['language']


def align(network, path):
    """Writes the phones of all recordings that a file names, and which of them fit well."""
    index, fits = json.loads(path.read_text()), collections.defaultdict(list)
    with multiprocessing.Pool(2) as pool:
        for entry, (phones, fit) in zip(index, pool.imap(Aligner(network, path.with_suffix('.npy')), index, 50)):
            entry.update(phones=phones, fit=fit)
            fits[source(entry)].append(fit)
    worst = {name: np.quantile(values, WORST) for name, values in fits.items()}
    for entry in index:
        entry['kept'] = bool(entry['phones'] and entry['fit'] > worst[source(entry)])
    path.write_text(json.dumps(index, ensure_ascii=False))
    for name, values in fits.items():
        print(f'{" ".join(name)}: {len(values)} recordings, fit {np.median(values):.2f}, worst kept {worst[name]:.2f}', flush=True)


def main(corpus):
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network, folder = Recogniser(), pathlib.Path(corpus)
    for steps, real in ((STEPS, 0), (MORE, .7)):
        learn(network, corpus, steps, real)
        align(network, folder / 'recordings.json')
    if (folder / 'talkers.json').exists():
        align(network, folder / 'talkers.json')
    torch.save(network.state_dict(), folder / 'recogniser.pt')


if __name__ == '__main__':
    main(*sys.argv[1:])

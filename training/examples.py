"""Makes the examples that all networks learn from: what they hear, and the mouth that belongs to it.

  examples.py CORPUS
"""
import functools
import multiprocessing
import os
import sys

import numpy as np
import torch

import augment
from model import BANDS, Spectrogram
from train import BATCH, LIPS, REAL, STAGES, TOGETHER, USES, files, held_out, talkers


@functools.cache
def source(folder, talker=None):
    return augment.Examples(folder, lambda voice: not held_out(voice), talkers=(talker,) if talker else ()), Spectrogram()


def make(task):
    """The k-th examples of a stage: the same ones, whichever process makes them."""
    folder, stage, k = task
    people = talkers(folder)
    examples, spectrogram = source(folder, people[k % len(people)] if stage == LIPS else None)
    examples.rng, examples.no_voice = np.random.default_rng([len(STAGES) if stage == LIPS else stage, k]), 0 if stage == LIPS else STAGES[stage][3]
    sounds, mouths = zip(*(examples.example() for _ in range(TOGETHER)))
    return spectrogram(torch.tensor(np.stack(sounds))).half().numpy(), np.stack(mouths).astype(np.float16)


def write(corpus, stage, count):
    """Makes count times TOGETHER examples of a stage."""
    shapes = (BANDS, augment.FRAMES + 2 * augment.CONTEXT), (augment.FRAMES, 5)
    made = [np.lib.format.open_memmap(f'{path}.part', 'w+', np.float16, (count * TOGETHER, *shape)) for path, shape in zip(files(corpus, stage), shapes)]
    with multiprocessing.Pool(2) as pool:
        for k, parts in enumerate(pool.imap(make, ((corpus, stage, k) for k in range(count)))):
            for all_examples, part in zip(made, parts):
                all_examples[k * TOGETHER:(k + 1) * TOGETHER] = part
    for path in files(corpus, stage):
        os.replace(f'{path}.part', path)
    print(f'{stage}: {count * TOGETHER} examples', flush=True)


def main(corpus):
    torch.set_num_threads(1)
    people = talkers(corpus)
    if people:
        write(corpus, LIPS, REAL // TOGETHER // len(people) * len(people))
    for stage, (steps, _, lips, _) in enumerate(STAGES):
        write(corpus, stage, int(steps * BATCH * (1 - lips if people else 1)) // USES // TOGETHER)


if __name__ == '__main__':
    main(*sys.argv[1:])

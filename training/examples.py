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
from train import BATCH, STAGES, USES, files, held_out

TOGETHER = 50                       # examples that are made by one process, from one seed


@functools.cache
def source(folder):
    return augment.Examples(folder, lambda voice: not held_out(voice)), Spectrogram()


def make(task):
    """The k-th examples of a stage: the same ones, whichever process makes them."""
    folder, stage, k = task
    examples, spectrogram = source(folder)
    examples.rng, examples.no_voice = np.random.default_rng([stage, k]), STAGES[stage][2]
    sounds, mouths = zip(*(examples.example() for _ in range(TOGETHER)))
    return spectrogram(torch.tensor(np.stack(sounds))).half().numpy(), np.stack(mouths).astype(np.float16)


def main(corpus):
    torch.set_num_threads(1)
    for stage, (steps, _, _) in enumerate(STAGES):
        count = steps * BATCH // USES // TOGETHER
        shapes = (BANDS, augment.FRAMES + 2 * augment.CONTEXT), (augment.FRAMES, 5)
        made = [np.lib.format.open_memmap(f'{path}.part', 'w+', np.float16, (count * TOGETHER, *shape)) for path, shape in zip(files(corpus, stage), shapes)]
        with multiprocessing.Pool(2) as pool:
            for k, parts in enumerate(pool.imap(make, ((corpus, stage, k) for k in range(count)))):
                for all_examples, part in zip(made, parts):
                    all_examples[k * TOGETHER:(k + 1) * TOGETHER] = part
        for path in files(corpus, stage):
            os.replace(f'{path}.part', path)
        print(f'stage {stage}: {count * TOGETHER} examples', flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])

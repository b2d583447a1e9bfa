"""The gain rule: how loud the network hears a recording. The product applies the same rule before it asks the network."""
import numpy as np

BLOCK = 400                              # samples: 25 ms at 16 kHz
QUIET, TARGET, MOST = -60.0, -20.0, 35.0   # dBFS, dBFS, dB


def gain(sound):
    """The factor that brings the 90th percentile of the level of the blocks above -60 dBFS to -20 dBFS, at most +35 dB.

    Blocks follow each other from the first sample, an incomplete last one does not count; the percentile is the level at
    rank ceil(0.9 n) of n in rising order. No block above -60 dBFS: 1."""
    blocks = np.asarray(sound[:len(sound) // BLOCK * BLOCK], np.float64).reshape(-1, BLOCK)
    levels = 10 * np.log10(np.mean(np.square(blocks), axis=1) + 1e-12)
    heard = np.sort(levels[levels > QUIET])
    if len(heard) == 0:
        return 1.0
    return float(10 ** (min(TARGET - heard[int(np.ceil(.9 * len(heard))) - 1], MOST) / 20))

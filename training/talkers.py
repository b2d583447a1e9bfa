"""Collects lips of real people with their sound: what curves.py found in clips of the GRID corpus.

  talkers.py CORPUS CURVES

CURVES holds <talker>.npz and <talker>.flac, as curves.py writes them. CORPUS/talkers.npy holds their sound (int16, 16 kHz) end to end, CORPUS/talkers.json one
entry per clip: voice, language, start and length in samples, and the words said; CORPUS/talkers-lips.npy the lips, [frames, 2] at 100 a second from start / 160 on:
opening and width as labels.py means them. align.py finds out when each phone is said.

People differ in how far they open, how far they move the corners, and whether their lips meet at rest. None of this can be heard. So each talker's curves are
brought to one scale, openings at rest and widths in speech to 0: what is learned is when and how much of their own.
"""
import pathlib
import subprocess
import sys

import numpy as np
import scipy.interpolate

import corpus
import labels
import recordings
from corpus import RATE

HOP = RATE // labels.RATE
LETTERS = (dict(b='bin', l='lay', p='place', s='set'), dict(b='blue', g='green', r='red', w='white'), dict(a='at', b='by', i='in', w='with'), {'a': 'eh'},
           dict(zip('z123456789', 'zero one two three four five six seven eight nine'.split())), dict(a='again', n='now', p='please', s='soon'))
REST, TOP = 5, 97                        # percentiles of a talker's openings: lips as near as they come, and peaks (half of each clip is silence)
PEAK, SPREAD = .115, .035                # what these become: opening at the peaks of people in free speech, and standard deviation of their width
GAPS, CORNERS = ((24, 34), (25, 35), (26, 36)), (0, 10)       # points of the curves: three of the inner lips, lower and upper; the corners


def sentence(clip):
    """What is said in a clip of GRID, by its name: bbaf3s is bin blue at f three soon."""
    return ' '.join(words.get(letter, letter) for words, letter in zip(LETTERS, clip))


def decode(path):
    raw = subprocess.run(['ffmpeg', '-v', 'error', '-i', path, '-ac', '1', '-ar', str(RATE), '-f', 's16le', '-'], capture_output=True, check=True).stdout
    return np.frombuffer(raw, '<i2').astype(np.float32) / 32768


def apart(points, pairs):
    return np.mean([np.linalg.norm(points[:, a] - points[:, b], axis=1) for a, b in pairs], axis=0)


def filled(values):
    seen = ~np.isnan(values)
    return np.interp(np.arange(len(values)), np.flatnonzero(seen), values[seen])


def curves(found):
    """(opening, width) of every frame of a talker, the mean of what the meshes see, each brought to the talker's own scale."""
    openings, widths = [], []
    for points in (found[name].astype(np.float32) for name in ('lips_attention', 'lips_plain') if name in found):
        opening, width = filled(apart(points, GAPS)), filled(apart(points, (CORNERS,)))
        low, high = np.percentile(opening, (REST, TOP))
        openings.append(np.clip((opening - low) / (high - low), 0, 2))
        moving = opening > low + .15 * (high - low)
        widths.append((width - np.median(width[moving])) / width[moving].std())
    return PEAK * np.mean(openings, axis=0), SPREAD * np.clip(np.mean(widths, axis=0), -4, 4)


def clips(path):
    """(fields, sound, lips) of every clip of a talker."""
    found, sound = np.load(path), decode(path.with_suffix('.flac'))
    frames, samples = [*found['starts'], int(found['frames'])], found['sound_starts']
    both = np.stack(curves(found), axis=1)
    for k, clip in enumerate(found['clips']):
        heard = corpus.levelled(sound[samples[k]:samples[k + 1]] * 32767)
        heard = heard[:len(heard) // HOP * HOP]
        seen = both[frames[k]:frames[k + 1]]
        smooth = scipy.interpolate.PchipInterpolator(np.arange(len(seen)) / found['fps'][k], seen)
        at = np.minimum(np.arange(len(heard) // HOP) / labels.RATE, (len(seen) - 1) / found['fps'][k])
        yield dict(voice=path.stem, language='en-gb', words=recordings.words('en-gb', sentence(str(clip)))), heard, smooth(at).astype(np.float32)


def main(folder, curves_folder):
    folder, found = pathlib.Path(folder), [clip for path in sorted(pathlib.Path(curves_folder).glob('*.npz')) for clip in clips(path)]
    np.save(folder / 'talkers-lips.npy', np.concatenate([clip[2] for clip in found]))
    corpus.save(folder, 'talkers', 'clips of real lips', [clip[:2] for clip in found])


if __name__ == '__main__':
    main(*sys.argv[1:])

"""How well the mouth follows: real talkers, unseen synthetic voices, vowels held alone, music, silence.

  evaluate.py WEIGHTS CORPUS [TALKER.npz...]

WEIGHTS is the folder that holds the weights of every network. TALKER.npz and TALKER.flac are what curves.py makes of somebody's clips (or the clips lie beside TALKER.npz). Correlations are the
mean of those of each clip, at 25 frames a second; the loudness baselines are the best of four envelopes per clip, which flatters them.
"""
import collections
import json
import pathlib
import sys

import numpy as np
import scipy.ndimage
import scipy.stats
import torch

import augment
import labels
import level
from model import HOP, RATE, VoiceToMouth
from talkers import CORNERS, GAPS, apart, decode, filled
from train import held_out

FPS = 25
PEOPLE = 120                             # recordings of each language
MUSIC = ('asterisk/moh/*.wav', 'games/asc/music/*.mp3')       # under /usr/share, where Debian's asterisk-moh-opsound-wav and asc-music put it


def mouth_of(model, sound):
    sound = np.pad(sound, (0, -len(sound) % HOP)).astype(np.float32)
    with torch.no_grad():
        return model(torch.tensor(sound[None] * np.float32(level.gain(sound))))[0].numpy()


def correlations(real, guess, most=4):
    """Correlation by lag; positive when the real mouth is later."""
    n = min(len(real), len(guess))
    real, guess = real[:n], guess[:n]
    return {lag: float(np.corrcoef(real[max(0, lag):n + min(0, lag)], guess[max(0, -lag):n - max(0, lag)])[0, 1]) for lag in range(-most, most + 1)}


def loudness(sound, frames):
    """Four envelopes that one might drive a mouth with."""
    squares = np.square(np.pad(sound, (0, RATE)))
    for seconds in (.04, .08):
        smooth = scipy.ndimage.gaussian_filter1d(squares, seconds * RATE / 2)[::RATE // FPS][:frames]
        yield np.sqrt(smooth)
        decibels = 10 * np.log10(smooth + 1e-9)
        yield np.maximum(decibels, np.percentile(decibels, 90) - 30)


def span(values):
    return np.percentile(values, 95) - np.percentile(values, 5)


def filmed(path):
    """(real opening and width at 25 frames a second, sound) of every clip that curves.py tracked, by the plain mesh if it has looked too; sound from the clips where there is none beside the curves."""
    path = pathlib.Path(path)
    found = np.load(path)
    sounds = [decode(next(path.parent.glob(f'{clip}.*'))) for clip in found['clips']] if 'sound_starts' not in found else np.split(decode(path.with_suffix('.flac')), found['sound_starts'][1:-1])
    points = found['lips_plain' if 'lips_plain' in found else 'lips_attention'].astype(np.float32)
    real = np.stack([filled(apart(points, pairs)) for pairs in (GAPS, (CORNERS,))], axis=1)
    for rows, fps, sound in zip(np.split(real, found['starts'][1:]), found['fps'], sounds):
        at = np.arange(0, len(rows) / fps - 1e-6, 1 / FPS)
        yield np.stack([np.interp(at, np.arange(len(rows)) / fps, column) for column in rows.T], axis=1), sound


def high(opening):
    """Share of the time above half of the range."""
    return np.mean(opening > np.percentile(opening, (2, 98)).mean())


def talkers(model, paths):
    print('real talker          clips  opening r0   lag  best r  range   width r0  loudness r0   above half, skew: real, ours')
    for path in paths:
        rows = []
        for real, sound in filmed(path):
            guess = mouth_of(model, sound)[::RATE // HOP // FPS]
            opening, width = correlations(real[:, 0], guess[:, 0]), correlations(real[:, 1], guess[:, 1])
            loud = max(correlations(real[:, 0], curve)[0] for curve in loudness(sound, len(real)))
            best = max(opening, key=opening.get)
            shapes = [function(curve) for curve in (real[:, 0], guess[:, 0]) for function in (high, scipy.stats.skew)]
            rows.append((opening[0], best, opening[best], span(guess[:, 0]) / span(real[:, 0]), width[0], loud, *shapes))
        mean = np.mean(rows, axis=0)
        print(f'{pathlib.Path(path).stem:20s} {len(rows):5d} {mean[0]:11.3f} {mean[1]:+5.1f} {mean[2]:7.3f} {np.median(rows, axis=0)[3]:6.2f} {mean[4]:10.3f} {mean[5]:12.3f}   '
              f'{mean[6]:.2f} {mean[7]:.2f}, {mean[8]:.2f} {mean[9]:.2f}')


def synthetic(model, corpus, count=60):
    examples = augment.Examples(corpus, held_out, seed=11, real=0)
    scores, touched, pressed, tucked = [], [], [], []
    for _ in range(count):
        sound, phones = examples.utterance()
        truth = labels.mouth(phones, augment.loudness_of(sound))
        guess = mouth_of(model, sound)[:len(truth)]
        scores.append([np.corrcoef(truth[:, k], guess[:, k])[0, 1] if truth[:, k].any() else np.nan for k in range(5)])
        for name, start, end in phones:
            within = guess[max(0, int(start * 100) - 1):int(end * 100) + 2]
            if name in ('p', 'b', 'm'):
                touched.append(within[:, 0].min() <= .01)
                pressed.append(within[:, 2].max() >= .5)
            if name in ('f', 'v'):
                tucked.append(within[:, 3].max() >= .5)
    names = ', '.join(f'{name} {score:.3f}' for name, score in zip(labels.COLUMNS, np.nanmean(scores, axis=0)))
    print(f'unseen synthetic voices, correlation with the labels: {names}')
    print(f'p b m: lips touch (opening <= .01) in {np.mean(touched):.1%}, press >= .5 in {np.mean(pressed):.1%} of {len(touched)}; '
          f'f v: tuck >= .5 in {np.mean(tucked):.1%} of {len(tucked)}')


def recorded(corpus):
    """(entry, sound) of the recordings of people who were not trained on, in random order."""
    folder = pathlib.Path(corpus)
    sounds = np.load(folder / 'recordings.npy', mmap_mode='r')
    entries = [entry for entry in json.loads((folder / 'recordings.json').read_text()) if held_out(entry['voice']) and entry['kept']]
    for k in np.random.default_rng(6).permutation(len(entries)):
        sound = sounds[entries[k]['start']:entries[k]['start'] + entries[k]['length']].astype(np.float32) / 32768
        yield entries[k], sound[:len(sound) // HOP * HOP]


def touches(lips, start, end):
    """Whether lips touch in a phone, and whether they do on a frame at 25 a second; times in seconds."""
    first, last = max(0, int(start * 100) - 1), int(end * 100) + 3
    return lips[first:last].min() <= .01, lips[-(-first // 4) * 4:last:4].min(initial=1) <= .01


def people(model, corpus):
    """What the mouth does for recordings of voices that were not trained on, against the labels as the aligner times them."""
    spoken = collections.defaultdict(list)
    for entry, sound in recorded(corpus):
        if len(sound) > 1.5 * RATE and len(spoken[entry['language']]) < PEOPLE:
            spoken[entry['language']].append((entry, sound))
    for language, chosen in sorted(spoken.items()):
        scores, touched, shut = [], [], []
        for entry, sound in chosen:
            truth = labels.mouth(entry['phones'], augment.loudness_of(sound))
            guess = mouth_of(model, sound)[:len(truth)]
            lips = guess[:, 0]
            if truth[:, 3].any():
                scores.append([np.corrcoef(guess[:, c], truth[:, c])[0, 1] for c in (0, 1, 3)])
            shut.append(np.mean(lips[truth[:, 0] > .02] <= .01))
            touched += [touches(lips, start, end) for name, start, end in entry['phones'] if name in labels.PRESS]
        means, lips = np.nanmean(scores, axis=0), np.mean(touched, axis=0)
        print(f'unseen people, {language}: correlation with the labels: opening {means[0]:.3f}, width {means[1]:.3f}, tuck {means[2]:.3f}; '
              f'lips touch in {lips[0]:.1%} of {len(touched)} p b m, on a frame at 25 a second in {lips[1]:.1%}; open by the labels, shut {np.mean(shut):.1%}')


def syllables(model, corpus):
    """Syllables of Mandarin with pauses between them, by a person who was not trained on."""
    entries, touched, shut = [each for each in recorded(corpus) if each[0]['language'] == 'cmn'], [], []
    for k in range(0, len(entries), 8):
        said, now = [np.zeros(RATE // 2, np.float32)], .5
        phones = []
        for entry, sound in entries[k:k + 8]:
            phones += [(name, now + start, now + end) for name, start, end in entry['phones']]
            said += [sound, np.zeros(RATE // 5, np.float32)]
            now += len(sound) / RATE + .2
        lips = mouth_of(model, np.concatenate(said))[:, 0]
        touched += [touches(lips, start, end) for name, start, end in phones if name in labels.PRESS]
        shut += [np.mean(lips[int(start * 100):int(end * 100)] <= .01) for name, start, end in phones if name in labels.VOWELS and end - start > .05]
    both = np.mean(touched, axis=0)
    print(f'unseen person, Mandarin, {len(entries)} syllables: lips touch in {both[0]:.1%} of {len(touched)} p m, on a frame at 25 a second in {both[1]:.1%}; vowels shut {np.mean(shut):.1%}')


def vowels(model, corpus, count=24):
    """What a vowel held by itself does to the mouth, in unseen synthetic voices, plain and sung."""
    examples, rng = augment.Examples(corpus, held_out, seed=13, real=0), np.random.default_rng(4)
    found = {vowel: [] for vowel in 'aɑæiu'}
    while min(map(len, found.values())) < count:
        sound, phones = examples.utterance()
        for vowel, cases in found.items():
            long = [(start, end) for name, start, end in phones if name == vowel and end - start > .08]
            if long and len(cases) < count:
                start, end = long[int(rng.integers(len(long)))]
                held = augment.hold(augment.middle(sound, start, end), rng.choice([.6, 1.2, 3.6]))
                cases += [np.pad(held, RATE), np.pad(augment.sung(rng, held), RATE)]
    for vowel, cases in found.items():
        mouths = [mouth_of(model, sound)[100:-100, :2] for sound in cases]
        openings = [np.median(mouth[:, 0]) for mouth in mouths]
        print(f'{vowel} held by itself, {len(cases)} cases: opening {np.median(openings):.3f}, at least {min(openings):.3f}, '
              f'.06 and more in {np.mean(np.array(openings) >= .06):.0%}; width {np.median([np.median(mouth[:, 1]) for mouth in mouths]):+.3f}')


def music(model):
    """What music in which nobody sings does to the mouth: chords made here, then recordings that were not trained on."""
    rng = np.random.default_rng(4)
    pieces = [('made here', np.concatenate([augment.chords(rng, 8 * RATE) for _ in range(20)]))]
    pieces += [(track.name, decode(track)) for pattern in MUSIC for track in sorted(pathlib.Path('/usr/share').glob(pattern))]
    for name, sound in pieces:
        opening = mouth_of(model, sound)[:, 0]
        print(f'music, {name}: opening {opening.mean():.4f}, 95 % below {np.percentile(opening, 95):.3f}, above .03 for {np.mean(opening > .03):.1%} of the time')


def silence(model):
    rng, seconds = np.random.default_rng(2), 8
    count = seconds * RATE
    brown = scipy.ndimage.gaussian_filter1d(rng.normal(size=count), 6)
    breath = rng.normal(size=count) * (.5 + .5 * np.sin(2 * np.pi * .3 * np.arange(count) / RATE)) ** 2
    hum = np.sin(2 * np.pi * 50 * np.arange(count) / RATE) + .3 * np.sin(2 * np.pi * 150 * np.arange(count) / RATE)
    for name, sound in (('digital zero', np.zeros(count)), ('white noise', rng.normal(size=count)), ('room tone', brown), ('breath', breath), ('hum', hum)):
        for decibels in (-70, -55, -40):
            scaled = sound / np.sqrt(np.mean(np.square(sound)) + 1e-12) * 10 ** (decibels / 20)
            opening = mouth_of(model, scaled)[::4, 0]
            print(f'{name:14s} {decibels:4d} dBFS: opening at most {opening.max():.4f}, moving {np.mean(np.abs(np.diff(opening)) > .012):.3f}')


def main(weights, corpus, *curves):
    model = VoiceToMouth.load(weights)
    if curves:
        talkers(model, curves)
    people(model, corpus)
    syllables(model, corpus)
    synthetic(model, corpus)
    vowels(model, corpus)
    music(model)
    silence(model)


if __name__ == '__main__':
    main(*sys.argv[1:])

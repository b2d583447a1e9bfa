"""From clean synthesised speech to what microphones, rooms, mixers and telephones make of it, with the mouth that belongs to it."""
import json
import pathlib

import numpy as np
import scipy.signal

import labels
import level
from model import CONTEXT, HOP, RATE, WINDOW

NO_VOICE = .15                                   # share of examples in which nobody speaks and the mouth rests
FRAMES = 400                                     # mouth frames in a training example
EDGE = WINDOW // 2 + CONTEXT * HOP               # sound before the first and after the last of them
LENGTH = FRAMES * HOP + 2 * EDGE - HOP
LABEL_START = EDGE                               # where in that sound the first of them is


def power(sound):
    return float(np.mean(np.square(sound))) + 1e-12


def loudness_of(sound):
    """Loudness of every mouth frame over about a syllable, in dB, 0 where the talker is loud."""
    squares = np.concatenate([[0], np.cumsum(np.square(sound, dtype=np.float64))])
    centre = np.arange(len(sound) // HOP) * HOP
    low, high = np.clip(centre - 1000, 0, len(sound)), np.clip(centre + 1000, 0, len(sound))
    decibels = 10 * np.log10((squares[high] - squares[low]) / 2000 + 1e-9)
    return decibels - np.percentile(decibels, 90)


def wander(rng, count, every, spread):
    """A smooth random curve of `count` values around 0."""
    knots = rng.normal(0, spread, int(count / every) + 3)
    return np.interp(np.arange(count) / every + rng.random(), np.arange(len(knots)), knots)


def noise(rng, count):
    """Stationary and not so stationary sounds without a voice in them, of power about 1."""
    kind = rng.integers(6)
    white = rng.normal(size=count)
    if kind == 0:
        out = white
    elif kind == 1:                              # pink to brown: rooms, traffic, wind
        out = scipy.signal.lfilter([1], [1, -rng.uniform(.7, .99)], white)
    elif kind == 2:                              # a band, gentle or steep: fans, engines, sea, breath
        low = rng.choice([20, np.exp(rng.uniform(np.log(60), np.log(3000)))])
        high = np.clip(low * rng.uniform(1.5, 6), 150, 7500) if low > 20 else np.exp(rng.uniform(np.log(150), np.log(3000)))
        out = scipy.signal.sosfilt(scipy.signal.butter(int(rng.integers(1, 5)), [low, high], 'band', fs=RATE, output='sos'), white)
    elif kind == 3:                              # hum
        t, base = np.arange(count) / RATE, rng.choice([50, 60, 100, 120])
        out = sum(rng.random() / k * np.sin(2 * np.pi * base * k * t + rng.uniform(0, 6)) for k in range(1, 9)) + .05 * white
    elif kind == 4:                              # taps and clicks
        out = np.convolve(white * (rng.random(count) < 3 / RATE), np.exp(-np.arange(800) / rng.uniform(20, 200)) * rng.normal(size=800), 'same') + .02 * white
    else:
        out = music(rng, count)
    if rng.random() < .4:
        out = out * 10 ** (wander(rng, count, RATE * rng.uniform(.2, 2), 6) / 20)
    out = out / np.sqrt(power(out))
    if rng.random() < .3:                        # it starts or stops at once, as where recordings are cut
        begin, end = np.sort(rng.integers(0, count, 2))
        out[:begin * rng.integers(2)] = 0
        out[end if rng.random() < .5 else count:] = 0
    return out


def music(rng, count):
    """Chords that follow each other: harmonic, but not spoken."""
    t, out, at = np.arange(count) / RATE, np.zeros(count), 0
    root, fall = rng.uniform(80, 300), rng.uniform(.5, 4)
    while at < count:
        length = int(RATE * rng.uniform(.15, 1.0))
        s = slice(at, min(count, at + length))
        ring = np.exp(-fall * (t[s] - t[at]))
        for step in rng.choice([0, 3, 4, 5, 7, 9, 12, 16, 19], 3):
            f = root * 2 ** ((step + rng.choice([0, 2, 5, 7])) / 12)
            out[s] += ring * sum(np.sin(2 * np.pi * f * k * t[s]) / k ** rng.uniform(.7, 2) for k in range(1, 6))
        at += length
    return out


def reverb(rng, sound):
    seconds = rng.uniform(.08, .7)
    tail = rng.normal(size=int(RATE * seconds)) * np.exp(-6.9 * np.arange(int(RATE * seconds)) / (RATE * seconds))
    tail *= np.sqrt(10 ** (rng.uniform(-18, 0) / 10) / (np.square(tail).sum() + 1e-9))
    tail[0] = 1
    return scipy.signal.fftconvolve(sound, tail)[:len(sound)]


def colour(rng, sound):
    """An equaliser, a cheap microphone, a telephone."""
    gains = rng.normal(0, 5, 8)
    response = np.interp(np.linspace(0, 1, 129), [0, .01, .03, .06, .12, .25, .5, 1], gains)
    if rng.random() < .15:
        band = np.linspace(0, RATE / 2, 129)
        response[(band < rng.uniform(150, 350)) | (band > rng.uniform(3200, 4000))] = -50
    kernel = scipy.signal.firwin2(255, np.linspace(0, 1, 129), 10 ** (response / 20))
    return scipy.signal.fftconvolve(sound, kernel, 'same')


def breath(rng, count):
    low = rng.uniform(300, 1500)
    sos = scipy.signal.butter(1, [low, low * rng.uniform(2, 4)], 'band', fs=RATE, output='sos')
    out = scipy.signal.sosfilt(sos, rng.normal(size=count)) * np.hanning(count)
    return out / np.sqrt(power(out))


class Examples:
    """An endless supply of (sound [LENGTH], mouth [FRAMES, 5])."""

    def __init__(self, folder, wanted, seed):
        folder = pathlib.Path(folder)
        self.speech = np.load(folder / 'speech.npy', mmap_mode='r')
        self.index = [u for u in json.loads((folder / 'speech.json').read_text()) if wanted(u['voice'])]
        self.rng = np.random.default_rng(seed)

    def utterance(self):
        """Sound and phones of one utterance, faster or slower, higher or lower, louder and softer over time."""
        rng, u = self.rng, self.index[int(self.rng.integers(len(self.index)))]
        sound = self.speech[u['start']:u['start'] + u['length']].astype(np.float32) / 32768
        speed = float(np.exp(rng.normal(0, .12)))
        at = np.arange(0, len(sound) - 1, speed)
        sound = np.interp(at, np.arange(len(sound)), sound)
        sound = sound * 10 ** (wander(rng, len(sound), RATE * rng.uniform(.2, .6), rng.uniform(0, 4)) / 20)
        phones = [(name, start / speed, end / speed) for name, start, end in u['phones']]
        return sound / np.sqrt(power(sound)) * .1, phones

    def timeline(self):
        """Utterances and pauses until the window is full: the clean sound, its phones, and its loudness."""
        rng, sound, phones, loudness, now = self.rng, [], [], [], 0

        def add(piece, names, loud):
            nonlocal now
            sound.append(piece)
            loudness.append(loud)
            phones.extend((name, now / RATE + start, now / RATE + end) for name, start, end in names)
            now += len(piece)

        first = CONTEXT + 2 + int(rng.integers(3 * labels.RATE))
        start = first * HOP - LABEL_START
        while now < start + LENGTH:
            piece, names = self.utterance()
            piece = piece[:len(piece) // HOP * HOP]
            add(piece, names, loudness_of(piece))
            pause = int(rng.choice([rng.uniform(.05, .4), rng.uniform(.3, 2)]) * RATE) // HOP * HOP
            add(np.zeros(pause), [(labels.PAUSE, 0, pause / RATE)], np.full(pause // HOP, -60.))
        mouth = labels.mouth(phones, np.concatenate(loudness))[first:first + FRAMES]
        return np.concatenate(sound)[start:start + LENGTH], mouth

    def example(self):
        rng = self.rng
        if rng.random() < NO_VOICE:
            sound, mouth = np.zeros(LENGTH), np.zeros((FRAMES, 5))
            for _ in range(rng.integers(3)):
                sound = sound + noise(rng, LENGTH) * 10 ** (rng.uniform(-50, -20) / 20)
            if rng.random() < .6:
                sound = sound * level.gain(sound)
            return sound.astype(np.float32), mouth.astype(np.float32)
        sound, mouth = self.timeline()
        sound = sound * 10 ** (wander(rng, LENGTH, RATE * 2, 2) / 20)
        if rng.random() < .4:
            sound = reverb(rng, sound)
        if rng.random() < .7:
            sound = colour(rng, sound)
        strength = power(sound[np.abs(sound) > 1e-4]) if np.any(np.abs(sound) > 1e-4) else 1e-4
        if rng.random() < .7:
            sound = sound + noise(rng, LENGTH) * np.sqrt(strength) * 10 ** (-rng.uniform(5, 45) / 20)
        if rng.random() < .15:
            other, _ = self.utterance()
            other = np.resize(reverb(rng, other), LENGTH)
            sound = sound + other / np.sqrt(power(other)) * np.sqrt(strength) * 10 ** (-rng.uniform(12, 30) / 20)
        if rng.random() < .3:                    # breath in the pauses and over the words
            start, length = rng.integers(LENGTH - RATE), int(rng.uniform(.2, .9) * RATE)
            sound[start:start + length] += breath(rng, length) * np.sqrt(strength) * 10 ** (-rng.uniform(15, 40) / 20)
        sound = sound * level.gain(sound) * 10 ** (np.clip(rng.normal(0, 3), -10, 8) / 20)
        if rng.random() < .05:
            sound = np.clip(sound, -.3, .3)
        return sound.astype(np.float32), mouth.astype(np.float32)

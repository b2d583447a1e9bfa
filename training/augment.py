"""From clean speech to what microphones, rooms, mixers and telephones make of it, with the mouth that belongs to it."""
import json
import pathlib

import numpy as np
import scipy.linalg
import scipy.signal

import labels
import level
from model import CONTEXT, HOP, RATE, WINDOW

HELD = .12                                       # share of utterances that are one vowel, held
BEFORE, AFTER, FADE = .10, .08, .08              # seconds for which real lips count before and after they speak, and in which this comes and goes
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


def noise(rng, count, music):
    """Stationary and not so stationary sounds without a voice in them, of power about 1; `music` is recorded music, a row a piece."""
    kind = rng.integers(9)
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
        out = sum(rng.random() / k * np.sin(2 * np.pi * base * k * t + rng.uniform(0, 6)) for k in range(1, 9)) + rng.choice([0, .05]) * white
    elif kind == 4:                              # taps and clicks
        out = np.convolve(white * (rng.random(count) < 3 / RATE), np.exp(-np.arange(800) / rng.uniform(20, 200)) * rng.normal(size=800), 'same') + .02 * white
    elif kind == 5:
        out = chords(rng, count)
    else:                                        # three times as often as any other: nothing else is so like a voice
        out = played(rng, count, music)
    if rng.random() < .4:
        out = out * 10 ** (wander(rng, count, RATE * rng.uniform(.2, 2), 6) / 20)
    out = out / np.sqrt(power(out))
    if rng.random() < .3:                        # it starts or stops at once, as where recordings are cut
        begin, end = np.sort(rng.integers(0, count, 2))
        out[:begin * rng.integers(2)] = 0
        out[end if rng.random() < .5 else count:] = 0
    return out


def played(rng, count, music):
    """Some of the recorded music, faster or slower."""
    speed = rng.uniform(.75, 1.3)
    used = int(count * speed) + 2
    piece, start = music[int(rng.integers(len(music)))], int(rng.integers(music.shape[1] - used))
    return np.interp(np.arange(count) * speed, np.arange(used), piece[start:start + used].astype(np.float64))


def chords(rng, count):
    """Notes and chords that follow each other: harmonic, but not spoken."""
    t, out, at = np.arange(count) / RATE, np.zeros(count), 0
    root, fall, slow = rng.uniform(80, 300), rng.choice([0, rng.uniform(.5, 4)]), rng.choice([1, 3])
    notes, partials = rng.integers(1, 4), rng.integers(4, 14)
    while at < count:
        length = int(RATE * rng.uniform(.15, 1.0) * slow)
        s = slice(at, min(count, at + length))
        ring = np.exp(-fall * (t[s] - t[at]))
        for step in rng.choice([0, 3, 4, 5, 7, 9, 12, 16, 19], notes):
            f = root * 2 ** ((step + rng.choice([0, 2, 5, 7])) / 12)
            out[s] += ring * sum(np.sin(2 * np.pi * f * k * t[s]) / k ** rng.uniform(.7, 2) for k in range(1, partials) if f * k < RATE / 2)
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


def throat(sound):
    """The resonances of a short piece of a vowel, as an all-pole filter (linear prediction)."""
    sound = scipy.signal.lfilter([1, -.97], 1, sound) * np.hanning(len(sound))
    likeness = np.array([np.dot(sound[:len(sound) - k], sound[k:]) for k in range(19)])
    likeness[0] = likeness[0] * 1.0001 + 1e-9
    poles = np.concatenate([[1], -scipy.linalg.solve_toeplitz(likeness[:-1], likeness[1:])])
    return np.convolve(poles, [1, -.97])


def buzz(rng, count):
    """What vocal cords make of a spoken or sung note: every harmonic up to 7.6 kHz, equally strong, at a pitch that glides and trembles, and some breath."""
    t = np.arange(count) / RATE
    semitones = wander(rng, count, RATE * rng.uniform(.3, 1), rng.choice([.1, 1.5])) + rng.choice([0, rng.uniform(0, .6)]) * np.sin(2 * np.pi * rng.uniform(4, 7) * t)
    pitch = np.clip(np.exp(rng.uniform(np.log(80), np.log(600))) * 2 ** (semitones / 12), 60, 800)
    half, top = np.pi * np.cumsum(pitch) / RATE + .1, int(7600 / pitch.max())
    below = np.sin(half)
    pulses = np.sin((2 * top + 1) * half) / np.where(np.abs(below) < 1e-6, 1e-6, below) - 1
    return pulses / np.sqrt(power(pulses)) + rng.uniform(0, .2) * rng.normal(size=count)


def hold(sound, seconds):
    """A short piece of a vowel made long: pieces of 50 ms overlap where they fit best."""
    size, step, out = 800, 400, np.zeros((int(seconds * RATE) // 400 + 2) * 400)
    sound = np.pad(sound, (0, max(0, 1200 - len(sound))), 'wrap')
    squares = np.concatenate([[0], np.cumsum(np.square(sound))])
    loud = np.sqrt(squares[step:] - squares[:-step])[:len(sound) - size] + 1e-9
    for at in range(0, len(out) - step, step):
        fit = np.correlate(sound, out[at:at + step], 'valid')[:len(loud)] / loud
        first = int(fit.argmax())
        out[at:at + size] += sound[first:first + size] * np.hanning(size)
    return out


def sung(rng, sound):
    """Its pitch moved by up to three semitones, with or without a tremble; a quarter shorter at most."""
    count = int(len(sound) / 1.25)
    semitones = rng.uniform(-3, 3) + rng.choice([0, .4]) * np.sin(2 * np.pi * rng.uniform(4, 7) * np.arange(count) / RATE)
    return np.interp(np.cumsum(2 ** (semitones / 12)), np.arange(len(sound)), sound)


def middle(sound, start, end):
    """The middle of a phone, where it is most itself; times in seconds."""
    return sound[int((.7 * start + .3 * end) * RATE):int((.3 * start + .7 * end) * RATE)]


def seen(frames, phones):
    """How much real lips count in each frame of a clip: all while somebody speaks; before and after only where they are nearer than the labels say, for some people's stay apart. [frames, 1]"""
    spoken = [(start, end) for name, start, end in phones if name != labels.PAUSE]
    t = np.arange(frames) / labels.RATE
    inside = np.minimum(t - (spoken[0][0] - BEFORE), spoken[-1][1] + AFTER - t)
    return np.clip(inside / FADE + 1, 0, 1)[:, None]


def lateness(clips, sounds, lips, most=8):
    """By how many frames a talker's lips are behind what the labels make of the phones (before them: negative). Picture and sound of a film are not in time to the frame."""
    pairs = []
    for u in clips[::max(1, len(clips) // 20)]:
        truth = labels.mouth(u['phones'], loudness_of(sounds[u['start']:u['start'] + u['length']] / np.float32(32768)))[:, 0]
        pairs.append((lips[u['start'] // HOP:u['start'] // HOP + len(truth), 0], truth))
    likeness = {late: np.mean([np.corrcoef(real[most + late:len(real) - most + late], truth[most:-most])[0, 1] for real, truth in pairs]) for late in range(-most, most + 1)}
    return max(likeness, key=likeness.get)


class Examples:
    """An endless supply of (sound [LENGTH], mouth [FRAMES, 5]).

    `real` is the share of utterances that people said, the others are synthesised; in the share `no_voice` of examples nobody speaks and the mouth rests.
    `talkers`, if there are any, are the people whose real lips are to be learned from: each example is of one of them, in turn."""

    def __init__(self, folder, wanted, seed=0, real=.5, no_voice=.2, talkers=()):
        folder = pathlib.Path(folder)
        self.real, self.no_voice, self.said = real, no_voice, []
        for name in ('speech', 'recordings'):
            index = json.loads((folder / f'{name}.json').read_text())
            self.said.append((np.load(folder / f'{name}.npy', mmap_mode='r'), [u for u in index if wanted(u['voice']) and u.get('kept', 'phones' in u)]))
        self.music = np.load(folder / 'music.npy', mmap_mode='r')
        self.rng, self.clips = np.random.default_rng(seed), []
        if talkers:
            index = json.loads((folder / 'talkers.json').read_text())
            self.clips = [[u for u in index if u['voice'] == talker and u['phones']] for talker in talkers]
            self.filmed, self.lips = (np.load(folder / f'{name}.npy', mmap_mode='r') for name in ('talkers', 'talkers-lips'))
            self.late = [lateness(clips, self.filmed, self.lips) for clips in self.clips]

    def utterance(self):
        """Sound and phones of one utterance, faster or slower, higher or lower, louder and softer over time."""
        rng = self.rng
        speech, index = self.said[int(rng.random() < self.real)]
        u = index[int(rng.integers(len(index)))]
        return self.told(speech[u['start']:u['start'] + u['length']], u['phones'], float(np.exp(rng.normal(0, .12))))

    def told(self, sound, phones, speed):
        """Sound and phones at another speed, louder and softer over time."""
        rng, sound = self.rng, sound.astype(np.float32) / 32768
        at = np.arange(0, len(sound) - 1, speed)
        sound = np.interp(at, np.arange(len(sound)), sound)
        sound = sound * 10 ** (wander(rng, len(sound), RATE * rng.uniform(.2, .6), rng.uniform(0, 4)) / 20)
        return sound / np.sqrt(power(sound)) * .1, [(name, start / speed, end / speed) for name, start, end in phones]

    def filmed_clip(self, clips, late):
        """Sound, phones and lips of a clip, with more or less of the silence before and after, faster or slower."""
        rng = self.rng
        u = clips[int(rng.integers(len(clips)))]
        spoken = [(start, end) for name, start, end in u['phones'] if name != labels.PAUSE]
        first = int(max(0, spoken[0][0] - rng.uniform(.1, .8)) * labels.RATE)
        last = int(min(u['length'] / RATE, spoken[-1][1] + rng.uniform(.1, .8)) * labels.RATE)
        phones = [(name, max(start, first / labels.RATE) - first / labels.RATE, min(end, last / labels.RATE) - first / labels.RATE)
                  for name, start, end in u['phones'] if end > first / labels.RATE and start < last / labels.RATE]
        speed = float(np.exp(rng.normal(0, .12)))
        sound, phones = self.told(self.filmed[u['start'] + first * HOP:u['start'] + last * HOP], phones, speed)
        lips = self.lips[u['start'] // HOP + first:u['start'] // HOP + last]
        at = np.arange(len(sound) // HOP) * speed + late
        return sound, phones, np.stack([np.interp(at, np.arange(len(lips)), column) for column in lips.T], axis=1)

    def vowel(self):
        """The name of a longish vowel of some utterance, and the sound of its middle."""
        while True:
            sound, phones = self.utterance()
            long = [(name, start, end) for name, start, end in phones if end - start > .08 and [p in labels.VOWELS for p in labels.split(name)] == [True]]
            if long:
                name, start, end = long[int(self.rng.integers(len(long)))]
                return name, middle(sound, start, end)

    def held(self):
        """Sound and phones of a vowel held by itself, in its own voice or buzzed, or of two buzzed ones that glide into each other."""
        rng, seconds = self.rng, float(self.rng.uniform(.4, 3))
        vowels = [self.vowel()]
        if rng.random() < .5:
            sound = sung(rng, hold(vowels[0][1], 1.3 * seconds))[:int(seconds * RATE)]
        else:
            vowels += [self.vowel()] if rng.random() < .3 else []
            source = buzz(rng, int(seconds * RATE))
            sounds = [scipy.signal.lfilter([1], throat(piece), source) for _, piece in vowels]
            second = np.clip((np.linspace(0, seconds, len(source)) - seconds / 2) / .15 + .5, 0, 1)
            sound = sum(each / np.sqrt(power(each)) * share for each, share in zip(sounds, (1 - second, second) if len(sounds) > 1 else (1,)))
        now = np.arange(len(sound)) / RATE
        sound = sound * np.clip(np.minimum(now / rng.uniform(.01, .15), now[::-1] / rng.uniform(.02, .3)), 0, 1)
        sound = sound * 10 ** (wander(rng, len(sound), RATE * rng.uniform(.2, 1), rng.uniform(0, 3)) / 20)
        return sound / np.sqrt(power(sound)) * .1, [(name, k * seconds / len(vowels), (k + 1) * seconds / len(vowels)) for k, (name, _) in enumerate(vowels)]

    def pieces(self):
        """What is said, without end: sound, phones, and real lips or None."""
        talker = int(self.rng.integers(len(self.clips))) if self.clips else None
        while True:
            yield self.filmed_clip(self.clips[talker], self.late[talker]) if self.clips else (*(self.held() if self.rng.random() < HELD else self.utterance()), None)

    def timeline(self):
        """Utterances and pauses until the window is full: the clean sound, and the mouth."""
        rng, sound, phones, loudness, filmed, now = self.rng, [], [], [], [], 0

        def add(piece, names, loud):
            nonlocal now
            sound.append(piece)
            loudness.append(loud)
            phones.extend((name, now / RATE + start, now / RATE + end) for name, start, end in names)
            now += len(piece)

        first = CONTEXT + 2 + int(rng.integers(3 * labels.RATE))
        start = first * HOP - LABEL_START
        pieces = self.pieces()
        while now < start + LENGTH:
            piece, names, lips = next(pieces)
            piece = piece[:len(piece) // HOP * HOP]
            if lips is not None:
                filmed.append((now // HOP, lips, seen(len(lips), names)))
            add(piece, names, loudness_of(piece))
            pause = int(rng.choice([rng.uniform(.05, .4), rng.uniform(.3, 2)]) * RATE) // HOP * HOP
            add(np.zeros(pause), [(labels.PAUSE, 0, pause / RATE)], np.full(pause // HOP, -60.))
        mouth = labels.mouth(phones, np.concatenate(loudness))
        for at, lips, share in filmed:
            now = mouth[at:at + len(lips), :2]
            outside = np.stack([np.minimum(now[:, 0], lips[:, 0]), now[:, 1]], axis=1)
            now[:] = outside + share * (lips - outside)
        return np.concatenate(sound)[start:start + LENGTH], mouth[first:first + FRAMES]

    def example(self):
        rng = self.rng
        if rng.random() < self.no_voice:
            sound, mouth = np.zeros(LENGTH), np.zeros((FRAMES, 5))
            for _ in range(rng.choice([0, 1, 1, 2])):
                sound = sound + noise(rng, LENGTH, self.music) * 10 ** (rng.uniform(-50, -20) / 20)
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
            sound = sound + noise(rng, LENGTH, self.music) * np.sqrt(strength) * 10 ** (-rng.uniform(5, 45) / 20)
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

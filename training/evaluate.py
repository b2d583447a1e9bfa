"""How well the mouth follows: on real talkers' videos, on unseen synthetic voices, for vowels held alone, in music, in silence.

  evaluate.py WEIGHTS CORPUS [MESH.onnx VIDEO...]

WEIGHTS is the folder that holds the weights of every network.
MESH is MediaPipe's plain face mesh (input 192 x 192, outputs `landmarks` and `score`). Correlations are at 25 frames a second;
the loudness baselines are the best of four envelopes per clip, which flatters them.
"""
import collections
import json
import pathlib
import subprocess
import sys

import cv2
import numpy as np
import scipy.ndimage
import torch

import augment
import labels
import level
from model import HOP, RATE, VoiceToMouth
from train import held_out

EYES, CORNERS, GAPS = (33, 263), (61, 291), ((13, 14), (82, 87), (312, 317))
FPS = 25
PEOPLE = 120                             # recordings of each language
MUSIC = ('asterisk/moh/*.wav', 'games/asc/music/*.mp3')       # under /usr/share, where Debian's asterisk-moh-opsound-wav and asc-music put it


def mouth_of(model, sound):
    sound = np.pad(sound, (0, -len(sound) % HOP)).astype(np.float32)
    with torch.no_grad():
        return model(torch.tensor(sound[None] * np.float32(level.gain(sound))))[0].numpy()


def decode(path):
    raw = subprocess.run(['ffmpeg', '-v', 'error', '-i', path, '-ac', '1', '-ar', str(RATE), '-f', 's16le', '-'], capture_output=True, check=True).stdout
    return np.frombuffer(raw, '<i2').astype(np.float32) / 32768


def track(path, mesh):
    """Opening and width of a real mouth at 25 frames a second."""
    finder = cv2.CascadeClassifier('/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml')
    video, box, rows = cv2.VideoCapture(path), None, []
    while True:
        ok, image = video.read()
        if not ok:
            break
        for _ in range(2 if box is None else 1):
            if box is None:
                faces = finder.detectMultiScale(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 1.1, 4, minSize=(60, 60))
                if len(faces) == 0:
                    break
                x, y, w, h = max(faces, key=lambda face: face[2])
                box = np.array([x + w / 2, y + h / 2]), w * 1.5, 0.0
            points, score = landmarks(image, mesh, *box)
            low, high = points.min(0), points.max(0)
            across = points[EYES[1]] - points[EYES[0]]
            box = (low + high) / 2, max(high - low) * 1.5, np.arctan2(across[1], across[0])
        if box is None or score < .5:
            rows.append((np.nan, np.nan))
            box = None
            continue
        eyes = np.linalg.norm(across)
        gap = np.mean([np.linalg.norm(points[a] - points[b]) for a, b in GAPS])
        rows.append((gap / eyes, np.linalg.norm(points[CORNERS[0]] - points[CORNERS[1]]) / eyes))
    rows, fps = np.array(rows), video.get(cv2.CAP_PROP_FPS)
    seen = ~np.isnan(rows[:, 0])
    at, times = np.arange(0, len(rows) / fps, 1 / FPS), np.arange(len(rows)) / fps
    return np.stack([np.interp(at, times[seen], rows[seen, k]) for k in (0, 1)], axis=1)


def landmarks(image, mesh, centre, size, angle):
    c, s, k = np.cos(angle), np.sin(angle), size / 192
    turn = np.array([[c, -s], [s, c]]) * k
    matrix = np.column_stack([turn, centre - turn @ [96, 96]])
    crop = cv2.warpAffine(image, matrix, (192, 192), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    mesh.setInput(cv2.dnn.blobFromImage(crop, 1 / 255, swapRB=True))
    points, score = mesh.forward(['landmarks', 'score'])
    return points.reshape(-1, 3)[:, :2] @ turn.T + matrix[:, 2], 1 / (1 + np.exp(-score.item()))


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


def talkers(model, mesh, videos):
    print('real talker          opening r0   lag  best r  range   width r0   loudness r0')
    rows = []
    for path in videos:
        real, sound = track(path, mesh), decode(path)
        guess = mouth_of(model, sound)[::RATE // HOP // FPS]
        opening, width = correlations(real[:, 0], guess[:, 0]), correlations(real[:, 1], guess[:, 1])
        loud = max(correlations(real[:, 0], curve)[0] for curve in loudness(sound, len(real)))
        best = max(opening, key=opening.get)
        rows.append((opening[0], best, opening[best], span(guess[:, 0]) / span(real[:, 0]), width[0], loud))
        print(f'{path.rsplit("/", 1)[-1]:20s} {rows[-1][0]:10.3f} {best:5d} {rows[-1][2]:7.3f} {rows[-1][3]:6.2f} {rows[-1][4]:10.3f} {loud:13.3f}')
    mean = np.mean(rows, axis=0)
    print(f'{"mean":20s} {mean[0]:10.3f} {"":5s} {mean[2]:7.3f} {mean[3]:6.2f} {mean[4]:10.3f} {mean[5]:13.3f}')


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


def main(weights, corpus, mesh=None, *videos):
    model = VoiceToMouth.load(weights)
    if videos:
        talkers(model, cv2.dnn.readNetFromONNX(mesh), videos)
    people(model, corpus)
    syllables(model, corpus)
    synthetic(model, corpus)
    vowels(model, corpus)
    music(model)
    silence(model)


if __name__ == '__main__':
    main(*sys.argv[1:])

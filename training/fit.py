"""Fits the table of labels.py to real lips: what phones do to the mouth, how far they reach, how long lips take to close.

  fit.py CORPUS [TALKER...]

Prints how well labels follow the lips before and after, on the people that were learned from and on the TALKERs that were left out, and the fitted figures.
Nothing is written: who is content puts them into labels.py. A talker's scale and resting gap do not matter, correlations are compared.
"""
import json
import pathlib
import sys

import numpy as np
import torch

import augment
import labels
from model import HOP

NAMES = [*labels.PHONES, *labels.SILENT]
STYLE, KEPT = ('fade_in', 'fade_out', 'ramp'), ('lead', 'effort')      # what is fitted of labels.Style; what is not: sentences that are read tell little of it
CLIPS, STEPS, SPEED = 40, 300, .02       # clips of a talker at most; steps of fitting, and how far each goes
FAITH = .3                               # how much it costs to move away from the table: what is said seldom stays as it is
PART = .7                                # share of the way that is worth going, for these people say few words
MOST = 44                                # segments of a clip


def clips(corpus):
    """For every clip (talker, loudness [frames], segments [MOST, 5], lips [frames, 2], how much they count [frames])."""
    folder = pathlib.Path(corpus)
    sounds, lips = (np.load(folder / f'{name}.npy', mmap_mode='r') for name in ('talkers', 'talkers-lips'))
    had, index = {}, json.loads((folder / 'talkers.json').read_text())
    late = {talker: augment.lateness([entry for entry in index if entry['voice'] == talker and entry['phones']], sounds, lips) for talker in {entry['voice'] for entry in index}}
    for entry in index:
        if had.setdefault(entry['voice'], 0) >= CLIPS or not entry['kept']:
            continue
        rows = [(NAMES.index(name), start, end, factor, 1) for name, start, end, factor in labels.segments(entry['phones'])]
        if len(rows) > MOST:
            continue
        had[entry['voice']] += 1
        sound = sounds[entry['start']:entry['start'] + entry['length']] / np.float32(32768)
        first, frames = entry['start'] // HOP, entry['length'] // HOP
        at = first + np.clip(np.arange(frames) + late[entry['voice']], 0, frames - 1)
        yield entry['voice'], augment.loudness_of(sound), rows + [(0, 0, 1, 0, 0)] * (MOST - len(rows)), lips[at], augment.seen(frames, entry['phones'])[:, 0]


class Table(torch.nn.Module):
    """labels.mouth for many clips at once, with everything in it free to move a little."""

    def __init__(self):
        super().__init__()
        table = torch.tensor([{**labels.PHONES, **labels.SILENT}[name] for name in NAMES])
        self.register_buffer('table', table)
        self.register_buffer('style', torch.tensor([getattr(labels.Style, name) for name in STYLE]))
        for kind in ('PRESS', 'TUCK'):
            self.register_buffer(kind, torch.tensor([float(name in getattr(labels, kind)) for name in NAMES]))
        self.target, self.insistence, self.timing = (torch.nn.Parameter(torch.zeros(shape)) for shape in ((len(NAMES), 2), (len(NAMES), 2), (len(STYLE),)))

    def values(self):
        target = self.table[:, :2] + self.target
        target = torch.stack([target[:, 0].clamp(0, 1.3), target[:, 1].clamp(-1.2, 1.2)], 1)
        style = {name: value * step.exp() for name, value, step in zip(STYLE, self.style, self.timing)}
        style.update((name, getattr(labels.Style, name)) for name in KEPT)
        return target, self.table[:, 3:] * self.insistence.exp(), style

    def forward(self, loudness, segments):
        target, insistence, style = self.values()
        name, start, end, factor, there = segments.unbind(2)
        name = name.long()
        t = torch.arange(loudness.shape[1])[None, :, None] / labels.RATE + style['lead']
        start, end = start[:, None], end[:, None]

        def outside(start, end, before, after):
            return torch.maximum(torch.maximum((start - t) / before, (t - end) / after), torch.zeros(()))

        def lips(kind):
            far = outside(start, torch.maximum(end - .02, start + .02), style['ramp'], style['ramp']) + 9 * (1 - (getattr(self, kind)[name] * there))[:, None]
            return .5 + .5 * torch.cos(np.pi * far.min(2).values.clamp(max=1))
        far = torch.exp(-outside(start, end, style['fade_in'], style['fade_out'])) * (factor * there)[:, None]
        opening, width = ((weight * target[name][:, None, :, k]).sum(2) / (weight.sum(2) + 1e-6) for k in (0, 1) for weight in (far * insistence[name][:, None, :, k],))
        effort = (10 ** (style['effort'] * loudness / 20)).clamp(.35, 1.5)
        return labels.FULL * opening * effort * (1 - lips('PRESS')) * (1 - .75 * lips('TUCK')), width


def likeness(a, b, counts):
    """Correlation over the frames that count, for every clip."""
    total = counts.sum(1, keepdim=True)
    a, b = (x - (x * counts).sum(1, keepdim=True) / total for x in (a, b))
    return (a * b * counts).sum(1) / ((a * a * counts).sum(1) * (b * b * counts).sum(1) + 1e-9).sqrt()


def main(corpus, *left_out):
    torch.manual_seed(0)
    found = list(clips(corpus))
    frames = min(len(clip[1]) for clip in found)
    talkers = np.array([clip[0] for clip in found])
    loudness, segments, lips, counts = (torch.tensor(np.stack([clip[k][:frames] if k != 2 else clip[k] for clip in found]), dtype=torch.float32) for k in (1, 2, 3, 4))
    table = Table()
    learned = [talker for talker in sorted(set(talkers)) if talker not in left_out]
    optimiser = torch.optim.Adam(table.parameters(), SPEED)

    def scores(chosen):
        opening, width = table(loudness[chosen], segments[chosen])
        return torch.stack([likeness(opening, lips[chosen, :, 0], counts[chosen]), likeness(width, lips[chosen, :, 1], counts[chosen])])

    def report(when):
        with torch.no_grad():
            for talker in sorted(set(talkers)):
                opening, width = scores(np.flatnonzero(talkers == talker)).mean(1)
                print(f'{when} {talker}{" (left out)" if talker in left_out else ""}: opening {opening:.3f}, width {width:.3f}')
    report('before')
    for step in range(STEPS):
        chosen = np.concatenate([np.random.default_rng([step, k]).choice(np.flatnonzero(talkers == talker), 6) for k, talker in enumerate(learned)])
        opening, width = scores(chosen).mean(1)
        faith = (table.target / .3).square().mean() + (table.insistence / .7).square().mean() + .02 * table.timing.square().sum()
        value = (1 - opening) + .5 * (1 - width) + FAITH * faith
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        if (step + 1) % 100 == 0:
            print(f'{step + 1}: opening {opening:.3f}, width {width:.3f}, moved {faith:.3f}', flush=True)
    report('after')
    with torch.no_grad():
        for part in (table.target, table.insistence):
            part.mul_(PART)
        report(f'{PART:.0%} of the way')
        target, insistence, style = table.values()
    print({name: round(float(value), 3) for name, value in style.items()})
    for name, (before, *_), now, strength in zip(NAMES, zip(table.table.tolist()), target.tolist(), insistence.tolist()):
        if np.abs(np.array(now) - before[:2]).max() > .02 or np.abs(np.log(np.array(strength) / before[3:])).max() > .05:
            print(f'{name}: {before[0]:.2f} {before[1]:+.2f} {before[3]:.2f} {before[4]:.2f} -> {now[0]:.2f} {now[1]:+.2f} {strength[0]:.2f} {strength[1]:.2f}')


if __name__ == '__main__':
    main(*sys.argv[1:])

"""The network, from sound to mouth. Sound goes in as it is; the spectrogram is part of the graph."""
import pathlib

import numpy as np
import torch
from torch import nn

RATE, HOP, WINDOW = 16000, 160, 400
BANDS, LOW, HIGH = 64, 60, 7600        # mel bands between these frequencies
FLOOR = 1e-3                           # power below which a band counts as silent
CHANNELS, DILATIONS = 128, (1, 2, 4, 8, 1, 2, 4, 8)
CONTEXT = 2 + 2 * sum(DILATIONS)       # frames on either side that a network's frame depends on
OPENING, WIDTH = .1, .1                # units of the network's inner scale
SHUT = .8                              # press from which on the lips touch, as the networks learn it
PARTED, TOUCHING = .60, .90            # press, as a share of the highest nearby, at which lips begin to close, and from which on they touch, in what is used
NEARBY, DOUBT, SURE = 6, .12, .30      # frames on either side that are nearby; press up to which nothing closes, and from which on lips touch where it is highest
CLOSED = 2                             # frames on either side of what touches, in which they do as well: a film sees one frame in four
PEAK, PEAKED = .115, 1.4               # in use, openings are this with the exponent PEAKED for what they are as a share of PEAK: what is unsure is never as pointed as real speech
SOFT, REACH = 2.0, 6                   # frames: the bell (its standard deviation) that takes the jerk out of what is used, and where it ends
EAGER = 0.                             # log odds by which closures and tucks are likelier in use than in training


def mel_filters():
    def mel(f):
        return 2595 * np.log10(1 + f / 700)
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)
    edges = 700 * (10 ** (np.linspace(mel(LOW), mel(HIGH), BANDS + 2) / 2595) - 1)
    rise = (frequencies - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - frequencies) / (edges[2:] - edges[1:-1])[:, None]
    filters = np.maximum(0, np.minimum(rise, fall))
    nearest = np.abs(frequencies - edges[1:-1, None]).argmin(axis=1)
    filters[np.arange(BANDS), nearest] = np.maximum(filters[np.arange(BANDS), nearest], .5)   # a narrow band misses every bin
    return filters


class Spectrogram(nn.Module):
    """[B, N] sound to [B, BANDS, N / HOP] log mel power, 0 at and below the floor; frame t is centred on sample t * HOP."""

    def __init__(self):
        super().__init__()
        phase = 2 * np.pi * np.outer(np.arange(WINDOW // 2 + 1), np.arange(WINDOW)) / WINDOW
        kernels = np.concatenate([np.cos(phase), np.sin(phase)]) * np.hanning(WINDOW + 1)[:-1]
        self.register_buffer('kernels', torch.tensor(kernels[:, None], dtype=torch.float32))
        self.register_buffer('filters', torch.tensor(mel_filters()[:, :, None], dtype=torch.float32))

    def forward(self, audio):
        spectrum = nn.functional.conv1d(audio[:, None], self.kernels, stride=HOP)
        real, imaginary = spectrum.chunk(2, dim=1)
        power = nn.functional.conv1d(real * real + imaginary * imaginary, self.filters)
        return torch.log(power / FLOOR + 1)


class Block(nn.Module):
    def __init__(self, dilation):
        super().__init__()
        self.dilation = dilation
        self.conv = nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=dilation)
        self.norm = nn.BatchNorm1d(CHANNELS)

    def forward(self, x):
        return x[:, :, self.dilation:-self.dilation] + torch.relu(self.norm(self.conv(x)))


class Network(nn.Module):
    """[B, BANDS, T + 2 CONTEXT] spectrogram, T even, to [B, T, 5] mouth.

    Thinks in pairs of frames, for speed. No padding inside, so every frame has its full context."""

    def __init__(self):
        super().__init__()
        self.into = nn.Conv1d(BANDS, CHANNELS, 6, stride=2)
        self.blocks = nn.ModuleList(Block(d) for d in DILATIONS)
        self.out = nn.Conv1d(CHANNELS, 2 * 5, 1)
        with torch.no_grad():
            self.out.bias.copy_(torch.tensor([-1., 0, -2, -2, -1] * 2))         # what is usual, to begin with
            self.out.weight.mul_(.2)

    def raw(self, bands):
        """What is known before it is squeezed into a mouth's range."""
        x = torch.relu(self.into(bands * .25))
        for block in self.blocks:
            x = block(x)
        return self.out(x).float().transpose(1, 2).reshape(x.shape[0], -1, 5)

    def forward(self, bands):
        return mouth(self.raw(bands), 0 if self.training else EAGER)


def mouth(raw, eager):
    opening, width, lips, teeth = raw.split((1, 1, 2, 1), dim=2)
    lips = torch.sigmoid(lips + eager)
    opening = OPENING * nn.functional.softplus(opening) * torch.relu(1 - lips[:, :, :1] / SHUT)
    return torch.cat([opening, WIDTH * width, lips, torch.sigmoid(teeth)], dim=2)


def smoothly(x, start, end):
    """0 up to start, 1 from end on, with neither corner."""
    x = ((x - start) / (end - start)).clamp(0, 1)
    return x * x * (3 - 2 * x)


def highest(x, frames):
    """The highest of each value and those up to some frames away."""
    return nn.functional.max_pool1d(x, 2 * frames + 1, stride=1, padding=frames)


class Softening(nn.Module):
    """[B, T + 2 (REACH + CLOSED + NEARBY), 5] mouth to [B, T, 5]: lips touch where press is highest, for 50 ms at least, and nothing moves faster than lips do.

    Real lips are back at their mean opening 80 ms from the middle of a p, b or m. From shut to wide open in one frame of a video is not seen in people: of their range, real
    lips cross .53 to .63 at most from one frame at 25 a second to the next, lips that closed without this up to 1.0."""

    def __init__(self):
        super().__init__()
        bell = np.exp(-.5 * (np.arange(-REACH, REACH + 1) / SOFT) ** 2)
        self.register_buffer('bell', torch.tensor(bell / bell.sum(), dtype=torch.float32).expand(5, 1, -1).clone())

    def forward(self, mouth):
        opening, width, press, tuck, teeth = mouth.transpose(1, 2).split(1, dim=1)
        opening = PEAK * (opening / PEAK) ** PEAKED
        peak = highest(press, NEARBY)
        shut = highest(smoothly(press / (peak + 1e-3), PARTED, TOUCHING) * smoothly(peak, DOUBT, SURE), CLOSED)
        soft = nn.functional.conv1d(torch.cat([opening * (1 - shut), width, highest(press, 1), tuck, teeth], dim=1), self.bell, groups=5).transpose(1, 2)
        return soft[:, CLOSED + NEARBY:soft.shape[1] - CLOSED - NEARBY]


class VoiceToMouth(nn.Module):
    """What is exported: [1, N] sound, N a multiple of HOP, to [1, N / HOP, 5] mouth. Before and after the sound it is silent.

    The softened mean of several networks that differ only in their seed: each errs in its own places."""

    def __init__(self, networks):
        super().__init__()
        self.spectrogram, self.networks, self.softening = Spectrogram(), nn.ModuleList(networks), Softening()

    @staticmethod
    def load(folder):
        """The networks whose weights lie in a folder."""
        networks = []
        for path in sorted(pathlib.Path(folder).glob('*.pt')):
            networks.append(Network())
            networks[-1].load_state_dict(torch.load(path))
        return VoiceToMouth(networks).eval()

    def forward(self, audio):
        edge = WINDOW // 2 + (CONTEXT + REACH + CLOSED + NEARBY) * HOP
        bands = self.spectrogram(nn.functional.pad(audio, (edge, edge)))      # one frame more, so that an odd T has its pair
        raw = sum(network.raw(bands) for network in self.networks) / len(self.networks)
        return self.softening(mouth(raw, EAGER))[:, :audio.shape[1] // HOP]

"""Makes golden.f32 for MelSpectrogramTest:  python make_golden.py  (numpy only).

The formulas of the mel features that Wav2Lip (Prajwal et al., 2020) was trained with, written down anew after the
documentation of librosa 0.7 and the paper, in another way than in the product: a padded signal, numpy's FFT, one matrix of
filters.

    signal   x[n] = integers made by a linear congruential generator, a swept tone and a pause, so that Java can make the
             same ones without a file (see MelSpectrogramTest.voice); 16-bit, over 32768
    emphasis y[0] = x[0], y[n] = x[n] - 0.97 x[n-1]
    frames   y padded by 400 on both sides (reflect), 800 samples every 200: 1 + len(y) // 200 frames
    window   w[n] = 0.5 - 0.5 cos(2 pi n / 800), n = 0 ... 799 (periodic Hann)
    spectrum |rfft(w * frame)|, 401 magnitudes
    mel      m(f) = 3 f / 200 below 1000 Hz, 15 + 27 ln(f / 1000) / ln(6.4) above
    filters  82 points evenly spaced in m from 55 to 7600 Hz; triangle i between points i, i+1, i+2, times 2 / (f[i+2] - f[i])
    decibel  20 log10(max(1e-5, amplitude)) - 20
    value    clip(8 (dB + 100) / 100 - 4, -4, 4)

golden.f32: little-endian float32, column by column, 80 values each.
"""
import pathlib

import numpy as np

RATE, FFT, HOP, BANDS = 16000, 800, 200, 80


def signal(count):
    """Noise that swells, a tone from 80 to 7000 Hz, a pause of digital zeros: as MelSpectrogramTest.voice makes it."""
    samples = []
    state = 12345
    for n in range(count):
        state = (1103515245 * state + 12345) % 2**31
        noise = state // 65536 % 2001 - 1000
        tone = 9000 * np.sin(2 * np.pi * (80 * n / RATE + (7000 - 80) * (n / RATE) ** 2 / 2))
        samples.append(0 if 6000 <= n < 9000 else round(float(noise * (n % 4000) / 4000 + tone)))
    return np.array(samples, dtype=np.float64) / 32768


def mel(f):
    f = np.asarray(f, dtype=np.float64)
    return np.where(f < 1000, 3 * f / 200, 15 + 27 * np.log(np.maximum(f, 1e-9) / 1000) / np.log(6.4))


def hertz(m):
    return np.where(m < 15, 200 * m / 3, 1000 * 6.4 ** ((m - 15) / 27))


def filters():
    points = hertz(np.linspace(mel(55), mel(7600), BANDS + 2))
    bins = np.arange(FFT // 2 + 1) * RATE / FFT
    rows = []
    for low, middle, high in zip(points, points[1:], points[2:]):
        triangle = np.interp(bins, [low, middle, high], [0, 1, 0], left=0, right=0)
        rows.append(triangle * 2 / (high - low))
    return np.array(rows)


def features(x):
    y = np.append(x[0], x[1:] - 0.97 * x[:-1])
    padded = np.pad(y, FFT // 2, mode="reflect")
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT) / FFT)
    frames = [padded[i * HOP : i * HOP + FFT] * window for i in range(1 + len(y) // HOP)]
    amplitude = filters() @ np.abs(np.fft.rfft(frames, axis=1)).T
    decibels = 20 * np.log10(np.maximum(1e-5, amplitude)) - 20
    return np.clip(8 * (decibels + 100) / 100 - 4, -4, 4)


if __name__ == "__main__":
    golden = features(signal(16000 + 777))
    golden.T.astype("<f4").tofile(pathlib.Path(__file__).with_name("golden.f32"))
    print(golden.shape, golden.min(), golden.max())

"""Writes the recordings in which it is measured whether lips touch: people who were not trained on, with the time of every phone.

  spoken.py CORPUS SOUND.ogg LABELS.txt [SECONDS]

LABELS.txt has a line for every phone: start, end (seconds) and IPA name, with tabs between, as Audacity reads and writes them.
"""
import pathlib
import subprocess
import sys

import numpy as np

import evaluate
import labels
from model import RATE

PAUSE = .8                     # seconds before, between and after them


def main(corpus, sound, times, seconds=75.):
    said, rows, counts = [np.zeros(int(PAUSE * RATE), np.float32)], [], dict(en=0., es=0.)
    for entry, recording in evaluate.recorded(corpus):
        length, language = len(recording) / RATE, entry['language']
        if length < 1.5 or counts.get(language, np.inf) + length > float(seconds) / 2:
            continue
        now = sum(map(len, said)) / RATE
        rows += [(now + start, now + end, name) for name, start, end in entry['phones'] if name != labels.PAUSE]
        said += [recording, np.zeros(int(PAUSE * RATE), np.float32)]
        counts[language] += length
    raw = (np.concatenate(said) * 32767).astype('<i2').tobytes()
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 's16le', '-ar', str(RATE), '-ac', '1', '-i', '-', '-c:a', 'libopus', '-b:a', '28k', sound], input=raw, check=True)
    pathlib.Path(times).write_text(''.join(f'{max(0, start):.2f}\t{end:.2f}\t{name}\n' for start, end, name in rows), 'utf-8')
    print(f'{len(said) // 2} recordings, {sum(map(len, said)) / RATE:.0f} s, {sum(name in labels.PRESS for _, _, name in rows)} p b m')


if __name__ == '__main__':
    main(*sys.argv[1:])

"""Makes what the network is trained with: synthesised speech with the time of every phone, and pieces of recorded music.

  corpus.py FOLDER [HOURS]

FOLDER/speech.npy holds all speech (int16, 16 kHz) end to end, FOLDER/speech.json one entry per utterance:
voice, language, start and length in samples, phones as [IPA name, start, end] in seconds ('_' is a pause).
FOLDER/music.npy holds music in which nobody sings (int16, 16 kHz), a row a piece.
"""
import concurrent.futures
import ctypes
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import scipy.io.wavfile
import scipy.signal

import labels
import texts

RATE = 16000
FLITE = ('kal16', 'awb', 'rms', 'slt')
SAMPA = dict(tS='tʃ', dZ='dʒ', S='ʃ', Z='ʒ', L='l', J='n', E='ɛ', O='ɔ', N='ŋ', D='ð', T='θ', rr='r', nf='n', ng='ŋ', ax='ə')
CZECH = {'ch': 'x', 'c': 'ts', 'c~': 'tʃ', 's~': 'ʃ', 'z~': 'ʒ', 'r~': 'rʒ', 'r~*': 'rʃ', 'n~': 'n', 'n*': 'ŋ', 'd~': 'd', 't~': 't', 'dz~': 'dʒ'}
FINNISH = {'@': 'æ', '7': 'ø', '&': 'ə', 'N': 'ŋ', 'S': 'ʃ', 'D': 'ð'}
RUSSIAN = dict(yy='ɨ', y='ɨ', ae='ɛ', ay='ə', ur='ʊ', c='ts', ch='tɕ', sh='ʂ', sch='ɕ', zh='ʐ', h='x', hh='x')
HINDI = dict(a='ə', aa='a', ih='ɪ', iy='i', uh='ʊ', uw='u', eh='e', ee='e', ay='ɛ', oh='o', oo='o', aw='ɔ', T='t', D='d', N='n', th='t', dh='d', R='ɾ', sh='ʃ',
             j='dʒ', ksh='kʂ', kh='k', gh='g', td='t', tth='t', ddh='d', bh='b', zh='ʒ', y='j', ch='tʃ')
# festival's name of the voice: language of the text, its encoding, the voice's phones in IPA where they are called otherwise
FESTIVAL = {'ked_diphone': ('en', 'latin1', labels.ARPABET), 'cmu_us_slt_arctic_hts': ('en', 'latin1', labels.ARPABET), 'lp_diphone': ('it', 'latin1', SAMPA),
            'pc_diphone': ('it', 'latin1', SAMPA), 'czech_ph': ('cs', 'iso8859-2', CZECH), 'czech_machac': ('cs', 'iso8859-2', CZECH), 'czech_dita': ('cs', 'iso8859-2', CZECH),
            'hy_fi_mv_diphone': ('fi', 'latin1', FINNISH), 'suo_fi_lj_diphone': ('fi', 'latin1', FINNISH), 'upc_ca_ona_hts': ('ca', 'latin1', SAMPA),
            'msu_ru_nsh_clunits': ('ru', 'utf8', RUSSIAN), 'hindi_NSK_diphone': ('hi', 'utf8', HINDI)}
FLITE_SHARE, FESTIVAL_SHARE = .3, .25
# espeak-ng's name of the voice -> the language of the text
ESPEAK = {'en-us': 'en', 'en': 'en', 'en-gb-scotland': 'en', 'en-gb-x-rp': 'en', 'en-029': 'en', 'de': 'de', 'fr': 'fr', 'es': 'es', 'es-419': 'es', 'it': 'it', 'pt': 'pt',
          'pt-br': 'pt', 'ru': 'ru', 'cs': 'cs', 'pl': 'pl', 'cmn-latn-pinyin': 'cmn-latn-pinyin', 'yue': 'yue', 'ja': 'ja', 'ko': 'ko', 'hi': 'hi', 'ar': 'ar',
          'tr': 'tr', 'sv': 'sv', 'nl': 'nl', 'vi': 'vi', 'el': 'el'}
# lossy codecs, as FFmpeg encodes them: (container, options, bit rates)
CODECS = (('mp3', ['-c:a', 'libmp3lame'], (24, 32, 48, 64)), ('ogg', ['-c:a', 'libopus'], (8, 12, 16, 24)), ('adts', ['-c:a', 'aac'], (24, 32, 48)),
          ('mp2', ['-c:a', 'mp2'], (32, 48)), ('ogg', ['-c:a', 'libspeex'], (8, 15)), ('wav', ['-c:a', 'pcm_mulaw', '-ar', '8000'], (64,)), ('gsm', ['-c:a', 'libgsm', '-ar', '8000'], (13,)))
CODEC_SHARE = .25
# music without a voice, under /usr/share; of hyperrogue's, FFmpeg cannot read some of the other pieces, and one may have a choir
MUSIC = ('hyperrogue/music/hr3-*.ogg', 'planetblupi/music/*.ogg', 'games/singularity/music/**/*.ogg', 'games/frozen-bubble/snd/*.xm')
PIECE, PIECES = 20, 4                            # seconds; of one track at most
VARIANTS = ('m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 klatt klatt2 klatt4 klatt6 Andrea Annie Alicia linda steph steph2 rob robert travis victor zac david edward '
            'john paul quincy iven2 Diogo Mario pablo aunty grandma grandpa adam anika belinda benjamin boris caleb norbert sandro shelby Alex Andy Gene Hugo Jacky '
            'Lee Marco Michael Mike Storm Denis klatt3 klatt5').split()


class Event(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('message', ctypes.c_uint), ('position', ctypes.c_int), ('length', ctypes.c_int), ('milliseconds', ctypes.c_int),
                ('sample', ctypes.c_int), ('user', ctypes.c_void_p), ('name', ctypes.c_char * 8)]


class Espeak:
    """espeak-ng through its library, which tells when each phone begins."""
    SYNCHRONOUS, PHONEME_EVENTS, IPA, PHONEME, UTF8, SPEED, PITCH, RANGE = 2, 1, 2, 7, 1, 1, 3, 4

    def __init__(self):
        self.library = ctypes.CDLL('libespeak-ng.so.1')
        self.rate = self.library.espeak_Initialize(self.SYNCHRONOUS, 0, None, self.PHONEME_EVENTS | self.IPA)
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
        self.callback = kind(self.collect)
        self.library.espeak_SetSynthCallback(self.callback)

    def collect(self, sound, count, events):
        if sound and count > 0:
            self.sound.append(ctypes.string_at(sound, 2 * count))
        k = 0
        while events[k].type:
            if events[k].type == self.PHONEME:
                raw = ctypes.string_at(ctypes.addressof(events[k]) + Event.name.offset, 8).split(b'\0')[0]
                self.starts.append((raw.decode('utf-8', 'ignore'), events[k].milliseconds / 1000))
            k += 1
        return 0

    def say(self, voice, text, speed, pitch, spread):
        self.sound, self.starts = [], []
        if self.library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f'espeak-ng has no voice {voice}')
        for parameter, value in ((self.SPEED, speed), (self.PITCH, pitch), (self.RANGE, spread)):
            self.library.espeak_SetParameter(parameter, int(value), 0)
        raw = text.encode()
        self.library.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, self.UTF8, None, None)
        self.library.espeak_Synchronize()
        sound = np.frombuffer(b''.join(self.sound), '<i2')
        if any(name.startswith('(') for name, _ in self.starts):
            return None                              # it switched to another language in the middle
        ends = [start for _, start in self.starts[1:]] + [len(sound) / self.rate]
        phones = [(name if labels.split(name) else labels.PAUSE, start, end) for (name, start), end in zip(self.starts, ends) if end > start]
        return self.rate, sound, closures(phones)


def closures(phones):
    """espeak-ng's plosives begin with the burst (measured): gives them back the closure before it, out of the phone before."""
    out = []
    for name, start, end in phones:
        parts = labels.split(name)
        if out and parts and parts[0] in labels.PLOSIVES:
            before, since, _ = out.pop()
            closed = start - min(.05, (start - since) / 2)
            burst = min(start + .01, end)
            out += [(before, since, closed), (parts[0], closed, burst)]
            name, start = ''.join(parts[1:]) or 'h', burst
        if end > start:
            out.append((name, start, end))
    return out


def flite(voice, text, stretch, pitch):
    with tempfile.NamedTemporaryFile(suffix='.wav') as file:
        done = subprocess.run(['flite', '-voice', voice, '-t', text, '-psdur', '--setf', f'duration_stretch={stretch:.2f}', '--setf', f'int_f0_target_mean={pitch:.0f}',
                               '-o', file.name], capture_output=True, text=True)
        rate, sound = scipy.io.wavfile.read(file.name)
    phones, start = [], 0.0
    for entry in done.stdout.split():
        name, end = entry.rsplit(':', 1)
        phones.append((labels.ARPABET[name], start, float(end)))
        start = float(end)
    return rate, sound, phones


SAY = """(define (say text stem) (let ((u (eval (list 'Utterance 'Text text))))
  (utt.synth u) (utt.save.wave u (string-append stem ".wav") 'riff) (utt.save.segs u (string-append stem ".lab"))))
"""


def festival(voice, lines, encoding, names, rng):
    """Says all lines in one run of festival, which is slow to start."""
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, 'say.scm')
        said = [f"(Parameter.set 'Duration_Stretch {rng.uniform(.8, 1.3):.2f}) (unwind-protect (say \"{line}\" \"{folder}/{k}\") nil)" for k, line in enumerate(lines)]
        script.write_text(SAY + f'(voice_{voice})\n' + '\n'.join(said), encoding, 'ignore')
        subprocess.run(['festival', '--batch', script], capture_output=True)
        for stem in (f'{folder}/{k}' for k in range(len(lines))):
            if not pathlib.Path(stem + '.lab').exists():
                continue
            rate, sound = scipy.io.wavfile.read(stem + '.wav')
            phones, start = [], 0.0
            for row in pathlib.Path(stem + '.lab').read_text('latin1').splitlines()[1:]:
                end, _, name = row.split()
                name = labels.PAUSE if name in ('#', 'pau', '_') else names.get(name.rstrip('1'), name)
                phones.append((name if labels.split(name) else labels.PAUSE, start, float(end)))
                start = float(end)
            yield rate, sound, phones


def flites(hours, rng):
    """(voice, language, rate, sound, phones) of flite until there are enough hours."""
    sentences, left = texts.sentences('en', 4000, rng), hours * 3600
    while left > 0:
        voice = FLITE[int(rng.integers(len(FLITE)))]
        pitch = {'slt': 180, 'kal16': 105}.get(voice, 115) * rng.uniform(.8, 1.3)
        rate, sound, phones = flite(voice, next(sentences), rng.uniform(.75, 1.35), pitch)
        left -= len(sound) / rate
        yield voice, 'en', rate, sound, phones


def festivals(hours, rng):
    """The same of festival's voices, as much of each."""
    for voice, (language, encoding, names) in FESTIVAL.items():
        sentences, left = texts.sentences(language, 4000, rng), hours * 3600 / len(FESTIVAL)
        while left > 0:
            said = list(festival(voice, [next(sentences) for _ in range(20)], encoding, names, rng))
            if not said:
                raise RuntimeError(f'festival says nothing with the voice {voice}: is all of its package installed?')
            for each in said:
                left -= len(each[1]) / each[0]
                yield voice, language, *each


def espeaks(hours, rng):
    """The same of espeak-ng."""
    texts_of = {language: texts.sentences(language, 4000, rng) for language in sorted({*ESPEAK.values()})}
    espeak, left = Espeak(), hours * 3600
    while left > 0:
        voice = str(rng.choice(list(ESPEAK)))
        variant = VARIANTS[int(rng.integers(len(VARIANTS)))]
        said = espeak.say(f'{voice}+{variant}', next(texts_of[ESPEAK[voice]]), rng.uniform(110, 230), rng.uniform(20, 80), rng.uniform(20, 80))
        if said:
            left -= len(said[1]) / said[0]
            yield f'{voice}+{variant}', ESPEAK[voice], *said


def coded(sound, rng):
    """The sound after a lossy codec, moved back to where it was."""
    container, options, bitrates = CODECS[int(rng.integers(len(CODECS)))]
    plain = ['-f', 's16le', '-ar', str(RATE), '-ac', '1']
    small = subprocess.run(['ffmpeg', '-v', 'error', *plain, '-i', '-', *options, '-b:a', f'{rng.choice(bitrates)}k', '-f', container, '-'], input=sound.tobytes(), capture_output=True)
    back = subprocess.run(['ffmpeg', '-v', 'error', *(['-f', 'gsm', '-ar', '8000'] if container == 'gsm' else []), '-i', '-', *plain, '-'], input=small.stdout, capture_output=True)
    heard = np.frombuffer(back.stdout, '<i2')
    if len(heard) < len(sound) / 2:
        raise ValueError(f'FFmpeg cannot code {container}: {small.stderr.decode()} {back.stderr.decode()}')
    heard = np.pad(heard, (0, max(0, len(sound) - len(heard))))[:len(sound)]
    match = scipy.signal.correlate(heard.astype(np.float32), sound.astype(np.float32), 'full', 'fft')
    delay = int(np.argmax(match[len(sound) - 1:len(sound) + RATE // 10]))
    return np.pad(heard[delay:], (0, delay))


def levelled(sound):
    """int16 with its peak at 16000."""
    sound = sound.astype(np.float32)
    return (sound * (16000 / max(np.abs(sound).max(), 1))).astype('<i2')


def save(folder, name, what, said):
    """Writes NAME.npy, all sounds end to end, and NAME.json, the fields of each with where it starts; `said` are (fields, sound)."""
    sounds, index, start = [], [], 0
    for fields, sound in said:
        index.append(dict(fields, start=start, length=len(sound)))
        sounds.append(sound)
        start += len(sound)
    np.save(folder / f'{name}.npy', np.concatenate(sounds))
    (folder / f'{name}.json').write_text(json.dumps(index, ensure_ascii=False))
    print(f'{len(index)} {what}, {start / RATE / 3600:.2f} hours, {len({u["voice"] for u in index})} voices')


def music():
    """Rows of PIECE seconds, spread over the first ten minutes of every track."""
    for pattern in MUSIC:
        tracks = sorted(pathlib.Path('/usr/share').glob(pattern))
        if not tracks:
            raise FileNotFoundError(f'no music in /usr/share/{pattern}: is its package installed?')
        for track in tracks:
            sound = np.frombuffer(subprocess.run(['ffmpeg', '-v', 'error', '-t', '600', '-i', track, '-ac', '1', '-ar', str(RATE), '-f', 's16le', '-'],
                                                 capture_output=True, check=True).stdout, '<i2')
            count = min(PIECES, len(sound) // (PIECE * RATE))
            for start in np.linspace(0, len(sound) - PIECE * RATE, count).astype(int):
                yield levelled(sound[start:start + PIECE * RATE])


def part(synthesiser, hours, seed):
    """(fields, sound) of all that a synthesiser says, a part of it through a codec."""
    rng, done = np.random.default_rng(seed), []
    for voice, language, rate, sound, phones in synthesiser(hours, rng):
        if len(sound) < rate or len(phones) < 5:
            continue
        sound = levelled(scipy.signal.resample_poly(sound.astype(np.float32), RATE, rate) if rate != RATE else sound)
        if rng.random() < CODEC_SHARE:
            sound = coded(sound, rng)
        done.append((dict(voice=voice, language=language, phones=phones), sound))
    return done


def speech(hours):
    """(fields, sound) of every utterance; the synthesisers work side by side."""
    shares = (espeaks, 1 - FLITE_SHARE - FESTIVAL_SHARE), (festivals, FESTIVAL_SHARE), (flites, FLITE_SHARE)
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        for done in [pool.submit(part, synthesiser, hours * share, seed) for seed, (synthesiser, share) in enumerate(shares, 1)]:
            yield from done.result()


def main(folder, hours=3.0):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = np.stack(list(music()))
    np.save(folder / 'music.npy', rows)
    print(f'{len(rows)} pieces of music, {rows.size / RATE / 60:.0f} minutes')
    save(folder, 'speech', 'utterances', speech(float(hours)))


if __name__ == '__main__':
    main(*sys.argv[1:])

"""Collects recordings of people, with what they say, out of Debian packages.

  recordings.py FOLDER

FOLDER/recordings.npy holds all of them (int16, 16 kHz) end to end, FOLDER/recordings.json one entry per recording: voice, language,
start and length in samples, and what is said as words of plain phones. align.py finds out when each phone is said.
"""
import concurrent.futures
import gzip
import itertools
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

import corpus
import labels
from corpus import RATE

SHORTEST, LONGEST = .25, 15.0             # seconds
STAMPS = 250                             # of one language at most
# Zhuyin to IPA: each letter, and endings that are not the sum of theirs
ZHUYIN = dict(zip('ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄧㄨㄩㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦ',
                  'p p m f t t n l k k x tɕ tɕ ɕ tʂ tʂ ʂ ʐ ts ts s i u y a o ɤ ɛ aɪ eɪ aʊ oʊ an ən aŋ əŋ əɹ'.split()))
CONSONANTS = ''.join(ZHUYIN)[:21]
GLIDES = {'ㄧ': 'j', 'ㄨ': 'w', 'ㄩ': 'ɥ'}
ENDINGS = {'ㄧㄢ': 'jɛn', 'ㄧㄣ': 'in', 'ㄧㄥ': 'iŋ', 'ㄨㄥ': 'ʊŋ', 'ㄩㄢ': 'yɛn', 'ㄩㄣ': 'yn', 'ㄩㄥ': 'jʊŋ'}
SHARE = pathlib.Path('/usr/share')
# espeak-ng's name of the language where the packages call it otherwise
ESPEAK = {'en': 'en-us', 'fr': 'fr-fr'}


def prompts():
    """Announcements of telephone exchanges: one professional speaker for each language."""
    for language in ('en', 'es', 'fr', 'it', 'ru'):
        texts = gzip.open(SHARE / f'doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz', 'rt').read()
        folder, = (SHARE / 'asterisk/sounds').glob(f'{language}_*_?_*')
        for path in sorted(folder.glob('**/*.g722')):
            name = str(path.relative_to(folder))[:-5]
            said = re.search(rf'^{re.escape(name)}: *(.*)$', texts, re.M)
            if said:
                yield folder.name, language, path, said[1]


def game():
    """Dialogues of Fish Fillets: actors, and noises of creatures, which the aligner will not recognise."""
    for language in ('cs', 'nl'):
        for script in sorted((SHARE / 'games/fillets-ng/script').glob(f'*/dialogs_{language}.lua')):
            for name, said in re.findall(r'dialogId\("([^"]+)".*?dialogStr\("([^"]*)"', script.read_text('utf-8'), re.S):
                path = SHARE / 'games/fillets-ng/sound' / script.parent.name / language / f'{name}.ogg'
                if path.exists():
                    yield f'fillets-{name.split("-")[1] if "-" in name else ""}-{language}', language, path, said


def stamps():
    """Names of things, read by volunteers: short, by many, and into all kinds of microphones."""
    for suffix, language in (('', 'en'), ('_es', 'es'), ('_fr', 'fr'), ('_ca', 'ca'), ('_el', 'el'), ('_da', 'da'), ('_ru', 'ru'), ('_bg', 'bg'), ('_ro', 'ro')):
        for path in sorted((SHARE / 'tuxpaint/stamps').glob(f'**/*_desc{suffix}.ogg'))[::2][:STAMPS]:
            texts = path.with_name(path.name[:-len(f'_desc{suffix}.ogg')] + '.txt')
            if texts.exists():
                lines = texts.read_text('utf-8', 'replace').splitlines()
                said = lines[0] if language == 'en' else next((line.split('=', 1)[1] for line in lines if line.startswith(f'{language}.utf8=')), '')
                yield f'stamps-{language}', language, path, said


def syllables():
    """Every syllable of Mandarin by itself, by two people."""
    for folder in sorted((SHARE / 'gcin-voice/ogg').iterdir()):
        for path in sorted(folder.glob('*.ogg')):
            yield f'syllables-{path.stem}', 'cmn', path, folder.name


def mandarin(syllable):
    """The phones of a syllable in Zhuyin; none for the name of a consonant."""
    letters = syllable.rstrip('0123456789')
    ending = next((ending for ending in ENDINGS if letters.endswith(ending)), '')
    start = letters[:len(letters) - len(ending)]
    if len(letters) == 1 and letters in CONSONANTS:
        return labels.split(ZHUYIN[letters] + 'ɨ') if letters in 'ㄓㄔㄕㄖㄗㄘㄙ' else []
    plain = [GLIDES.get(c, ZHUYIN[c]) if k + 1 < len(letters) else ZHUYIN[c] for k, c in enumerate(start)]
    return labels.split(''.join(plain) + ENDINGS.get(ending, ''))


def words(language, text):
    """What is said as words of plain phones; empty if it is no speech or espeak-ng switches to another language in it."""
    if language == 'cmn':
        return [phones] if (phones := mandarin(text)) else []
    if not re.search(r'\w', text) or re.search(r'[\[\]<>]|\*\w+\*', text):
        return []
    said = subprocess.run(['espeak-ng', '-q', '--ipa', '--sep=_', '-v', ESPEAK.get(language, language), text], capture_output=True, text=True, check=True).stdout
    if '(' in said:
        return []
    return [phones for word in said.split() if (phones := [phone for name in word.split('_') for phone in labels.split(name)])]


def decode(paths):
    """The sound of many files, decoded in one run of FFmpeg, which takes longer to start than to decode."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = [part for path in paths for part in ('-i', path)]
        outputs = [part for k in range(len(paths)) for part in ('-map', f'{k}:a:0', '-ac', '1', '-ar', str(RATE), '-f', 's16le', f'{folder}/{k}')]
        subprocess.run(['ffmpeg', '-v', 'error', '-nostdin', *inputs, *outputs], check=True)
        return [np.fromfile(f'{folder}/{k}', '<i2') for k in range(len(paths))]


def spoken():
    """(fields, sound) of every recording that is neither too short nor too long nor silent."""
    chosen = [recording for recording in (*prompts(), *game(), *stamps(), *syllables()) if recording[2].stat().st_size > 0]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda recording: words(recording[1], recording[3]), chosen))
        chosen = [(voice, language, path, row) for (voice, language, path, _), row in zip(chosen, said) if row]
        decoded = pool.map(decode, [[path for _, _, path, _ in chosen[k:k + 50]] for k in range(0, len(chosen), 50)])
    for (voice, language, _, said), sound in zip(chosen, itertools.chain.from_iterable(decoded)):
        if SHORTEST <= len(sound) / RATE <= LONGEST and np.abs(sound.astype(np.int32)).max() >= 300:
            yield dict(voice=voice, language=language, words=said), corpus.levelled(sound)


def main(folder):
    corpus.save(pathlib.Path(folder), 'recordings', 'recordings', spoken())


if __name__ == '__main__':
    main(*sys.argv[1:])

"""What the mouth does for a row of timed phones.

Every phone has a target for each of the mouth's parameters and a dominance that says how strongly it insists on it
(Cohen & Massaro 1993): around its own segment the dominance dies away exponentially, and the mouth at any moment is the
mean of all targets weighted by dominance. On top of that, what the lips must really reach (press for p b m, tuck for
f v) is laid as a gesture with its own rise and fall, because averaging would never quite close the mouth (the "hard
constraints" of JALI, Edwards et al. 2016).
"""
import unicodedata

import numpy as np

RATE = 100                       # mouth frames a second
COLUMNS = ('opening', 'width', 'press', 'tuck', 'teeth')
FULL = .20                       # opening 1.0 in the table, as lip gap / distance of the outer eye corners

# phone: (opening 0..1, width -1 round .. +1 spread, teeth together 0..1, dominance of opening, dominance of width)
# Order and rounding of the vowels as in the IPA chart; dominances (lips > rounding > tongue tip > back of the tongue > h) after Cohen & Massaro 1993;
# then fitted to the lips of nine talkers of the GRID corpus, who say most phones of English, by fit.py, seven tenths of the way; what they do not say is as it was.
VOWELS = {
    'i': (.72, .65, .5, 1.05, .89), 'ɪ': (.68, .30, .4, .72, .68), 'e': (.68, .66, .3, .88, .93), 'ɛ': (.81, .48, .2, 1.04, .93),
    'æ': (.95, .45, .0, 1.0, 1.0), 'a': (1.03, .35, .0, .73, .77), 'ɑ': (.92, -.03, .0, .94, .80), 'ʌ': (.75, .05, .1, .9, .6),
    'ɐ': (.74, .07, .1, .92, .59), 'ə': (.44, .03, .2, .57, .41), 'ɜ': (.50, -.20, .2, .9, .8), 'ɔ': (.58, -.53, .0, .91, 1.04),
    'ɒ': (.85, -.30, .0, 1.0, .9), 'o': (.45, -.75, .0, 1.0, 1.2), 'ʊ': (.15, -.55, .1, .84, .94), 'u': (.09, -.81, .1, 1.59, 1.42),
    'y': (.28, -.75, .2, 1.0, 1.3), 'ʏ': (.38, -.55, .2, .9, 1.0), 'ø': (.45, -.60, .1, 1.0, 1.2), 'œ': (.60, -.45, .1, 1.0, 1.0),
    'ɨ': (.55, .35, .4, .9, .7), 'ɯ': (.35, .10, .3, .9, .7), 'ɤ': (.55, .00, .1, .9, .6), 'ʉ': (.32, -.60, .2, 1.0, 1.0),
}
CONSONANTS = {
    'p': (.00, .00, .0, 2.4, .33), 'b': (.00, .00, .0, 2.4, .33), 'm': (.00, .00, .0, 2.4, .33), 'ɸ': (.12, -.2, .0, 1.5, .6), 'β': (.15, .0, .0, 1.2, .4),
    'f': (.06, .04, .0, 1.93, .43), 'v': (.15, .05, .0, 1.8, .4), 'ʋ': (.25, .0, .0, 1.0, .4), 'w': (.04, -.96, .0, 2.33, 1.63), 'ɥ': (.18, -.8, .2, 1.6, 1.6),
    'θ': (.38, .18, .3, .97, .51), 'ð': (.38, .10, .3, .8, .4), 't': (.34, .25, .5, .87, .30), 'd': (.33, .15, .5, .9, .3), 'n': (.28, .12, .4, .60, .30),
    's': (.44, .44, 1., 1.23, .87), 'z': (.33, .36, 1., 1.19, .72), 'ʃ': (.42, -.55, 1., 1.2, 1.15), 'ʒ': (.38, -.55, 1., 1.1, 1.2), 'ɕ': (.36, .05, 1., 1.2, .8),
    'ʑ': (.36, .05, 1., 1.2, .8), 'ʂ': (.36, -.35, 1., 1.2, 1.), 'ʐ': (.36, -.35, .8, 1.1, 1.), 'ç': (.42, .45, .7, .8, .6), 'ʝ': (.42, .45, .6, .8, .6),
    'l': (.40, -.03, .3, .73, .32), 'ɬ': (.42, .15, .5, .7, .3), 'r': (.42, .05, .3, .6, .4), 'ɹ': (.04, -.51, .2, 2.23, 1.1), 'ɾ': (.42, .10, .3, .5, .3),
    'j': (.50, .60, .4, .8, .7), 'k': (.58, .05, .2, .4, .2), 'g': (.58, .05, .2, .4, .2), 'ŋ': (.55, .05, .2, .4, .2), 'x': (.55, .05, .2, .4, .2),
    'ɣ': (.50, .05, .2, .4, .2), 'ɰ': (.45, .05, .2, .4, .2), 'q': (.55, .00, .1, .4, .2), 'χ': (.55, .00, .1, .4, .2), 'ʁ': (.50, -.05, .1, .4, .2),
    'h': (.55, .00, .0, .12, .1), 'ɦ': (.55, .00, .0, .12, .1), 'ħ': (.65, .00, .0, .4, .2), 'ʕ': (.65, .00, .0, .4, .2), 'ʔ': (.40, .00, .0, .1, .05),
}
PAUSE, INHALE = '_', '<'
PHONES = {**VOWELS, **CONSONANTS}
SILENT = {PAUSE: (.0, .0, .0, .30, .4), INHALE: (.70, .0, .0, .32, .5)}      # .70 × .35, the least effort, × FULL: lips .049 apart
PRESS, TUCK, PLOSIVES = frozenset('pbm'), frozenset('fv'), frozenset('pbtdkgq')
SAME = dict(zip('ɡɫɻɲʎɟcɭɳʈɖʀɱɘɵɚɝᵻɞɶʙʍɺɽʦʧʤɧɴ', 'glɹnljklntdʁməøɜɜɪɜabwlɾtʃʒʃŋ'))      # close enough for the lips

ARPABET = dict(aa='ɑ', ae='æ', ah='ʌ', ao='ɔ', aw='aʊ', ax='ə', axr='ɜ', ay='aɪ', b='b', ch='tʃ', d='d', dh='ð', dx='ɾ', eh='ɛ', el='əl', em='əm', en='ən',
               er='ɜ', ey='eɪ', f='f', g='g', hh='h', hv='ɦ', ih='ɪ', iy='i', jh='dʒ', k='k', l='l', m='m', n='n', nx='n', ng='ŋ', ow='oʊ', oy='ɔɪ', p='p',
               r='ɹ', s='s', sh='ʃ', t='t', th='θ', uh='ʊ', uw='u', v='v', w='w', y='j', z='z', zh='ʒ', pau=PAUSE, ssil=PAUSE, brth=PAUSE, h='h')


def split(name):
    """The plain phones in one IPA phone name: 'aɪ' is 'a' and 'ɪ', 'tʃ' is 't' and 'ʃ', a length mark or a tone says nothing."""
    letters = [SAME.get(c, c) for c in unicodedata.normalize('NFD', name.replace('nɡ', 'ŋ'))]
    return [c for c in letters if c in PHONES]


class Style:
    """How a talker times the mouth: the first three were fitted to nine talkers of the GRID corpus (fit.py), the others chosen with three of them, part of the way."""
    fade_in, fade_out = .050, .062      # s in which a phone's dominance falls to 1/e before and after it
    ramp = .055                         # s in which the lips close or part
    lead = .000                         # s by which the lips are ahead of the sound
    inhale = .500                       # s before a phrase in which the lips are parted for breath; at most .7 of the pause
    second = 1.2                        # dominance of a diphthong's second half
    effort = .30                        # how much of a change in loudness is a change in opening, both in dB


def segments(phones):
    """(plain phone, start, end, dominance factor) for (IPA name, start, end), diphthongs and affricates split, pauses kept, those that follow each other as one."""
    joined, out = [], []
    for name, start, end in phones:
        if name == PAUSE and joined and joined[-1][0] == PAUSE:
            start = joined.pop()[1]
        joined.append((name, start, end))
    for k, (name, start, end) in enumerate(joined):
        parts = split(name)
        if name == PAUSE:
            breath = end - min(Style.inhale, .7 * (end - start)) if k + 1 < len(joined) else end
            out += [(PAUSE, start, breath, 1.0), (INHALE, breath, end, 1.0)]
        elif parts:
            cuts = np.linspace(start, end, len(parts) + 1)
            if len(parts) == 2:
                cuts[1] = start + .45 * (end - start)
            for k, part in enumerate(parts):
                out.append((part, cuts[k], cuts[k + 1], Style.second if k and part in VOWELS else 1.0))
    return out


def outside(t, start, end, before, after):
    """How far every moment lies outside each segment, in units of the time allowed before and after; 0 inside."""
    return np.maximum(np.maximum((start - t) / before, (t - end) / after), 0)


def gesture(t, start, end, ramp):
    """A smooth 0..1 that is 1 from start to end and has died away `ramp` seconds outside."""
    far = outside(t, start, end, ramp, ramp).min(axis=1, initial=1.0)
    return .5 + .5 * np.cos(np.pi * np.minimum(far, 1))


def mouth(phones, loudness, style=Style):
    """[frames, 5] in the order of COLUMNS, for phones as (IPA name, start, end) in seconds and the loudness of every frame
    in dB, 0 where the talker is loud: who speaks up opens wider, unstressed syllables are mumbled."""
    frames = len(loudness)
    rows = segments(phones)
    t = (np.arange(frames) / RATE + style.lead)[:, None]
    start, end, factor = (np.array([r[k] for r in rows])[None] for k in (1, 2, 3))
    table = np.array([{**PHONES, **SILENT}[r[0]] for r in rows])
    far = np.exp(-outside(t, start, end, style.fade_in, style.fade_out))
    out = np.zeros((frames, 5))
    for column, value, dominance in ((0, 0, 3), (1, 1, 4), (4, 2, 3)):
        weight = far * factor * table[:, dominance]
        out[:, column] = weight @ table[:, value] / (weight.sum(1) + 1e-6)

    def lips(kind):
        chosen = np.array([r[0] in kind for r in rows])
        # the lips are together from the start of the segment to shortly before its end: the burst parts them
        return gesture(t, start[:, chosen], np.maximum(end[:, chosen] - .02, start[:, chosen] + .02), style.ramp)
    out[:, 2], out[:, 3] = lips(PRESS), lips(TUCK)
    effort = np.clip(10 ** (style.effort * loudness / 20), .35, 1.5)
    out[:, 0] *= FULL * effort * (1 - out[:, 2]) * (1 - .75 * out[:, 3])
    out[:, 4] *= 1 - out[:, 2]
    out[:, 1] *= np.where(out[:, 1] > 0, .08, .12)
    return out

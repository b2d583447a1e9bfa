// Words, numbers and times in the chosen language.
let words = {};
let locale = document.documentElement.lang || 'en';
let formats = {};

export const language = () => (locale.startsWith('zh') ? 'zh' : 'en');

export async function speak(wanted) {
  const response = await fetch(new URL(`assets/lang/${wanted}.json`, document.baseURI));
  words = await response.json();
  const tag = wanted === 'zh' ? 'zh-CN' : 'en';
  // numbers and times as this person's own region writes them, where it is the same language
  const own = (navigator.languages || []).find((each) => each.slice(0, 2).toLowerCase() === wanted);
  locale = own || tag;
  document.documentElement.lang = tag;
  formats = {
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    exact: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }),
    clock: new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' }),
    number: new Intl.NumberFormat(locale),
    one: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
    plural: new Intl.PluralRules(locale),
  };
}

export const has = (key) => key in words;

/** The text of a key. `{n}` is filled in; of `one|many` the form that fits `n` is taken. */
export function t(key, values = {}) {
  let text = words[key] ?? key;
  if (text.includes('|') && values.n !== undefined) {
    const [one, many] = text.split('|');
    text = formats.plural.select(values.n) === 'one' ? one : many;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? formats.number.format(value) : value;
  });
}

export const number = (value) => formats.number.format(value);
export const percent = (share) => formats.percent.format(share);
export const exact = (iso) => formats.exact.format(new Date(iso));
export const clock = (iso) => formats.clock.format(new Date(iso));

export function bytes(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = unit > 0 && value < 100 ? formats.one.format(value) : formats.number.format(Math.round(value));
  return `${text}\u00a0${units[unit]}`;
}

/** 65 → "1 min 5 s" */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return t('time.s', { s: whole });
  }
  if (whole < 3600) {
    const rest = whole < 600 ? whole % 60 : 0;
    const minutes = whole < 600 ? Math.floor(whole / 60) : Math.round(whole / 60);
    return rest ? t('time.ms', { m: minutes, s: rest }) : t('time.m', { m: minutes });
  }
  const minutes = Math.round(whole / 60);
  return minutes % 60 ? t('time.hm', { h: Math.floor(minutes / 60), m: minutes % 60 }) : t('time.h', { h: minutes / 60 });
}

/** 65.2 → "1:05" */
export function position(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = String(whole % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

const STEPS = [['second', 60], ['minute', 60], ['hour', 24], ['day', 7], ['week', 4.35], ['month', 12], ['year', Infinity]];

export function relative(iso) {
  let amount = (new Date(iso).getTime() - Date.now()) / 1000;
  if (Math.abs(amount) < 5) {
    return t('time.now');
  }
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) {
      return formats.relative.format(Math.round(amount), unit);
    }
    amount /= size;
  }
  return '';
}

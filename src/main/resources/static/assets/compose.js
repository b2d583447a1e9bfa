// A new drop: one voice, one or more videos, options. Files come by drag and drop, by choosing, or from the library.
import * as api from './api.js';
import { chooseFromLibrary, toast } from './dialogs.js';
import { h, icon, iconButton, keep, kept, setText, show } from './dom.js';
import { bytes, t } from './text.js';
import { send } from './upload.js';

const SOUND = /\.(wav|mp3|m4a|m4b|aac|flac|ogg|oga|opus|spx|amr|wma|aiff?|caf|au|mka|ac3|dts|wv|tta)$/i;
const PICTURE = /\.(jpe?g|png|heic|avif|webp|bmp|tiff?|jp2|gif)$/i;
const VIDEO = /\.(mp4|m4v|mov|mkv|webm|avi|flv|mpe?g|m?ts|wmv|3gp|mxf|dv|ogv)$/i;

let voice = null;
let videos = [];
const parts = {};

/** A file as the page speaks of it, whether it is this computer's or the library's. */
function itemOf(source) {
  const name = source instanceof File ? source.name : source;
  const short = name.split('/').pop();
  const type = source instanceof File ? source.type : '';
  const kind = type.startsWith('audio/') || SOUND.test(name) ? 'voice'
    : type.startsWith('image/') || PICTURE.test(name) ? 'image'
      : type.startsWith('video/') || VIDEO.test(name) ? 'video' : null;
  return { source, name: short, kind, size: source instanceof File ? source.size : null, face: '' };
}

/** Takes files, each to its place: sounds are the voice, the rest are videos, whatever is neither is said. */
export function take(sources, wanted) {
  const strange = [];
  sources.map(itemOf).forEach((item) => {
    const place = wanted || (item.kind === 'voice' ? 'voice' : item.kind ? 'videos' : null);
    if (!place) {
      strange.push(item.name);
    } else if (place === 'voice' || item.kind === 'voice') {
      voice = item;
    } else if (!videos.some((each) => isSame(each, item))) {
      videos.push(item);
    }
  });
  if (strange.length) {
    toast(t('compose.strange', { name: strange.slice(0, 3).join(', ') }), 'error');
  }
  draw();
}

const isSame = (one, other) => one.name === other.name && one.size === other.size
  && one.source instanceof File === other.source instanceof File
  && (one.source instanceof File ? one.source.lastModified === other.source.lastModified : one.source === other.source);

function picker(kind, accept, several) {
  const input = h('input', { type: 'file', accept, multiple: several, hidden: true, id: `choose-${kind}`, onchange: () => {
    take([...input.files], kind);
    input.value = '';
  } });
  return input;
}

function slot(kind, accept, several) {
  const input = picker(kind, accept, several);
  const list = h('ul', { class: 'files' });
  const empty = h('div', { class: 'empty-slot' },
    icon(kind === 'voice' ? 'voice' : 'video'),
    h('p', { class: 'lead', t: `compose.${kind}.lead` }), h('p', { class: 'muted', t: `compose.${kind}.formats` }));
  const element = h('div', { class: 'slot', data: { kind } },
    h('h2', { t: `compose.${kind}` }), empty, list,
    h('div', { class: 'slot-actions' },
      h('button', { type: 'button', class: 'button small', onclick: () => input.click() }, h('span', { t: 'compose.choose' })),
      h('button', { type: 'button', class: 'button small quiet', onclick: () =>
        chooseFromLibrary(...(kind === 'voice' ? ['audio', 'video'] : ['video', 'image'])).then((names) => take(names, kind)) },
        h('span', { t: 'compose.library' }))),
    input);
  dropInto(element, (files) => take(files, kind));
  return { element, list, empty };
}

/** Marks an element as a place for files, and takes what is let go over it. */
export function dropInto(element, taken) {
  let depth = 0;
  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    element.classList.toggle('over', depth > 0);
  };
  element.addEventListener('dragenter', (event) => hasFiles(event) && mark(1));
  element.addEventListener('dragleave', (event) => hasFiles(event) && mark(-1));
  element.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  element.addEventListener('drop', (event) => {
    depth = 0;
    element.classList.remove('over');
    if (hasFiles(event) && !event.defaultPrevented) {
      event.preventDefault();
      taken([...event.dataTransfer.files]);
    }
  });
}

function select(id, values, prefix) {
  return h('select', { id, class: 'input' }, values.map((value) => h('option', { value, t: `${prefix}.${value}` })));
}

function field(key, control, more) {
  return h('div', { class: 'field' }, h('label', { for: control.id, t: key }), control, more);
}

function options() {
  const strength = h('input', { id: 'o-strength', type: 'range', min: 0.3, max: 1.5, step: 0.05, value: 1 });
  const said = h('output', { for: 'o-strength', class: 'muted' }, '1.00');
  strength.addEventListener('input', () => setText(said, Number(strength.value).toFixed(2)));
  Object.assign(parts, {
    name: h('input', { id: 'o-name', class: 'input', type: 'text', maxlength: 100, autocomplete: 'off' }),
    priority: h('select', { id: 'o-priority', class: 'input' },
      [...Array(10).keys()].reverse().map((value) => h('option', { value, selected: value === 4 }, String(value)))),
    engine: h('select', { id: 'o-engine', class: 'input' }, h('option', { value: '', t: 'engine.auto' })),
    length: select('o-length', ['pingpong', 'loop', 'hold', 'trim'], 'length'),
    face: select('o-face', ['largest', 'left', 'right', 'center'], 'face'),
    noFace: select('o-noface', ['passthrough', 'fail'], 'noface'),
    offset: h('input', { id: 'o-offset', class: 'input', type: 'number', min: -5000, max: 5000, step: 10, value: 0 }),
    strength,
    own: h('input', { id: 'o-own', type: 'checkbox', checked: true }),
    label: h('input', { id: 'o-label', type: 'checkbox' }),
    preview: h('input', { id: 'o-preview', type: 'checkbox' }),
  });
  const check = (key, control) => h('label', { class: 'check' }, control, h('span', { t: key }));
  return h('details', { class: 'options' }, h('summary', {}, h('span', { t: 'options' }), icon('down')),
    h('div', { class: 'fields' },
      field('option.length', parts.length), field('option.face', parts.face), field('option.noFace', parts.noFace),
      field('option.engine', parts.engine), field('option.offset', parts.offset), field('option.strength', strength, said)),
    h('div', { class: 'checks' },
      check('option.preview', parts.preview), check('option.label', parts.label), check('option.own', parts.own)));
}

function fileRow(item, remove, more) {
  return h('li', { class: 'file' }, icon(item.kind === 'voice' ? 'voice' : item.kind === 'image' ? 'image' : 'video'),
    h('span', { class: 'file-name' }, h('bdi', {}, item.name),
      h('span', { class: 'muted' }, item.size === null ? t('compose.of-library') : bytes(item.size))),
    more, iconButton('close', 'compose.remove', remove));
}

function faceOf(item) {
  const choice = h('select', { class: 'input tiny', 'aria-label': t('option.face'), onchange: () => { item.face = choice.value; } },
    h('option', { value: '' }, t('face.default')),
    ['largest', 'left', 'right', 'center'].map((value) => h('option', { value, selected: item.face === value }, t(`face.${value}`))));
  return choice;
}

/** Draws what was chosen; few rows, so all of them. */
export function draw() {
  if (!parts.voice) {
    return;
  }
  parts.voice.list.replaceChildren(...(voice ? [fileRow(voice, () => { voice = null; draw(); })] : []));
  parts.videos.list.replaceChildren(...videos.map((item) => fileRow(item, () => {
    videos = videos.filter((each) => each !== item);
    draw();
  }, h('span', { class: 'file-actions' },
    !voice && item.kind === 'video' && h('button', { type: 'button', class: 'link', onclick: () => {
      voice = { ...item };
      videos = videos.filter((each) => each !== item);
      draw();
    } }, t('compose.as-voice')),
    videos.length > 1 && faceOf(item)))));
  show(parts.voice.empty, !voice);
  show(parts.videos.empty, videos.length === 0);
  const isBegun = voice !== null || videos.length > 0;
  show(parts.further, isBegun);
  parts.start.disabled = !voice || videos.length === 0;
  setText(parts.what, !voice ? t('compose.needs-voice') : videos.length === 0 ? t('compose.needs-video')
    : t('compose.ready', { n: videos.length }));
  parts.name.placeholder = voice ? voice.name.replace(/\.[^.]*$/, '') : '';
}

function chosenOptions() {
  const set = {};
  const unless = (name, value, usual) => { if (value !== usual) set[name] = value; };
  unless('engine', parts.engine.value, '');
  unless('length', parts.length.value, 'pingpong');
  unless('face', parts.face.value, 'largest');
  unless('noFace', parts.noFace.value, 'passthrough');
  unless('audioOffsetMs', Math.round(Number(parts.offset.value)) || 0, 0);
  unless('label', parts.label.checked, false);
  if (parts.preview.checked) set.preview = 10;
  const mouth = {};
  if (Number(parts.strength.value) !== 1) mouth.strength = Number(parts.strength.value);
  if (!parts.own.checked) mouth.own = false;
  if (Object.keys(mouth).length) set.mouth = mouth;
  return set;
}

function start() {
  const placed = (item) => (item.source instanceof File ? { send: item.source } : item.source);
  const name = parts.name.value.trim();
  send({
    ...(name ? { name } : {}),
    audio: placed(voice),
    videos: videos.map((item) => ({ file: placed(item), ...(item.face ? { options: { face: item.face } } : {}) })),
    priority: Number(parts.priority.value),
    options: chosenOptions(),
  });
  voice = null;
  videos = [];
  parts.name.value = '';
  draw();
  document.getElementById('main').focus({ preventScroll: true });
}

async function fillEngines() {
  const answer = await api.models();
  answer.engines.filter(({ engine }) => engine !== 'auto')
    .forEach(({ engine, ready }) => parts.engine.append(h('option', { value: engine, disabled: !ready }, engine)));
}

export function compose(container) {
  parts.voice = slot('voice', 'audio/*,video/*,.opus,.amr,.caf,.mka', false);
  parts.videos = slot('videos', 'video/*,image/*,.mkv,.flv,.ts,.mxf', true);
  parts.what = h('p', { class: 'muted', 'aria-live': 'polite' });
  parts.start = h('button', { type: 'submit', class: 'button primary', disabled: true }, icon('play'), h('span', { t: 'compose.start' }));
  const optionFields = options();
  parts.further = h('div', { class: 'further', hidden: true },
    h('div', { class: 'fields' }, field('option.name', parts.name), field('option.priority', parts.priority)),
    optionFields, h('div', { class: 'compose-end' }, parts.what, parts.start));
  const form = h('form', { class: 'card compose', 'aria-label': t('compose.title'), onsubmit: (event) => {
    event.preventDefault();
    start();
  } }, h('div', { class: 'slots' }, parts.voice.element, parts.videos.element), parts.further);
  container.append(form);
  const optionsOpen = kept('options') === 'open';
  optionFields.open = optionsOpen;
  optionFields.addEventListener('toggle', () => keep('options', optionFields.open ? 'open' : null));
  fillEngines().catch(() => {}); // auto remains
  draw();
}

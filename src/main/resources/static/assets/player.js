// Source and result side by side, in step. The result leads: the source follows its time, and has no say.
import * as api from './api.js';
import { h, icon, iconButton, label, setText, show } from './dom.js';
import { number, percent, position, t } from './text.js';
import { Follower } from './follower.js';

export function play(batch, job) {
  const result = h('video', { src: api.fileUrl(batch, job.result, true), playsinline: true, preload: 'auto' });
  const source = h('video', { src: api.sourceUrl(job.job), playsinline: true, preload: 'auto' });
  source.muted = true;
  const follower = new Follower(result, source);
  const note = h('p', { class: 'muted note', hidden: true });
  const figure = (video, key) => h('figure', {}, h('div', { class: 'screen' }, video), h('figcaption', {}, t(key)));
  const left = figure(source, 'player.source');
  const stage = h('div', { class: 'stage' }, left, figure(result, 'player.result'));
  const start = h('button', { type: 'button', class: 'icon-button big', onclick: () => toggle() }, icon('play'));
  const seek = h('input', { type: 'range', min: 0, max: 1, step: 'any', value: 0, 'aria-label': t('player.position') });
  const time = h('span', { class: 'time' });
  const sound = h('select', { class: 'input tiny', 'aria-label': t('player.sound') },
    ['result', 'source', 'none'].map((value) => h('option', { value }, t(`player.sound.${value}`))));
  const facts = h('dl', { class: 'facts' });
  const dialog = h('dialog', { class: 'player', 'aria-labelledby': 'player-title' },
    h('header', {}, h('h2', { id: 'player-title' }, h('bdi', {}, job.result)),
      h('a', { class: 'icon-button', href: api.fileUrl(batch, job.result), download: '', 'aria-label': t('download'), title: t('download') }, icon('download')),
      iconButton('close', 'close', () => dialog.close())),
    stage, note,
    h('div', { class: 'controls' }, start, seek, time, sound), facts);

  function toggle() {
    if (result.paused) {
      result.play().catch(() => {});
    } else {
      result.pause();
    }
  }
  const drawStart = () => {
    start.replaceChildren(icon(result.paused ? 'play' : 'pause'));
    label(start, t(result.paused ? 'player.start' : 'player.pause'));
  };
  const drawTime = () => {
    if (Number.isFinite(result.duration)) {
      seek.max = result.duration;
      if (!seek.matches(':active')) {
        seek.value = result.currentTime;
      }
      seek.setAttribute('aria-valuetext', position(result.currentTime));
      setText(time, `${position(result.currentTime)} / ${position(result.duration)}`);
    }
  };
  ['play', 'pause', 'ended'].forEach((event) => result.addEventListener(event, drawStart));
  ['timeupdate', 'loadedmetadata', 'seeked'].forEach((event) => result.addEventListener(event, drawTime));
  result.addEventListener('click', toggle);
  source.addEventListener('click', toggle);
  result.addEventListener('error', () => say('player.no-result'));
  source.addEventListener('error', () => {
    if (!source.hasAttribute('src')) {
      return; // the dialog was closed
    }
    sound.querySelector('[value=source]').disabled = true;
    const picture = h('img', { src: source.src, alt: t('player.source') });
    picture.addEventListener('load', () => source.replaceWith(picture)); // a still picture was the source
    picture.addEventListener('error', () => {
      // gone from the archive, or in a format that this browser does not show: the result stands alone
      show(left, false);
      stage.classList.add('alone');
      say('player.no-source');
    });
  });
  const say = (key) => {
    setText(note, t(key));
    show(note, true);
  };
  seek.addEventListener('input', () => { result.currentTime = Number(seek.value); });
  sound.addEventListener('change', () => {
    result.muted = sound.value !== 'result';
    source.muted = sound.value !== 'source';
  });
  dialog.addEventListener('keydown', (event) => {
    const isOnControl = event.target.matches('select, input, a');
    const step = { ArrowLeft: -1, ArrowRight: 1, ',': -0.04, '.': 0.04 }[event.key];
    if (event.key === ' ' && !event.target.matches('button, select, a')) {
      event.preventDefault();
      toggle();
    } else if (step && !isOnControl) {
      event.preventDefault();
      result.currentTime = Math.max(0, Math.min(result.duration || 0, result.currentTime + step));
    } else if (event.key === 'm' && !isOnControl) {
      sound.value = sound.value === 'none' ? 'result' : 'none';
      sound.dispatchEvent(new Event('change'));
    }
  });
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    follower.stop();
    [result, source].forEach((video) => {
      video.pause();
      video.removeAttribute('src');
      video.load();
    });
    dialog.remove();
  });
  document.body.append(dialog);
  drawStart();
  dialog.showModal();
  start.focus();
  result.play().catch(() => {}); // some browsers wait for a click
  readFacts(batch, job, facts, follower);
}

/** How it was made, from the sidecar beside the result. */
async function readFacts(batch, job, list, follower) {
  let made;
  try {
    made = await api.sidecar(batch, job.result.replace(/\.[^.]*$/, '.json'));
  } catch {
    return; // the sidecar was taken away
  }
  follower.length = made.options?.length || 'pingpong';
  const add = (key, value) => value !== undefined && value !== null && value !== ''
    && list.append(h('div', {}, h('dt', {}, t(key)), h('dd', {}, h('bdi', {}, String(value)))));
  add('facts.engine', made.engine);
  add('facts.device', made.device?.name);
  add('facts.frames', made.frames && number(made.frames));
  add('facts.faceless', made.framesWithoutFace ? number(made.framesWithoutFace) : null);
  add('facts.coverage', made.preflight && percent(made.preflight.faceCoverage));
  add('facts.speed', made.realTimeFactor && t('facts.times', { n: number(Math.round(100 / made.realTimeFactor) / 100) }));
  const mouth = made.mouthCheck || job.mouthCheck;
  if (typeof mouth?.r === 'number') {
    add('facts.mouth', t('facts.mouth.words', { r: mouth.r.toFixed(2), ms: mouth.lagMs ?? 0 }));
  }
  add('facts.warning', mouth?.note);
  (made.warnings || []).forEach((warning) => add('facts.warning', warning));
}

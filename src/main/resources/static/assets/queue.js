// What is on its way: uploads, running jobs, batches, and the queue in its order of work.
import * as api from './api.js';
import { moreButton, run, sayUnlessOffline, sure, toast } from './dialogs.js';
import { bar } from './bar.js';
import { Rows, h, icon, iconButton, label, setText, show, throttled } from './dom.js';
import { linked, news } from './events.js';
import { bytes, clock, duration, number, percent, t } from './text.js';
import { drops, uploads } from './upload.js';
import { uploadRow } from './uploading.js';
import { mayAct, state } from './session.js';

const PHASES = ['loading-model', 'reading-audio', 'tracking-face', 'rendering', 'delivering'];
const PAGE = 50;
/** The server looks at the order of its queue each second, and tells nobody of a job that was moved: milliseconds. */
const SEEN_AFTER = 1300;
const MOVED_AFTER = 10000;

const running = new Map();
const waiting = new Map(); // in the order of work
const open = new Map();
let queue = { state: 'open', queued: 0, running: 0 };
let next = null;
let visible = false;
const view = {};

// ---- rows

function runningRow(first) {
  const name = h('bdi', { class: 'name' });
  const batch = h('bdi', { class: 'muted' });
  const share = h('span', { class: 'share' });
  const progress = bar();
  const phase = h('span', {});
  const frames = h('span', { class: 'muted wide-only' });
  const left = h('span', { class: 'left' });
  const steps = h('ol', { class: 'steps', 'aria-hidden': 'true' }, PHASES.map(() => h('li', {})));
  const cancel = mayAct() && iconButton('close', 'job.cancel', () => cancelJob(first.job, cancel));
  const row = h('li', { class: 'card running', data: { job: first.job } },
    h('div', { class: 'row-head' }, h('div', { class: 'titles' }, name, batch), share, cancel),
    progress,
    h('div', { class: 'row-foot' }, steps, phase, frames, left));
  row.update = (job) => {
    row.job = job;
    setText(name, job.video || '');
    setText(batch, job.batch || '');
    const known = typeof job.percent === 'number';
    setText(share, known ? percent(job.percent / 100) : '');
    setText(phase, t(`phase.${job.phase || 'loading-model'}`));
    setText(frames, job.frames ? t('job.frames', { frame: job.frame || 0, frames: job.frames }) : '');
    progress.set(known ? job.percent / 100 : null, t('job.progress', { name: job.video || '' }));
    const at = PHASES.indexOf(job.phase);
    [...steps.children].forEach((step, index) => {
      step.className = index < at ? 'past' : index === at ? 'now' : '';
    });
    row.until = typeof job.etaSeconds === 'number' ? performance.now() + job.etaSeconds * 1000 : null;
    row.tick();
  };
  row.tick = () => setText(left, row.until === null ? ''
    : t('job.left', { time: duration(Math.max(1, (row.until - performance.now()) / 1000)) }));
  return row;
}

function waitingRow(first) {
  const place = h('span', { class: 'place' });
  const name = h('bdi', { class: 'name' });
  const batch = h('bdi', {});
  const what = h('span', {});
  const priority = mayAct()
    ? h('select', { class: 'input tiny', onchange: () => prefer(row.job, { priority: Number(priority.value) }, priority) },
      [...Array(10).keys()].reverse().map((value) => h('option', { value }, t('priority.short', { p: value }))))
    : h('span', { class: 'muted' });
  const buttons = mayAct() && h('span', { class: 'row-actions' }, priority,
    iconButton('first', 'job.first', (event) => prefer(row.job, { place: 'first' }, event.currentTarget), { class: 'icon-button first' }),
    iconButton('close', 'job.cancel', (event) => cancelJob(row.job.job, event.currentTarget)));
  const row = h('li', { class: 'row', data: { job: first.job } },
    place, h('div', { class: 'titles' }, name, h('span', { class: 'muted' }, batch, what)), buttons || priority);
  row.first = row.querySelector('.first');
  row.update = (job) => {
    row.job = job;
    setText(place, String(job.position ?? ''));
    setText(name, job.video || '');
    setText(batch, job.batch || '');
    const estimate = estimateOf(job);
    const before = job.preflight;
    what.title = before?.frames ? t('job.before', {
      size: `${before.width} × ${before.height}`, frames: before.frames, share: percent(before.faceCoverage),
      disk: bytes(before.diskBytes || 0),
    }) : '';
    setText(what, [estimate && ` · ${t('job.estimate', { time: duration(estimate) })}`,
      job.startsInSeconds > 0 && ` · ${t('job.starts', { time: duration(job.startsInSeconds) })}`,
      before?.faceCoverage < 0.95 && ` · ${t('job.coverage', { share: percent(before.faceCoverage) })}`,
      job.attempts > 0 && ` · ${t('job.attempt', { n: job.attempts + 1 })}`,
      job.state === 'waiting' && ` · ${t('job.unchecked')}`].filter(Boolean).join(''));
    const isUnchecked = job.state === 'waiting'; // it has no place in the queue yet
    if (row.first && row.isUnchecked !== isUnchecked) {
      priority.disabled = row.isUnchecked = isUnchecked;
    }
    const isFixed = isUnchecked || job.position === 1;
    if (row.first && row.isFixed !== isFixed) {
      row.first.disabled = row.isFixed = isFixed;
    }
    const value = String(job.priority ?? '');
    if (mayAct()) {
      label(priority, t('option.priority'));
      if (document.activeElement !== priority && priority.value !== value) {
        priority.value = value;
      }
    } else {
      setText(priority, t('priority.short', { p: value }));
    }
  };
  return row;
}

const estimateOf = (job) => job.preflight?.estimateSeconds ?? null;

function batchRow(first) {
  const name = h('bdi', { class: 'name' });
  const words = h('span', { class: 'muted' });
  const parts = h('div', { class: 'bar parts', 'aria-hidden': 'true' }, ['done', 'failed', 'running'].map((each) => h('div', { class: each })));
  const cancel = mayAct() && h('button', { type: 'button', class: 'button small quiet', t: 'batch.cancel', onclick: () => cancelBatch(row.batch, cancel) });
  const row = h('li', { class: 'row batch', data: { batch: first.batch } },
    h('div', { class: 'titles' }, name, words), parts, cancel);
  row.update = (batch) => {
    row.batch = batch;
    const counts = api.countsOf(batch);
    const all = api.sizeOf(batch);
    setText(name, batch.batch);
    setText(words, all === 0 ? dropWords(batch) : countWords(counts, all));
    show(parts, all > 0);
    const gone = (counts.failed || 0) + (counts.cancelled || 0);
    parts.children[0].style.flexGrow = counts.done || 0;
    parts.children[1].style.flexGrow = gone;
    parts.children[2].style.flexGrow = counts.running || 0;
    parts.style.setProperty('--rest', String(all - (counts.done || 0) - gone - (counts.running || 0)));
  };
  return row;
}

const dropWords = (batch) => t('batch.drop', { message: batch.message || '' });

function countWords(counts, all) {
  return [t('count.done', { done: counts.done || 0, all }),
    ...['failed', 'cancelled', 'running', 'queued', 'waiting'].filter((each) => counts[each])
      .map((each) => t(`count.${each}`, { n: counts[each] }))].join(' · ');
}

// ---- what the buttons do

const cancelJob = (id, button) => run(button, () => api.cancelJob(id));

async function cancelBatch(batch, button) {
  const all = api.sizeOf(batch);
  if (await sure(t('batch.cancel'), t(all > 0 ? 'batch.cancel.sure' : 'batch.cancel.drop', { name: batch.batch, n: all }), t('batch.cancel'))) {
    await run(button, () => api.cancelBatch(batch.batch));
  }
}

async function prefer(job, values, control) {
  if (!await run(control, () => api.change(job.job, values)) && values.priority !== undefined) {
    control.value = String(job.priority ?? ''); // it was not changed
  }
  setTimeout(soon, SEEN_AFTER);
}

async function turn() {
  const isHeld = queue.state === 'paused';
  if (await run(view.turn, isHeld ? api.resume : api.pause)) {
    readQueue();
  }
}

// ---- reading and drawing

async function readQueue() {
  queue = await api.queue();
  drawQueue();
}

async function readAll() {
  const [now, active, first, early, batches] = await Promise.all([
    api.queue(), api.jobs({ state: 'running', limit: 100 }), api.jobs({ state: 'queued', limit: PAGE }),
    api.jobs({ state: 'waiting', limit: PAGE }), openBatches()]);
  queue = now;
  const cursor = first.next || null;
  const isMore = waiting.size > PAGE;
  running.clear();
  active.jobs.forEach((job) => running.set(job.job, job));
  merge(first.jobs.concat(cursor ? [] : early.jobs), cursor);
  if (!isMore || !cursor) {
    next = cursor;
  }
  open.clear();
  batches.forEach((batch) => open.set(batch.batch, batch));
  view.loaded = true;
  draw();
}

async function openBatches() {
  return (await api.batches({ state: 'running,queued,waiting', limit: 200 })).batches;
}

/** The first page as it is now, then what was read of the further pages and still waits. */
function merge(first, cursor) {
  const further = cursor ? [...waiting.values()].slice(PAGE) : [];
  waiting.clear();
  first.forEach((job) => waiting.set(job.job, job));
  further.forEach((job) => waiting.has(job.job) || running.has(job.job) || waiting.set(job.job, job));
}

async function more() {
  const answer = await api.jobs({ state: 'queued', limit: 200, cursor: next });
  answer.jobs.forEach((job) => waiting.set(job.job, job));
  next = answer.next || null;
  draw();
}

function draw() {
  drawQueue();
  let position = 0;
  view.running.set([...running.values()]);
  view.waiting.set([...waiting.values()].map((job) => ({ ...job, position: ++position })));
  drawBatches();
  drawParts();
  show(view.more, next !== null);
}

function drawBatches() {
  // a batch of one job is shown by its job
  view.batches.set([...open.values()].filter((batch) => api.sizeOf(batch) !== 1));
}

/** Uploads, and which parts there are. */
function drawParts() {
  view.uploads.set([...drops.values()]);
  show(view.uploadsPart, drops.size > 0);
  show(view.runningPart, running.size > 0);
  show(view.batchesPart, view.batches.rows.size > 0);
  show(view.waitingPart, waiting.size > 0);
  show(view.nothing, view.loaded && running.size + waiting.size + open.size + drops.size === 0);
}

function drawQueue() {
  const pill = view.pill;
  pill.dataset.state = queue.state;
  setText(pill, t(`queue.${queue.state}`));
  state.set('queued', (queue.queued || 0) + (queue.running || 0));
  const words = [];
  if (queue.state === 'paused') {
    words.push(queue.running > 0 ? t('queue.paused.running') : t('queue.paused.why'));
  } else if (queue.hours?.open === false) {
    words.push(t('queue.outside'));
  } else if (queue.state === 'waiting') {
    words.push(queue.reason || queue.unreadable || '');
  } else {
    words.push(queue.running || queue.queued ? t('queue.counts', { running: queue.running, queued: queue.queued }) : t('queue.idle'));
  }
  setText(view.why, words.join(' '));
  const hours = hoursWords();
  setText(view.hours, hours);
  show(view.hours, hours !== '');
  if (view.turn) {
    const isHeld = queue.state === 'paused';
    view.turn.replaceChildren(icon(isHeld ? 'play' : 'pause'), h('span', {}, t(isHeld ? 'queue.resume' : 'queue.pause')));
    view.turn.classList.toggle('primary', isHeld);
  }
  setText(view.waitingCount, number(queue.queued || 0));
}

function hoursWords() {
  const hours = queue.hours;
  if (!hours) {
    return '';
  }
  const text = t('queue.hours', { hours: hours.spec });
  return hours.open || !hours.opensAt ? text : `${text} · ${t('queue.opens', { time: clock(hours.opensAt) })}`;
}

/** The lists are read once more: at most once a second, and only while somebody may see them. */
const soon = throttled(1000, () => {
  if (!linked() && view.loaded) {
    return;
  }
  readAll().catch(sayUnlessOffline);
});

function hearJob(job) {
  if (job.state === 'running') {
    const isNew = !running.has(job.job);
    const wasWaiting = waiting.delete(job.job);
    running.set(job.job, { ...running.get(job.job), ...job });
    if (isNew) {
      draw();
      if (!wasWaiting) soon();
    } else {
      view.running.change(running.get(job.job));
    }
  } else if (job.state === 'queued' || job.state === 'waiting') {
    if (running.delete(job.job) || !waiting.has(job.job)) {
      soon();
    } else {
      waiting.set(job.job, { ...waiting.get(job.job), ...job });
    }
  } else if (running.delete(job.job) | waiting.delete(job.job)) {
    draw();
    state.announce(t(`said.${job.state}`, { name: job.video || '' }));
    soon();
  }
}

function hearBatch(batch) {
  if (['running', 'queued', 'waiting'].includes(batch.state)) {
    const isNew = !open.has(batch.batch);
    open.set(batch.batch, { ...open.get(batch.batch), ...batch });
    if (isNew) soon();
    drawBatches();
    drawParts();
  } else if (open.delete(batch.batch)) {
    draw();
  }
}

export function showQueue(container) {
  const part = (key, rows, extra) => h('section', { hidden: true }, h('h2', { class: 'part' }, h('span', { t: key }), extra), rows);
  const list = (name) => h('ul', { class: `list ${name}` });
  const [uploadsList, runningList, batchesList, waitingList] = ['uploads', 'runs', 'batches', 'waiting'].map(list);
  view.pill = h('span', { class: 'pill', role: 'status' });
  view.why = h('span', { class: 'why', dir: 'auto' });
  view.hours = h('span', { class: 'muted hours' });
  view.turn = mayAct() ? h('button', { type: 'button', class: 'button small turn', onclick: turn }) : null;
  view.waitingCount = h('span', { class: 'count' });
  view.uploads = new Rows(uploadsList, (drop) => drop.id, uploadRow);
  view.running = new Rows(runningList, (job) => job.job, runningRow);
  view.batches = new Rows(batchesList, (batch) => batch.batch, batchRow);
  view.waiting = new Rows(waitingList, (job) => job.job, waitingRow);
  view.uploadsPart = part('upload.title', uploadsList);
  view.runningPart = part('queue.running', runningList);
  view.batchesPart = part('queue.batches', batchesList);
  view.more = moreButton(more);
  view.waitingPart = part('queue.next', waitingList, view.waitingCount);
  view.waitingPart.append(view.more);
  view.nothing = h('p', { class: 'nothing', hidden: true, t: 'queue.nothing' });
  container.append(
    h('div', { class: 'queue-line' }, h('h2', { t: 'nav.queue' }), view.pill, h('div', { class: 'queue-words' }, view.why, view.hours), view.turn),
    view.uploadsPart, view.runningPart, view.batchesPart, view.waitingPart, view.nothing);
  uploads.addEventListener('change', drawParts);
  uploads.addEventListener('made', ({ detail }) => {
    toast(t('upload.made', { name: detail.batch || '' }));
    soon();
  });
  news.addEventListener('job', ({ detail }) => hearJob(detail));
  news.addEventListener('batch', ({ detail }) => hearBatch(detail));
  news.addEventListener('queue', ({ detail }) => {
    queue = detail;
    drawQueue();
  });
  news.addEventListener('again', soon);
  setInterval(() => visible && !document.hidden && waiting.size > 1 && soon(), MOVED_AFTER);
  setInterval(() => linked() && view.running.rows.forEach((row) => row.tick()), 1000);
  drawQueue();
  soon();
  return {
    enter() {
      visible = true;
      soon();
    },
    leave() { visible = false; },
    again: draw,
  };
}

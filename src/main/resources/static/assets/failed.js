// What failed: why, what to do, and "try again".
import * as api from './api.js';
import { moreButton, run, sayUnlessOffline, sure, toast } from './dialogs.js';
import { Rows, h, iconButton, setText, show, throttled } from './dom.js';
import { news } from './events.js';
import { mayAct, state } from './session.js';
import { exact, has, relative, t } from './text.js';

const PAGE = 50;
const STATES = ['failed', 'cancelled'];
let items = [];
let next = null;
let isLoaded = false;
let visible = false;
let retried = new Set();
const view = {};

const keyOf = (item) => item.job || `batch:${item.batch}`;

/** Failed and cancelled jobs, and drops that were refused before they had jobs; newest first. */
async function read() {
  const [jobs, batches] = await Promise.all(
    [api.jobs, api.batches].map((list) => list({ state: STATES.join(), limit: PAGE })));
  const further = next && items.length > 2 * PAGE ? items.slice(PAGE) : [];
  items = [];
  add(jobs.jobs.concat(batches.batches.filter(isRefused), further));
  if (further.length === 0) {
    next = jobs.next || null;
  }
  isLoaded = true;
  draw();
}

const isRefused = (batch) => api.sizeOf(batch) === 0;

/** A job whose report has left the error folder was tried again, or someone has taken it away. */
const isThere = (item) => !item.job || item.report;

function add(more) {
  const known = new Set(items.map(keyOf));
  items.push(...more.filter((item) => !known.has(keyOf(item)) && isThere(item) && !retried.has(item.job)));
  items.sort((one, other) => String(other.updatedAt).localeCompare(String(one.updatedAt)));
}

async function more() {
  const answer = await api.jobs({ state: STATES.join(), limit: 200, cursor: next });
  next = answer.next || null;
  add(answer.jobs);
  draw();
}

const soon = throttled(1000, () => read().catch((error) => visible && sayUnlessOffline(error)));

function draw() {
  view.rows.set(items);
  show(view.more, next !== null);
  show(view.nothing, isLoaded && items.length === 0);
  const failures = items.filter((item) => item.state === 'failed').length;
  state.set('failed', next ? `${failures}+` : failures);
}

function row(first) {
  const name = h('bdi', { class: 'name' });
  const batch = h('bdi', {});
  const between = h('span', {});
  const when = h('time', {});
  const title = h('strong', {});
  const remedy = h('p', { class: 'remedy' });
  const message = h('p', { class: 'muted said', lang: 'en', dir: 'auto' });
  const actions = h('div', { class: 'row-actions' });
  const element = h('li', { class: 'card failure', data: { key: keyOf(first) } },
    h('div', { class: 'row-head' }, h('div', { class: 'titles' }, name, h('span', { class: 'muted' }, batch, between, when)), actions),
    h('div', { class: 'reason' }, title, remedy, message));
  if (mayAct()) {
    if (first.job) {
      actions.append(h('button', { type: 'button', class: 'button small', t: 'failed.retry', onclick: (event) => retry(element.item, event.currentTarget) }));
    }
    actions.append(iconButton('trash', 'failed.delete', (event) => remove(element.item, event.currentTarget)));
  }
  element.update = (item) => {
    element.item = item;
    element.classList.toggle('cancelled', item.state === 'cancelled');
    const code = item.error || (item.state === 'cancelled' ? 'cancelled' : null);
    setText(name, item.video || item.batch);
    setText(batch, item.video ? item.batch : '');
    setText(between, item.video ? ' · ' : '');
    when.dateTime = item.updatedAt;
    setText(when, relative(item.updatedAt));
    when.title = exact(item.updatedAt);
    setText(title, has(`failure.${code}`) ? t(`failure.${code}`) : code || t('failed.refused'));
    setText(remedy, has(`hint.${code}`) ? t(`hint.${code}`) : '');
    show(remedy, remedy.textContent !== '');
    setText(message, item.message || '');
  };
  return element;
}

async function retry(item, button) {
  await run(button, async () => {
    await api.retry(item.job);
    retried.add(item.job);
    items = items.filter((each) => each !== item);
    draw();
    toast(t('failed.retried', { name: item.video }));
  });
}

async function remove(item, button) {
  if (await sure(t('failed.delete'), t('failed.delete.sure', { name: item.batch }), t('delete'))) {
    await run(button, async () => {
      await api.deleteBatch(item.batch);
      items = items.filter((each) => each.batch !== item.batch);
      draw();
    });
  }
}

export function showFailed(container) {
  const list = h('ul', { class: 'list failures' });
  view.rows = new Rows(list, keyOf, row);
  view.more = moreButton(more);
  view.nothing = h('p', { class: 'nothing', hidden: true, t: 'failed.nothing' });
  container.append(list, view.nothing, view.more);
  news.addEventListener('job', ({ detail }) => STATES.includes(detail.state) && soon());
  news.addEventListener('batch', ({ detail }) => (detail.deleted || STATES.includes(detail.state)) && soon());
  news.addEventListener('again', soon);
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

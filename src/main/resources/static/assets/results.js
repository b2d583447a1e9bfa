// Finished videos by batch: search, play, download, zip, delete.
import * as api from './api.js';
import { moreButton, parts, run, sayUnlessOffline, sure, toast, wordsOf } from './dialogs.js';
import { Rows, h, icon, iconButton, label, setText, show, throttled } from './dom.js';
import { news } from './events.js';
import { play } from './player.js';
import { mayAct } from './session.js';
import { exact, relative, t } from './text.js';
import { thumbnail } from './thumbnails.js';

const PAGE = 20;
const AT_MOST = 6; // pages of batches without results that are passed over at once
const TILES = 8;

let batches = [];
let next = null;
let searched = '';
let chosen = new Set();
let isLoaded = false;
let visible = false;
const view = {};

async function page(cursor) {
  const found = [];
  let from = cursor;
  for (let times = 0; times < AT_MOST && found.length < PAGE; times++) {
    const answer = await api.batches({ q: searched, limit: PAGE, cursor: from });
    found.push(...answer.batches.filter((batch) => (api.countsOf(batch).done || 0) > 0));
    from = answer.next || null;
    if (!from) {
      break;
    }
  }
  return { found, next: from };
}

async function read() {
  const asked = searched;
  const first = await page(null);
  if (asked !== searched) {
    return;
  }
  const names = new Set(first.found.map((batch) => batch.batch));
  const last = first.found.at(-1);
  // what was read of further pages stays, unless the first page shows that it has gone
  const further = first.next && batches.length > PAGE && last
    ? batches.slice(batches.findIndex((batch) => batch.batch === last.batch) + 1).filter((batch) => !names.has(batch.batch)) : [];
  batches = first.found.concat(further);
  if (further.length === 0) {
    next = first.next;
  }
  isLoaded = true;
  draw();
}

const soon = throttled(1000, () => visible && read().catch(sayUnlessOffline));

async function more() {
  const answer = await page(next);
  batches.push(...answer.found);
  next = answer.next;
  draw();
}

function draw() {
  view.rows.set(batches);
  show(view.more, next !== null);
  show(view.nothing, isLoaded && batches.length === 0);
  setText(view.nothing, searched ? t('search.none') : t('results.nothing'));
  drawChosen();
}

function drawChosen() {
  chosen = new Set([...chosen].filter((id) => batches.some((batch) => batch.batch === id)));
  show(view.chosen, chosen.size > 0);
  setText(view.chosenWords, t('results.chosen', { n: chosen.size }));
}

async function zip(ids) {
  const answer = await api.zipParts(ids).catch((error) => {
    if (error.status === 404) {
      read().catch(() => {}); // one has been deleted: what is shown is old
    }
    throw error;
  });
  const count = answer.parts.length;
  const urls = Array.from({ length: count }, (_, index) => api.zipUrl(ids, index + 1));
  if (count > 1) {
    parts(urls);
  } else {
    const link = h('a', { href: urls[0], download: '' });
    document.body.append(link);
    link.click();
    link.remove();
  }
}

async function remove(batch, button) {
  const counts = api.countsOf(batch);
  if (await sure(t('delete.title'), t('delete.sure', { name: batch.batch, n: counts.done || 0 }), t('delete'))) {
    await run(button, async () => {
      await api.deleteBatch(batch.batch);
      batches = batches.filter((each) => each.batch !== batch.batch);
      draw();
      toast(t('delete.done', { name: batch.batch }));
    });
  }
}

const isOver = (batch) => ['done', 'failed', 'cancelled'].includes(batch.state);

function batchCard(first) {
  const name = h('bdi', { class: 'name' });
  const when = h('time', {});
  const words = h('span', { class: 'how-many' });
  const more = h('span', {});
  const box = h('input', { type: 'checkbox', onchange: () => {
    box.checked ? chosen.add(first.batch) : chosen.delete(first.batch);
    drawChosen();
  } });
  const download = iconButton('download', 'zip', (event) => run(event.currentTarget, () => zip([first.batch])));
  const bin = mayAct() && iconButton('trash', 'delete', (event) => remove(card.batch, event.currentTarget));
  const tiles = h('ul', { class: 'tiles' });
  const all = h('button', { type: 'button', class: 'link', hidden: true, onclick: () => {
    card.isWhole = true;
    drawTiles(card);
  } });
  const card = h('li', { class: 'card result', data: { batch: first.batch } },
    h('div', { class: 'row-head' }, h('label', { class: 'pick' }, box),
      h('div', { class: 'titles' }, name, h('span', { class: 'muted' }, when, words, more)), download, bin), tiles, all);
  Object.assign(card, { tiles: new Rows(tiles, (job) => job.job, (job) => tile(first.batch, job)), all, jobs: null, stamp: '' });
  card.update = (batch) => {
    const stamp = JSON.stringify(api.countsOf(batch));
    const isNews = card.stamp !== '' && card.stamp !== stamp;
    card.batch = batch;
    card.stamp = stamp;
    setText(name, batch.batch);
    const at = batch.finishedAt || batch.updatedAt || batch.createdAt;
    when.dateTime = at;
    setText(when, relative(at));
    when.title = exact(at);
    const counts = api.countsOf(batch);
    const failed = counts.failed || 0;
    setText(words, ` · ${t('results.videos', { n: counts.done || 0 })}`);
    setText(more, [failed && ` · ${t('count.failed', { n: failed })}`, !isOver(batch) && ` · ${t('results.going-on')}`].filter(Boolean).join(''));
    card.dataset.size = Math.min(4, counts.done || 1);
    show(download, (counts.done || 0) > 1);
    label(box, t('results.choose', { name: batch.batch }));
    box.checked = chosen.has(batch.batch);
    if (bin) bin.disabled = !isOver(batch);
    if (isNews && card.jobs) fill(card);
    if (card.jobs) drawTiles(card);
  };
  view.seen.observe(card);
  return card;
}

/** Reads a batch's jobs when its card is seen. */
async function fill(card) {
  try {
    const answer = await api.batch(card.batch.batch);
    card.jobs = answer.jobs.filter((job) => job.state === 'done' && job.result);
    drawTiles(card);
  } catch (error) {
    if (error.status === 404) soon(); // it has gone since
  }
}

function drawTiles(card) {
  const shown = card.isWhole ? card.jobs : card.jobs.slice(0, TILES);
  card.tiles.set(shown);
  show(card.all, shown.length < card.jobs.length);
  setText(card.all, t('results.all', { n: card.jobs.length }));
}

function tile(batch, first) {
  const name = h('bdi', { class: 'tile-name' });
  const length = h('span', { class: 'length', hidden: true });
  const picture = h('button', { type: 'button', class: 'picture', onclick: () => play(batch, item.job) },
    h('span', { class: 'play' }, icon('play')), length);
  const save = h('a', { class: 'icon-button', download: '', href: api.fileUrl(batch, first.result) }, icon('download'));
  const mark = h('span', { class: 'warned', hidden: true }, icon('alert'));
  const item = h('li', { class: 'tile', data: { job: first.job } }, picture, h('div', { class: 'tile-foot' }, name, mark, save));
  item.update = (job) => {
    item.job = job;
    setText(name, job.result);
    name.title = job.result;
    label(picture, t('player.play', { name: job.result }));
    label(save, t('download.name', { name: job.result }));
    const note = job.mouthCheck?.verdict === 'warning' || job.mouthCheck?.verdict === 'suspicious' ? job.mouthCheck.note || '' : '';
    show(mark, note !== '');
    mark.title = note;
  };
  thumbnail(picture, api.fileUrl(batch, first.result, true), length);
  return item;
}

export function showResults(container) {
  const search = h('input', { type: 'search', class: 'input search', data: { placeholder: 'results.search', label: 'results.search' }, placeholder: t('results.search'), 'aria-label': t('results.search') });
  let typing;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      searched = search.value.trim();
      read().catch((error) => toast(wordsOf(error), 'error'));
    }, 250);
  });
  const list = h('ul', { class: 'list results' });
  view.seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
    view.seen.unobserve(target);
    fill(target);
  }), { rootMargin: '200px' });
  view.rows = new Rows(list, (batch) => batch.batch, batchCard);
  view.more = moreButton(more);
  view.nothing = h('p', { class: 'nothing', hidden: true });
  view.chosenWords = h('span', {});
  view.chosen = h('div', { class: 'chosen', hidden: true }, view.chosenWords,
    h('button', { type: 'button', class: 'button small primary', onclick: (event) => run(event.currentTarget, () => zip([...chosen])) }, icon('download'), h('span', { t: 'zip' })),
    h('button', { type: 'button', class: 'button small quiet', t: 'results.choose-none', onclick: () => {
      chosen.clear();
      draw();
    } }));
  container.append(h('div', { class: 'tools' }, icon('search'), search), list, view.nothing, view.more, view.chosen);
  news.addEventListener('batch', ({ detail }) => {
    const batch = detail;
    const at = batches.findIndex((each) => each.batch === batch.batch);
    const counts = api.countsOf(batch);
    if (at >= 0 && batch.deleted) {
      batches.splice(at, 1);
      draw();
    } else if (at >= 0) {
      batches[at] = { ...batches[at], ...batch };
      view.rows.change(batches[at]);
    } else if (counts.done > 0) {
      soon();
    }
  });
  news.addEventListener('again', soon);
  return {
    enter() {
      visible = true;
      soon();
    },
    leave() { visible = false; },
    again: draw,
  };
}

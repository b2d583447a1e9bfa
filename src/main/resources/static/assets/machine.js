// The machine: is it fit, its disks, what draws, which version, and where the console is.
import * as api from './api.js';
import { wordsOf } from './dialogs.js';
import { h, icon, throttled } from './dom.js';
import { news } from './events.js';
import { state, user } from './session.js';
import { bytes, duration, number, t } from './text.js';

const view = {};
let visible = false;
let health = null;
let models = null;

async function read() {
  try {
    [health, models] = await Promise.all([api.health(), visible ? api.models() : models]);
    fitness(health);
    draw();
  } catch (error) {
    if (visible && error.code !== 'offline') {
      view.content.replaceChildren(h('p', { class: 'problem' }, wordsOf(error)));
    }
  }
}

const soon = throttled(2000, read);

function fitness(data) {
  const reasons = data.reasons || [];
  state.set('reasons', reasons);
  if (data.version) {
    state.set('version', data.version);
  }
}

const card = (key, ...content) => h('section', { class: 'card' }, h('h2', { class: 'part' }, t(key)), content);
const fact = (key, value) => value && h('div', {}, h('dt', {}, t(key)), h('dd', {}, h('bdi', {}, value)));

/** Folders on one disk, as far as its size and room tell, are one row. */
function rooms(folders) {
  const rows = [];
  folders.forEach((each) => {
    const row = rows.find((other) => each.totalBytes !== undefined && other.totalBytes === each.totalBytes
      && Math.abs(other.freeBytes - each.freeBytes) < each.totalBytes / 1000);
    if (row) {
      row.folder += `, ${each.folder}`;
      row.path += `\n${each.path}`;
    } else {
      rows.push({ ...each });
    }
  });
  return rows;
}

function disk(each) {
  const free = each.freeBytes;
  const total = each.totalBytes;
  const fill = h('div', { class: 'fill' });
  const used = total ? 1 - free / total : 0;
  fill.style.transform = `scaleX(${used})`;
  return h('li', { class: 'disk' }, h('span', {}, h('bdi', { title: each.path }, each.folder)),
    h('span', { class: 'muted' }, total ? t('machine.free', { free: bytes(free), total: bytes(total) }) : t('machine.unreadable')),
    h('div', { class: `bar ${used > 0.95 ? 'full' : ''}` }, fill));
}

function model(each) {
  return h('li', { class: `model ${each.state}` }, h('bdi', { class: 'name' }, each.file),
    h('span', { class: 'muted' }, [t(`model.${each.state}`), each.family, each.bytes && bytes(each.bytes), each.problem].filter(Boolean).join(' · ')));
}

function draw() {
  if (!visible || !health) {
    return;
  }
  const reasons = health.reasons || [];
  const isFit = health.fit;
  const files = models?.models || [];
  view.content.replaceChildren(
    card('machine.health', h('p', { class: `fitness ${isFit ? 'fit' : 'unfit'}` }, icon(isFit ? 'check' : 'alert'),
      h('span', {}, t(isFit ? 'machine.fit' : 'machine.unfit'))),
    reasons.length > 0 && h('ul', { class: 'reasons', lang: 'en' }, reasons.map((reason) => h('li', { dir: 'auto' }, reason)))),
    card('machine.disk', h('ul', { class: 'plain' }, rooms(health.folders).map(disk))),
    card('machine.drawing', h('dl', { class: 'facts' },
      fact('facts.device', health.devices.map((each) => each.device).join(', ')),
      fact('facts.engine', models?.draws),
      fact('machine.workers', number(health.workers))),
    h('ul', { class: 'plain models' }, files.map(model))),
    card('machine.about', h('dl', { class: 'facts' },
      fact('machine.version', health.version), fact('machine.uptime', duration(health.uptimeSeconds)), fact('machine.user', user().login && user().user),
      fact('machine.role', user().login && t(`role.${user().role}`))),
    h('p', { class: 'links' },
      h('a', { href: new URL('actuator/hawtio', document.baseURI).href }, t('machine.console'), icon('external')),
      h('a', { href: api.url('openapi.json') }, t('machine.api'), icon('external')))));
}

export function showMachine(container) {
  view.content = h('div', { class: 'machine' });
  container.append(view.content);
  news.addEventListener('health', ({ detail }) => {
    fitness(detail);
    soon();
  });
  news.addEventListener('again', soon);
  setInterval(() => visible && soon(), 15000);
  soon();
  return {
    enter() {
      visible = true;
      draw();
      soon();
    },
    leave() { visible = false; },
    again: draw,
  };
}

// The machine: is it fit, its disks, what draws, which version, and where the console is.
import * as api from './api.js';
import { wordsOf } from './dialogs.js';
import { h, icon, setText, throttled } from './dom.js';
import { news } from './events.js';
import { state, user } from './session.js';
import { bytes, t } from './text.js';

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

function disk(each) {
  const free = each.freeBytes ?? each.free;
  const total = each.totalBytes ?? each.total;
  const fill = h('div', { class: 'fill' });
  const used = total ? 1 - free / total : 0;
  fill.style.transform = `scaleX(${used})`;
  return h('li', { class: 'disk' }, h('span', {}, h('bdi', {}, each.name || each.folder || each.path)),
    h('span', { class: 'muted' }, total ? t('machine.free', { free: bytes(free), total: bytes(total) }) : bytes(free)),
    h('div', { class: `bar ${used > 0.95 ? 'full' : ''}` }, fill));
}

function model(each) {
  return h('li', { class: 'model' }, h('bdi', { class: 'name' }, each.name || each.file),
    h('span', { class: 'muted' }, [each.kind || each.engine || each.purpose, each.licence || each.license, each.problem || each.message].filter(Boolean).join(' · ')));
}

function draw() {
  if (!visible || !health) {
    return;
  }
  const reasons = health.reasons || [];
  const isFit = health.fit ?? reasons.length === 0;
  const disks = health.disks || health.folders || [];
  const devices = health.devices || (health.device ? [health.device] : []);
  const files = models?.models || models?.files || [];
  const engines = models?.engines || [];
  view.content.replaceChildren(
    card('machine.health', h('p', { class: `fitness ${isFit ? 'fit' : 'unfit'}` }, icon(isFit ? 'check' : 'alert'),
      h('span', {}, t(isFit ? 'machine.fit' : 'machine.unfit'))),
    reasons.length > 0 && h('ul', { class: 'reasons', lang: 'en' }, reasons.map((reason) => h('li', { dir: 'auto' }, reason)))),
    disks.length > 0 && card('machine.disk', h('ul', { class: 'plain' }, disks.map(disk))),
    card('machine.drawing', h('dl', { class: 'facts' },
      fact('facts.device', devices.map((each) => each.words || each.name || each.device || each).filter((each) => typeof each === 'string').join(', ')),
      fact('facts.engine', engines.map((each) => each.name || each).join(', '))),
    h('ul', { class: 'plain models' }, files.map(model))),
    card('machine.about', h('dl', { class: 'facts' },
      fact('machine.version', health.version), fact('machine.home', health.home), fact('machine.user', user().login && user().user),
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

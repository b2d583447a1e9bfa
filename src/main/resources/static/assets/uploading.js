// A drop on its way to the server: how far, and what to do where it has stopped.
import { bar } from './bar.js';
import { toast, wordsOf } from './dialogs.js';
import { h, iconButton, setText, show } from './dom.js';
import { bytes, percent, t } from './text.js';
import { abandon, again, giveAgain, isAsking } from './upload.js';

export function uploadRow(drop) {
  const name = h('bdi', { class: 'name' });
  const words = h('span', { class: 'muted' });
  const share = h('span', { class: 'share' });
  const progress = bar();
  const problem = h('p', { class: 'problem' });
  const input = h('input', { type: 'file', multiple: true, hidden: true, onchange: () => {
    if (!giveAgain(drop, [...input.files])) {
      toast(t('upload.others'), 'error');
    }
    input.value = '';
  } });
  const choose = h('button', { type: 'button', class: 'button small', t: 'upload.choose-again', onclick: () => input.click() });
  const retry = h('button', { type: 'button', class: 'button small', t: 'upload.retry', onclick: () => again(drop) });
  const stop = iconButton('close', 'upload.cancel', () => abandon(drop));
  const row = h('li', { class: 'card uploading' },
    h('div', { class: 'row-head' }, h('div', { class: 'titles' }, name, words), share, stop), progress,
    h('div', { class: 'row-foot' }, problem, choose, retry), input);
  row.update = () => {
    const all = drop.files.reduce((sum, file) => sum + file.size, 0);
    const sent = drop.files.reduce((sum, file) => sum + (file.done ? file.size : file.at), 0);
    const open = drop.files.filter((file) => !file.done);
    const asks = isAsking(drop);
    const trouble = drop.problem || drop.files.find((file) => file.problem)?.problem || null;
    setText(name, drop.manifest.name || nameOf(drop));
    setText(words, open.length === 0 ? t('upload.making')
      : t('upload.files', { n: drop.files.length, sent: bytes(sent), all: bytes(all) }));
    setText(share, percent(all ? sent / all : 1));
    progress.set(all ? sent / all : 1, t('upload.progress'));
    row.classList.toggle('stopped', asks || trouble !== null);
    setText(problem, asks ? t('upload.interrupted', { name: open.map((file) => file.name).slice(0, 3).join(', ') })
      : trouble ? (trouble.code === 'offline' ? t('upload.offline') : wordsOf(trouble)) : '');
    show(problem, asks || trouble !== null);
    show(choose, asks);
    show(retry, !asks && trouble !== null);
  };
  return row;
}

function nameOf(drop) {
  const sent = drop.files.find((file) => file.key === drop.manifest.audio?.sent);
  return (sent ? sent.name : String(drop.manifest.audio)).split('/').pop().replace(/\.[^.]*$/, '');
}

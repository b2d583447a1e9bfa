// Questions, short messages, and choosing from the library.
import * as api from './api.js';
import { h, icon, iconButton, setText, show } from './dom.js';
import { bytes, has, t } from './text.js';

/** Says something for a moment, to eyes and screen readers. */
export function toast(words, kind = 'info') {
  const line = h('div', { class: `toast ${kind}` }, icon(kind === 'error' ? 'alert' : 'check'), h('span', {}, words));
  document.getElementById('toasts').append(line);
  setTimeout(() => line.remove(), kind === 'error' ? 9000 : 4000);
}

/** An error of the API in the chosen language where it is known, else in the server's words. */
export function wordsOf(error) {
  const key = `problem.${error.code}`;
  if (has(key)) {
    return t(key);
  }
  return [error.detail || error.message || error.code, error.hint].filter(Boolean).join(' ');
}

/** Runs what a button asks for; the button rests meanwhile, and an error is said. Answers whether it went well. */
export async function run(button, action) {
  const hadFocus = document.activeElement === button;
  button?.setAttribute('aria-busy', 'true');
  if (button) {
    button.disabled = true;
  }
  try {
    await action();
    return true;
  } catch (error) {
    toast(wordsOf(error), 'error');
    return false;
  } finally {
    if (button) {
      button.disabled = false;
      button.removeAttribute('aria-busy');
      if (hadFocus && document.activeElement === document.body) {
        button.focus(); // it was lost when the button was switched off
      }
    }
  }
}

/** The button below a list of which there is more; hidden at first. */
export function moreButton(more) {
  return h('button', { type: 'button', class: 'button quiet more', t: 'more', hidden: true, onclick: (event) => run(event.currentTarget, more) });
}

/** Says an error of a list that could not be read; that nobody answers is said across the top. */
export function sayUnlessOffline(error) {
  if (error.code !== 'offline') {
    toast(wordsOf(error), 'error');
  }
}

function open(dialog) {
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.showModal();
}

/** Asks before something that cannot be taken back. */
export function sure(title, text, action) {
  return new Promise((resolve) => {
    const yes = h('button', { type: 'submit', value: 'yes', class: 'button danger' }, action);
    const dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'ask-title' },
      h('form', { method: 'dialog' },
        h('h2', { id: 'ask-title' }, title),
        h('p', {}, text),
        h('div', { class: 'actions' },
          h('button', { type: 'submit', value: 'no', class: 'button', autofocus: true }, t('cancel')), yes)));
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
    open(dialog);
  });
}

/** The parts of a zip that is too large for one. */
export function parts(urls) {
  const dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'parts-title' },
    h('h2', { id: 'parts-title' }, t('zip.parts', { n: urls.length })),
    h('p', {}, t('zip.why')),
    h('ul', { class: 'plain' }, urls.map((url, index) =>
      h('li', {}, h('a', { href: url, download: '' }, t('zip.part', { n: index + 1 }))))),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, t('close'))));
  open(dialog);
}

/**
 * Lets the person choose files of the library. Answers their names, with `library/` before them.
 *
 * @param kinds audio, video or image: what may be chosen; all where there is none
 */
export function chooseFromLibrary(...kinds) {
  return new Promise((resolve) => {
    let chosen = [];
    let next = null;
    let asked = '';
    const list = h('div', { class: 'choices', role: 'group', 'aria-label': t('library.title') });
    const nothing = h('p', { class: 'muted' }, t('loading'));
    const search = h('input', { type: 'search', class: 'input', placeholder: t('search'), 'aria-label': t('search') });
    const more = h('button', { type: 'button', class: 'button small quiet more', hidden: true, onclick: () => read(next) }, t('more'));
    const take = h('button', { type: 'button', class: 'button primary', disabled: true }, t('library.take'));
    const dialog = h('dialog', { class: 'library', 'aria-labelledby': 'library-title' },
      h('header', {}, h('h2', { id: 'library-title' }, t('library.title')), iconButton('close', 'close', () => dialog.close())),
      search, nothing, list, more,
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, t('cancel')), take));
    take.addEventListener('click', () => {
      resolve(chosen);
      dialog.close();
    });
    dialog.addEventListener('close', () => resolve([]));
    const choice = (file) => {
      const box = h('input', { type: 'checkbox', checked: chosen.includes(file.name), onchange: () => {
        chosen = box.checked ? [...chosen, file.name] : chosen.filter((name) => name !== file.name);
        take.disabled = chosen.length === 0;
      } });
      return h('label', { class: 'choice' }, box, icon({ audio: 'voice', image: 'image' }[file.kind] || 'video'),
        h('bdi', {}, file.name.replace(/^library\//, '')), h('span', { class: 'muted' }, bytes(file.bytes)));
    };
    const read = async (cursor) => {
      const wanted = search.value.trim();
      asked = wanted;
      try {
        const answer = await api.library({ q: wanted, limit: 200, cursor });
        if (asked !== wanted) {
          return; // typed on since
        }
        const rows = answer.files.filter((file) => kinds.length === 0 || kinds.includes(file.kind)).map(choice);
        cursor ? list.append(...rows) : list.replaceChildren(...rows);
        next = answer.next || null;
        setText(nothing, wanted ? t('search.none') : t('library.empty'));
        show(nothing, list.childElementCount === 0);
        show(more, next !== null);
      } catch (error) {
        setText(nothing, wordsOf(error));
        show(nothing, true);
      }
    };
    open(dialog);
    let typing;
    search.addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(read, 250, null);
    });
    read(null);
  });
}

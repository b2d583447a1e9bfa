// Building and changing elements. Text is always set as text, never as markup: file names are other people's words.
import { t } from './text.js';
import { PATHS } from './icons.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. Properties: class, on<event> as functions, t (key of a text that follows the language), label (the same for
 * aria-label and title), data as an object, everything else as an attribute; false and null are left out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name === 'class') {
      element.className = value;
    } else if (name === 't') {
      element.dataset.t = value;
      element.textContent = t(value);
    } else if (name === 'label') {
      element.dataset.label = value;
      label(element, t(value));
    } else if (name === 'data') {
      Object.assign(element.dataset, value);
    } else if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon; its words are the tooltip and what a screen reader says. */
export function iconButton(name, key, onclick, more = {}) {
  return h('button', { type: 'button', class: 'icon-button', label: key, onclick, ...more }, icon(name));
}

export function label(element, words) {
  if (element.getAttribute('aria-label') !== words) {
    element.setAttribute('aria-label', words);
    if (element.matches('button, a')) {
      element.title = words;
    }
  }
}

export function setText(element, words) {
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

export function show(element, isShown) {
  if (element.hidden === isShown) {
    element.hidden = !isShown;
  }
}

/** Puts the texts of the chosen language into everything that was made with `t` and `label`, or marked so in the document. */
export function translate(root = document) {
  root.querySelectorAll('[data-t]').forEach((element) => setText(element, t(element.dataset.t)));
  root.querySelectorAll('[data-label]').forEach((element) => label(element, t(element.dataset.label)));
  root.querySelectorAll('[data-placeholder]').forEach((element) => {
    element.placeholder = t(element.dataset.placeholder);
  });
}

/** A list whose rows are kept by key: rows are made once, changed in place, and moved only where the order has changed. */
export class Rows {
  /** @param make makes a row from an item: an element with a function `update(item)` */
  constructor(container, keyOf, make) {
    this.container = container;
    this.keyOf = keyOf;
    this.make = make;
    this.rows = new Map();
  }

  set(items) {
    const wanted = new Set(items.map(this.keyOf));
    for (const [key, row] of this.rows) {
      if (!wanted.has(key)) {
        this.removeRow(key, row);
      }
    }
    let at = this.container.firstElementChild;
    for (const item of items) {
      const key = this.keyOf(item);
      let row = this.rows.get(key);
      if (!row) {
        row = this.make(item);
        this.rows.set(key, row);
      }
      row.update(item);
      if (row === at) {
        at = at.nextElementSibling;
      } else {
        this.container.insertBefore(row, at);
      }
    }
  }

  /** Changes one row, if it is shown. */
  change(item) {
    this.rows.get(this.keyOf(item))?.update(item);
  }

  removeRow(key, row) {
    this.rows.delete(key);
    const hadFocus = row.contains(document.activeElement);
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    if (hadFocus) {
      // who works by keyboard is not thrown back to the top of the page
      (next?.querySelector('button, a, select') || document.getElementById('main')).focus();
    }
  }
}

/** At most one run each so often, the last request always served. */
export function throttled(milliseconds, run) {
  let timer = null;
  let last = -Infinity;
  return () => {
    if (timer === null) {
      timer = setTimeout(() => {
        timer = null;
        last = performance.now();
        run();
      }, Math.max(0, last + milliseconds - performance.now()));
    }
  };
}

export function keep(name, value) {
  try {
    if (value === null) {
      localStorage.removeItem(`lipdrop.${name}`);
    } else {
      localStorage.setItem(`lipdrop.${name}`, value);
    }
  } catch {
    // storage is switched off or full: the choice holds until the page is left
  }
}

export function kept(name) {
  try {
    return localStorage.getItem(`lipdrop.${name}`);
  } catch {
    return null;
  }
}

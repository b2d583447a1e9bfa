// A bar of progress that screen readers can read too.
import { h } from './dom.js';

/** An element with `set(share, words)`: 0 to 1, or null where it is not known. */
export function bar() {
  const fill = h('div', { class: 'fill' });
  const element = h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, fill);
  element.set = (share, words) => {
    element.classList.toggle('unknown', share === null);
    fill.style.transform = `scaleX(${share === null ? 1 : Math.min(1, Math.max(0, share))})`;
    if (share === null) {
      element.removeAttribute('aria-valuenow');
    } else {
      element.setAttribute('aria-valuenow', Math.round(share * 100));
    }
    element.setAttribute('aria-label', words);
  };
  return element;
}

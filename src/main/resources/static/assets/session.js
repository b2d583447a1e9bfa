// Who looks at the page, and what several parts of it share.
import * as api from './api.js';

let who = { role: 'operator' };

export async function readSession() {
  try {
    who = await api.session();
  } catch (error) {
    if (error.status !== 404 && error.code !== 'offline') {
      throw error;
    }
  }
  return who;
}

export const user = () => who;

/** Whether this person may change things, or only look. */
export const mayAct = () => who.role !== 'viewer';

/** Values that are shown in several places: how many jobs wait, how many failures there are. */
export const state = Object.assign(new EventTarget(), {
  values: {},
  set(name, value) {
    if (this.values[name] !== value) {
      this.values[name] = value;
      this.dispatchEvent(new CustomEvent(name, { detail: value }));
    }
  },
  /** Says something to screen readers only. */
  announce(words) {
    this.dispatchEvent(new CustomEvent('announce', { detail: words }));
  },
});

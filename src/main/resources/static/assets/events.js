// News from the server: one stream for all tabs of this browser, where the browser can share it.
import { session, url } from './api.js';

const NAMES = ['batch', 'job', 'queue', 'health'];
// `reset` needs no ear: after each beginning of a stream the lists are read anew
const SLOWEST_RETRY = 15000;

/** `batch`, `job`, `queue` and `health` with the data as `detail`; `link` with true or false; `again` after a gap. */
export const news = new EventTarget();

let isLinked = null;
let wasLinked = false;
let stream = null;
let channel = null;
let timer = null;
let failures = 0;

const tell = (type, detail) => news.dispatchEvent(new CustomEvent(type, { detail }));
const share = (message) => channel?.postMessage(message);

export const linked = () => isLinked === true;

function hear({ link, name, data }) {
  if (name) {
    tell(name, data);
  } else if (link) {
    isLinked = true;
    tell('link', true);
    if (wasLinked) {
      tell('again'); // the lists are read once more, whatever was missed
    }
    wasLinked = true;
  } else if (isLinked !== false) {
    isLinked = false;
    tell('link', false);
  }
}

function hearAndShare(message) {
  hear(message);
  share(message);
}

function open() {
  close();
  stream = new EventSource(url('events'));
  stream.onopen = () => {
    failures = 0;
    hearAndShare({ link: true });
  };
  stream.onerror = () => {
    hearAndShare({ link: false });
    if (stream?.readyState === EventSource.CLOSED) {
      later(); // an answer that is no stream: the browser does not try again by itself
    }
  };
  NAMES.forEach((name) =>
    stream.addEventListener(name, (event) => hearAndShare({ name, data: JSON.parse(event.data) })));
}

function later() {
  close();
  timer = setTimeout(
    // a session that has ended leads to the login
    () => session().then(open, (error) => (error.status === 404 ? open() : error.status !== 401 && later())),
    Math.min(SLOWEST_RETRY, 500 * 2 ** failures++));
}

function close() {
  clearTimeout(timer);
  timer = null;
  stream?.close();
  stream = null;
}

/** Tries at once instead of at the next turn. */
export function tryNow() {
  failures = 0;
  if (stream || timer) {
    open();
  } else {
    share({ hurry: true });
  }
}

export function listen() {
  if (navigator.locks && window.BroadcastChannel) {
    channel = new BroadcastChannel('lipdrop.events');
    channel.onmessage = ({ data }) => {
      if (!data.ask && !data.hurry) {
        hear(data);
      } else if (stream || timer) {
        data.hurry ? tryNow() : share({ link: isLinked === true });
      }
    };
    share({ ask: true });
    // The tab that has the lock has the stream; when that tab is closed, the next one takes over.
    navigator.locks.request('lipdrop.events', () => {
      open();
      return new Promise(() => {});
    });
  } else {
    // Over plain HTTP from another machine there are no locks: a tab that nobody sees gives its connection back.
    const follow = () => (document.hidden ? close() : open());
    document.addEventListener('visibilitychange', follow);
    follow();
  }
  window.addEventListener('online', tryNow);
}

// Uploads: three files at once, each resumable (tus), remembered until its batch is made, so that a browser that was closed
// can go on when it is given the same files again.
import { create, headers, toLogin, url } from './api.js';
import { linked, news } from './events.js';
import { keep, kept, throttled } from './dom.js';

const AT_ONCE = 3;
const CHUNK = 64 * 1024 * 1024;
const KEY = 'uploads';
/** A drop that was written down so recently may be another tab's, in milliseconds. */
const RECENT = 8000;

/** `change` when a drop in `drops` is new, is further, or has gone; `made` with the answer when a batch was made of one. */
export const uploads = new EventTarget();

/** Drops on their way: {id, name, manifest, files: [{key, name, size, modified, place, at, done, problem}], problem}. */
export const drops = new Map();

const running = new Map();
const chosen = new Map(); // key of a file → the File, while this page is open
const changed = () => uploads.dispatchEvent(new Event('change'));

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const fingerprint = (file) => [file.name, file.size, file.lastModified ?? file.modified].join('/');

/**
 * Sends files, then makes the batch. In the manifest, a file that is sent stands as an object `{send: File}`.
 *
 * @param manifest what POST /api/batches takes
 */
export function send(manifest) {
  const files = [];
  const place = (value) => {
    if (!(value?.send instanceof File)) {
      return value;
    }
    const file = value.send;
    let entry = files.find((each) => chosen.get(each.key) === file);
    if (!entry) {
      entry = { key: random(), name: file.name, size: file.size, modified: file.lastModified, at: 0, done: false, place: null };
      chosen.set(entry.key, file);
      files.push(entry);
    }
    return { sent: entry.key };
  };
  const drop = {
    id: random(),
    manifest: {
      ...manifest,
      audio: place(manifest.audio),
      videos: manifest.videos.map((video) => ({ ...video, file: place(video.file) })),
    },
    files,
    problem: null,
  };
  drops.set(drop.id, drop);
  own(drop).then((release) => { drop.release = release; });
  save();
  pump();
}

/** What an earlier visit has left, or another tab once it is closed: shown, and continued when its files are given again. */
export function restore() {
  for (const drop of read()) {
    if (!drops.has(drop.id)) {
      own(drop).then((release) => release && adopt(drop.id, release));
    }
  }
  if (!navigator.locks && read().some((drop) => !drops.has(drop.id))) {
    setTimeout(restore, RECENT);
  }
}

function adopt(id, release) {
  const drop = read().find((each) => each.id === id); // the tab that had it may have made its batch
  if (!drop || drops.has(id)) {
    release();
    return;
  }
  drop.files.forEach((entry) => { entry.problem = null; });
  drop.release = release;
  drops.set(id, drop);
  save();
  pump();
}

/** Gives files again: those that fit go on where they had stopped. Answers how many fit. */
export function giveAgain(drop, files) {
  const given = new Map(files.map((file) => [fingerprint(file), file]));
  let fitting = 0;
  drop.files.forEach((entry) => {
    const file = given.get(fingerprint(entry));
    if (file && !entry.done) {
      chosen.set(entry.key, file);
      entry.problem = null;
      fitting++;
    }
  });
  pump();
  return fitting;
}

export const isAsking = (drop) => drop.files.some((entry) => !entry.done && !chosen.has(entry.key));

export function again(drop) {
  drop.problem = null;
  drop.files.forEach((entry) => { entry.problem = null; });
  pump();
}

/** Gives a drop up, here and on the server. */
export function abandon(drop) {
  for (const entry of drop.files) {
    const upload = running.get(entry.key);
    running.delete(entry.key);
    chosen.delete(entry.key);
    upload?.abort();
    if (entry.place) {
      tus.Upload.terminate(entry.place, { headers: headers() }).catch(() => {}); // it expires by itself
    }
  }
  forget(drop);
  pump();
}

/** Another tab that waits for it must not find it any more. */
function forget(drop) {
  drops.delete(drop.id);
  save();
  drop.release?.();
}

function pump() {
  for (const drop of drops.values()) {
    for (const entry of drop.files) {
      if (running.size < AT_ONCE && !entry.done && !entry.problem && chosen.has(entry.key) && !running.has(entry.key)) {
        start(drop, entry);
      }
    }
    if (drop.files.every((entry) => entry.done) && !drop.problem && !drop.isMaking) {
      make(drop);
    }
  }
  changed();
}

function start(drop, entry) {
  const upload = new tus.Upload(chosen.get(entry.key), {
    endpoint: url('uploads'),
    uploadUrl: entry.place,
    chunkSize: CHUNK,
    metadata: { filename: entry.name },
    retryDelays: [0, 500, 1000, 2000, 4000, 8000, 8000],
    storeFingerprintForResuming: false,
    onBeforeRequest: (request) => Object.entries(headers()).forEach(([name, value]) => request.setHeader(name, value)),
    onUploadUrlAvailable: () => {
      entry.place = upload.url;
      save();
    },
    onProgress: (sent) => {
      entry.at = sent;
      saveSoon();
      changed();
    },
    onSuccess: () => {
      entry.done = true;
      entry.at = entry.size;
      ended();
    },
    onError: (error) => {
      const response = error.originalResponse;
      if (response?.getStatus() === 401) {
        toLogin();
      }
      entry.problem = response ? problemOf(response)
        : error.originalRequest ? { code: 'offline' } : { code: 'unreadable', detail: error.message };
      ended();
    },
  });
  const ended = () => {
    running.delete(entry.key);
    save();
    pump();
  };
  running.set(entry.key, upload);
  upload.start();
}

function problemOf(response) {
  try {
    const body = JSON.parse(response.getBody());
    return { code: body.code, detail: body.detail, hint: body.hint };
  } catch {
    return { code: String(response.getStatus()), detail: response.getBody().slice(0, 300) };
  }
}

async function make(drop) {
  drop.isMaking = true;
  const ids = new Map(drop.files.map((entry) => [entry.key, `upload:${new URL(entry.place).pathname.split('/').pop()}`]));
  const placed = (value) => (value?.sent ? ids.get(value.sent) : value);
  try {
    const answer = await create({
      ...drop.manifest,
      audio: placed(drop.manifest.audio),
      videos: drop.manifest.videos.map((video) => ({ ...video, file: placed(video.file) })),
    }, drop.id);
    drop.files.forEach((entry) => chosen.delete(entry.key));
    forget(drop);
    uploads.dispatchEvent(new CustomEvent('made', { detail: answer }));
  } catch (error) {
    drop.problem = { code: error.code, detail: error.message, hint: error.hint };
  }
  drop.isMaking = false;
  save();
  changed();
}

function read() {
  try {
    return JSON.parse(kept(KEY)) || [];
  } catch {
    return [];
  }
}

/** Writes this tab's drops beside those of other tabs. */
function save() {
  const own = [...drops.values()].map(({ id, manifest, files }) => ({
    id, manifest, files: files.map(({ problem, ...entry }) => entry), mine: tab, touched: Date.now(),
  }));
  const others = read().filter((drop) => drop.mine !== tab && !drops.has(drop.id));
  const all = [...others, ...own];
  keep(KEY, all.length ? JSON.stringify(all) : null);
}

const tab = random();
const saveSoon = throttled(2000, save);

/**
 * This tab, and no other, looks after a drop from now on: answers how it stops that. Waits for the tab that has it; that of a page which was
 * just loaded anew has it for a moment.
 */
function own(drop) {
  if (!navigator.locks) {
    return Promise.resolve(Date.now() - (drop.touched || 0) > RECENT ? () => {} : null);
  }
  return new Promise((answer) => {
    navigator.locks.request(`lipdrop.upload.${drop.id}`, () => new Promise((release) => answer(release)));
  });
}

// A server that was away is there again: what has failed for that reason goes on.
news.addEventListener('link', () => {
  if (linked()) {
    drops.forEach((drop) => {
      drop.files.filter((entry) => entry.problem?.code === 'offline').forEach((entry) => { entry.problem = null; });
      if (drop.problem?.code === 'offline') {
        drop.problem = null;
      }
    });
    pump();
  }
});
window.addEventListener('beforeunload', (event) => running.size && event.preventDefault());

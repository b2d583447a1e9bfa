// A picture of each video that is seen: at most two videos are opened at a time, and only for as long as it takes.
import { setText, show } from './dom.js';
import { position } from './text.js';

const AT_ONCE = 2;
const PATIENCE = 8000;
const made = new Map();
const wanting = [];
let working = 0;

const seen = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  const at = wanting.findIndex((each) => each.element === target);
  if (isIntersecting && at < 0) {
    wanting.push(target.wanted);
    next();
  } else if (!isIntersecting && at >= 0) {
    wanting.splice(at, 1); // scrolled past before its turn
  }
}), { rootMargin: '100px' });

/** Puts a picture of a video into an element, and its length into another, when it is seen. */
export function thumbnail(element, url, length) {
  element.wanted = { element, url, length };
  const known = made.get(url);
  if (known) {
    put(element.wanted, known);
  } else {
    seen.observe(element);
  }
}

function put({ element, length }, { canvas, seconds }) {
  const copy = canvas.cloneNode();
  copy.getContext('2d').drawImage(canvas, 0, 0);
  element.prepend(copy);
  setText(length, position(seconds));
  show(length, true);
}

function next() {
  while (working < AT_ONCE && wanting.length) {
    const wanted = wanting.shift();
    seen.unobserve(wanted.element);
    working++;
    draw(wanted.url).then((picture) => {
      made.set(wanted.url, picture);
      put(wanted, picture);
    }, () => {}).finally(() => {
      working--;
      next();
    });
  }
}

function draw(url) {
  const video = document.createElement('video');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE);
    video.muted = true;
    video.preload = 'auto';
    video.onerror = reject;
    video.onloadedmetadata = () => { video.currentTime = Math.min(0.5, video.duration / 3); };
    video.onseeked = () => {
      clearTimeout(timer);
      const height = 180;
      const canvas = document.createElement('canvas');
      canvas.height = height;
      canvas.width = Math.max(1, Math.round((height * video.videoWidth) / video.videoHeight));
      canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
      resolve({ canvas, seconds: video.duration });
    };
    video.src = url;
  }).finally(() => {
    video.removeAttribute('src');
    video.load(); // gives the connection back
  });
}

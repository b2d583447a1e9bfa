// Where the page begins: language, who is there, the views, and what is said across the top.
import { toLogin, headers } from './api.js';
import { compose, dropInto, draw as drawCompose, take } from './compose.js';
import { icon, keep, label, setText, show, translate } from './dom.js';
import { listen, news, tryNow } from './events.js';
import { showFailed } from './failed.js';
import { showMachine } from './machine.js';
import { showQueue } from './queue.js';
import { showResults } from './results.js';
import { mayAct, readSession, state, user } from './session.js';
import { exact, language, relative, speak, t } from './text.js';
import { restore } from './upload.js';

const VIEWS = ['queue', 'results', 'failed', 'machine'];
const $ = (id) => document.getElementById(id);
const views = {};
let current = null;

function go() {
  const wanted = location.hash.replace(/^#\/?/, '');
  const name = VIEWS.includes(wanted) ? wanted : 'queue';
  if (name === current) {
    return;
  }
  views[current]?.leave?.();
  const isFirst = current === null;
  current = name;
  VIEWS.forEach((each) => {
    show($(`view-${each}`), each === name);
    document.querySelectorAll(`nav a[href="#/${each}"]`).forEach((link) =>
      each === name ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current'));
  });
  title();
  views[name]?.enter?.();
  if (!isFirst) {
    window.scrollTo(0, 0);
    $(`view-${name}`).querySelector('h1').focus({ preventScroll: true });
  }
}

function title() {
  document.title = `${t(`nav.${current}`)} · Lipdrop`;
}

async function chooseLanguage(wanted) {
  keep('language', wanted);
  await speak(wanted);
  translate();
  title();
  drawCompose();
  Object.values(views).forEach((view) => view.again?.());
  drawTop();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function drawTop() {
  const other = language() === 'zh' ? 'en' : 'zh';
  setText($('language').querySelector('span'), other === 'zh' ? '中文' : 'English');
  $('language').lang = other === 'zh' ? 'zh-CN' : 'en';
  $('theme').replaceChildren(icon(isDark() ? 'sun' : 'moon'));
  label($('theme'), t(isDark() ? 'theme.light' : 'theme.dark'));
}

function top() {
  document.querySelectorAll('[data-icon]').forEach((element) => element.prepend(icon(element.dataset.icon)));
  $('language').addEventListener('click', () => chooseLanguage(language() === 'zh' ? 'en' : 'zh'));
  $('theme').addEventListener('click', () => {
    const wanted = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = wanted;
    keep('theme', wanted);
    drawTop();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawTop);
  if (user().login) {
    setText($('user-name'), user().user);
    $('user').title = t(`role.${user().role}`);
    show($('user'), true);
    $('logout').addEventListener('click', async () => {
      await fetch(new URL('logout', document.baseURI), { method: 'POST', headers: headers(), redirect: 'manual' });
      toLogin();
    });
  }
  drawTop();
}

function skipLink() {
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault(); // the address names the view
    $('main').focus();
  });
}

function badges() {
  const badge = (name, value) => document.querySelectorAll(`[data-badge="${name}"]`).forEach((element) => {
    setText(element, value ? String(value) : '');
    show(element, Boolean(value));
  });
  state.addEventListener('queued', ({ detail }) => badge('queue', detail));
  state.addEventListener('failed', ({ detail }) => badge('failed', detail));
  state.addEventListener('reasons', ({ detail }) => {
    badge('machine', detail.length ? '!' : 0);
    show($('unfit'), detail.length > 0);
    setText($('unfit-why'), detail[0] || '');
  });
  state.addEventListener('announce', ({ detail }) => setText($('said'), detail));
}

function link() {
  let timer;
  let version = null;
  $('retry-link').addEventListener('click', tryNow);
  news.addEventListener('link', ({ detail }) => {
    clearTimeout(timer);
    if (detail) {
      document.body.classList.remove('away');
      show($('away'), false);
    } else {
      timer = setTimeout(() => {
        document.body.classList.add('away');
        show($('away'), true);
      }, 2500); // the server ends each stream now and then, and the browser is back at once
    }
  });
  state.addEventListener('version', ({ detail }) => {
    if (version && version !== detail) {
      show($('updated'), true);
    }
    version = detail;
  });
  $('reload').addEventListener('click', () => location.reload());
}

function times() {
  setInterval(() => document.querySelectorAll('time[datetime]').forEach((element) => {
    setText(element, relative(element.dateTime));
    element.title = exact(element.dateTime);
  }), 30000);
}

await Promise.all([speak(document.documentElement.lang.startsWith('zh') ? 'zh' : 'en'), readSession()]);
translate();
document.body.dataset.role = user().role || 'operator';
top();
skipLink();
badges();
link();
times();
if (mayAct()) {
  compose($('compose'));
  dropInto(document.body, take);
}
views.queue = showQueue($('queue'));
views.results = showResults($('results'));
views.failed = showFailed($('failed'));
views.machine = showMachine($('machine'));
window.addEventListener('hashchange', go);
go();
listen();
document.body.classList.add('ready');
if (mayAct()) {
  restore();
}

// The calls of the API that this page uses. Everything that the page does goes through here.
export const url = (path) => new URL(`api/${path}`, document.baseURI).href;

/** An answer that is an error: its code and hint are those of the API; code `offline` where there was no answer. */
class ApiError extends Error {
  constructor(status, body) {
    super(body.detail || body.title || String(status));
    this.status = status;
    this.code = body.code || String(status);
    this.hint = body.hint || '';
  }
}

/** What every request that changes something carries: the token of the session, where there is one. */
let given = null;

export function headers() {
  const token = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)?.[1] ?? given;
  return token ? { 'X-XSRF-TOKEN': decodeURIComponent(token) } : {};
}

export function toLogin() {
  location.assign(new URL(`login?next=${encodeURIComponent(location.pathname)}`, document.baseURI));
}

async function call(method, path, body, more = {}) {
  let response;
  try {
    response = await fetch(url(path), {
      method,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(method === 'GET' ? {} : headers()),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...more,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
    });
  } catch (error) {
    throw new ApiError(0, { code: 'offline', detail: String(error.message) });
  }
  if (response.status === 401) {
    toLogin();
  }
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    answer = { detail: text.slice(0, 300) };
  }
  if (!response.ok) {
    throw new ApiError(response.status, answer);
  }
  return answer;
}

const name = encodeURIComponent;
const query = (values) => {
  const parts = new URLSearchParams();
  Object.entries(values).forEach(([key, value]) => value && parts.set(key, value));
  return parts.size ? `?${parts}` : '';
};

export const session = async () => {
  const answer = await call('GET', 'session');
  given = answer.csrf ?? null;
  return answer;
};
export const health = () => call('GET', 'health');
export const models = () => call('GET', 'models');
export const library = (values = {}) => call('GET', `library${query(values)}`);
export const queue = () => call('GET', 'queue');
export const batches = (values) => call('GET', `batches${query(values)}`);
export const batch = (id) => call('GET', `batches/${name(id)}`);
export const jobs = (values) => call('GET', `jobs${query(values)}`);
export const create = (manifest, key) => call('POST', 'batches', manifest, { 'Idempotency-Key': key });
export const cancelBatch = (id) => call('POST', `batches/${name(id)}/cancel`);
export const deleteBatch = (id) => call('DELETE', `batches/${name(id)}`);
export const cancelJob = (id) => call('POST', `jobs/${name(id)}/cancel`);
export const retry = (id) => call('POST', `jobs/${name(id)}/retry`);
export const change = (id, values) => call('PATCH', `jobs/${name(id)}`, values);
export const pause = () => call('POST', 'queue/pause');
export const resume = () => call('POST', 'queue/resume');
export const zipParts = (ids) =>
  ids.length === 1 ? call('GET', `batches/${name(ids[0])}/zip/parts`) : call('GET', `zip/parts?${many(ids)}`);
export const sidecar = (id, file) => call('GET', `batches/${name(id)}/files/${name(file)}`);

const many = (ids) => ids.map((id) => `batch=${name(id)}`).join('&');

export const fileUrl = (id, file, inline) => url(`batches/${name(id)}/files/${name(file)}${inline ? '?inline' : ''}`);
export const sourceUrl = (job) => url(`jobs/${name(job)}/source`);
export const zipUrl = (ids, part = 1) =>
  ids.length === 1 ? url(`batches/${name(ids[0])}/zip?part=${part}`) : url(`zip?${many(ids)}&part=${part}`);

/** How many jobs of a batch are in which state. */
export const countsOf = (batch) => batch.jobs || {}; // none is told of a batch that was deleted

/** How many jobs a batch has; none where it is a drop. */
export const sizeOf = (batch) => Object.values(countsOf(batch)).reduce((sum, each) => sum + each, 0);

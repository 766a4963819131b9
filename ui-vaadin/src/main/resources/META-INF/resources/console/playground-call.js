// One call of the playground, in any dialect: what is sent, and what comes back bit by bit.
import claude from './playground-claude.js';
import gemini from './playground-gemini.js';
import openai from './playground-openai.js';
import responses from './playground-responses.js';
import { Problem } from './playground-parts.js';

const DIALECTS = { openai, responses, claude, gemini };

/** What the call says, and where. What is switched off is not said at all. */
export function ask(settings, messages) {
  const dialect = DIALECTS[settings.dialect] ?? openai;
  const body = dialect.body(settings, messages);
  return { settings, dialect, body, sent: settings.group ? { ...body, group: settings.group } : body };
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same call as a program makes it, whose key has a group of its own. */
export function curl({ dialect, settings }, body) {
  const headers = { ...dialect.headers('$TOLLBOOK_KEY'), 'Content-Type': 'application/json' };
  return [
    `curl ${settings.stream ? '-N ' : ''}${quoted(settings.address + dialect.address(settings))}`,
    // The key is the shell's to fill in.
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    `-d ${quoted(body)}`,
  ].join(' \\\n  ');
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const found = rest.split(/\r?\n\r?\n/);
    rest = found.pop();
    yield found;
  }
}

function dataOf(event) {
  return event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n');
}

async function whole(response, dialect, reader, raw) {
  const text = await response.text();
  raw.event(text);
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Problem(response.ok ? 502 : response.status, `The site answered with status ${response.status}.`);
  }
  if (!response.ok) throw dialect.fault(read, response.status) ?? new Problem(response.status);
  reader.whole(read);
}

function reach(user, { dialect, settings, sent }, signal) {
  return fetch(new URL(`../pg/${dialect.path(settings)}`, import.meta.url), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'New-Api-User': user },
    body: JSON.stringify(sent),
    signal,
  }).catch((trouble) => {
    if (trouble.name === 'AbortError') throw trouble;
    throw new Error('The site could not be reached. Look at your connection and send again.');
  });
}

/** Sends and lets the answer grow; `more` is told whenever it has. Throws what went wrong, in words. */
export async function send(user, call, answer, raw, more, signal) {
  const response = await reach(user, call, signal);
  answer.request = response.headers.get('X-Oneapi-Request-Id') ?? '';
  raw.head(`HTTP ${response.status} · request ${answer.request}`);
  const reader = call.dialect.reader(answer);
  if (!response.ok || !(response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) {
    await whole(response, call.dialect, reader, raw);
    more();
    return;
  }
  for await (const some of events(response)) {
    for (const event of some) {
      raw.event(event);
      const data = dataOf(event);
      if (data && data !== '[DONE]') reader.take(JSON.parse(data));
    }
    more();
  }
  if (!answer.finish) throw new Error('The answer ended before it was complete.');
}

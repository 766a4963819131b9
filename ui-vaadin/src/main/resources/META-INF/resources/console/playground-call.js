// One call of the playground: what is sent, and what comes back bit by bit. And what is kept of it, in this browser alone.
import { isPicture } from './playground-text.js';

const CHATS_MAX = 100;

const ADDRESS = new URL('../pg/chat/completions', import.meta.url);

function content(message) {
  if (!message.pictures?.length) return message.text;
  const parts = message.text ? [{ type: 'text', text: message.text }] : [];
  for (const picture of message.pictures) parts.push({ type: 'image_url', image_url: { url: picture } });
  return parts;
}

function said(message) {
  const sent = { role: 'assistant', content: message.text || null };
  if (message.thinking) sent.reasoning_content = message.thinking;
  if (message.details?.length) sent.reasoning_details = message.details;
  if (message.calls?.length)
    sent.tool_calls = message.calls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments || '{}' },
      ...(call.extra ? { extra_content: call.extra } : {}),
    }));
  return sent;
}

/** The request's body. What is switched off is not said at all. */
export function body(settings, messages) {
  const sent = { model: settings.model, ...(settings.group ? { group: settings.group } : {}), messages: [] };
  if (settings.system) sent.messages.push({ role: 'system', content: settings.system });
  for (const message of messages) {
    if (message.role === 'user') sent.messages.push({ role: 'user', content: content(message) });
    else if (message.text || message.calls?.length) {
      sent.messages.push(said(message));
      for (const call of message.calls ?? [])
        sent.messages.push({ role: 'tool', tool_call_id: call.id, content: call.result ?? 'No answer.' });
    }
  }
  Object.assign(sent, settings.parameters ?? {});
  if (settings.tools?.length) sent.tools = settings.tools;
  return { ...sent, stream: true, stream_options: { include_usage: true } };
}

function growCalls(answer, calls) {
  answer.calls ??= [];
  for (const piece of calls) {
    const call = (answer.calls[piece.index ?? answer.calls.length] ??= { id: '', name: '', arguments: '' });
    if (piece.id) call.id = piece.id;
    if (piece.extra_content) call.extra = piece.extra_content;
    call.name += piece.function?.name ?? '';
    call.arguments += piece.function?.arguments ?? '';
  }
}

function grow(answer, chunk) {
  if (chunk.error) throw new Error(chunk.error.message ?? 'The answer ended with an error.');
  if (chunk.usage) answer.usage = chunk.usage;
  for (const choice of chunk.choices ?? []) {
    const delta = choice.delta ?? choice.message ?? {};
    if (delta.reasoning_content) answer.thinking = (answer.thinking ?? '') + delta.reasoning_content;
    if (delta.content) answer.text += delta.content;
    if (delta.refusal) answer.text += delta.refusal;
    for (const detail of delta.reasoning_details ?? []) (answer.details ??= []).push(detail);
    for (const shown of delta.images ?? []) {
      // As in Markdown: a picture from elsewhere would tell its server who reads this.
      const url = shown.image_url?.url ?? '';
      if (isPicture(url)) (answer.pictures ??= []).push(url);
      else if (/^https?:/.test(url)) answer.text += `\n${url}\n`;
    }
    if (delta.tool_calls) growCalls(answer, delta.tool_calls);
    if (choice.finish_reason) answer.finish = choice.finish_reason;
  }
}

/** Sends and lets the answer grow; `more` is told whenever it has. Throws what went wrong, in words. */
export async function send(user, sent, answer, raw, more, signal) {
  const response = await fetch(ADDRESS, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'New-Api-User': user },
    body: JSON.stringify(sent),
    signal,
  });
  answer.request = response.headers.get('X-Oneapi-Request-Id') ?? '';
  raw.head(`HTTP ${response.status} · request ${answer.request}`);
  if (!response.ok || !(response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) {
    const text = await response.text();
    raw.event(text);
    let read = null;
    try {
      read = JSON.parse(text);
    } catch {
      throw new Error(`The site answered with status ${response.status}.`);
    }
    if (!response.ok) throw new Error(read.error?.message ?? `The site answered with status ${response.status}.`);
    grow(answer, read);
    more();
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    rest += value;
    const events = rest.split(/\r?\n\r?\n/);
    rest = events.pop();
    for (const event of events) {
      raw.event(event);
      const data = event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n');
      if (data && data !== '[DONE]') grow(answer, JSON.parse(data));
    }
    more();
  }
  if (!answer.finish) throw new Error('The answer ended before it was complete.');
}

// Chats may hold pictures, which are too much for localStorage.
function open(user) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(`tollbook-playground-${user}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('chats', { keyPath: 'id' });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** The chats of one user, newest first. Where the browser keeps nothing they live as long as the page. */
export class History {
  constructor(user) {
    this.settingsKey = `tollbook-playground-${user}`;
    this.database = open(user).catch(() => null);
    this.chats = [];
  }

  async store(mode) {
    const database = await this.database;
    return database?.transaction('chats', mode).objectStore('chats');
  }

  async load() {
    const store = await this.store('readonly');
    if (store) this.chats = await asked(store.getAll());
    this.chats.sort((a, b) => b.at - a.at);
    return this.chats;
  }

  async keep(chat) {
    chat.at = Date.now();
    this.chats = [chat, ...this.chats.filter((other) => other.id !== chat.id)];
    const store = await this.store('readwrite');
    if (store) await asked(store.put(chat));
    for (const old of this.chats.slice(CHATS_MAX)) await this.forget(old.id);
  }

  async forget(id) {
    this.chats = this.chats.filter((chat) => chat.id !== id);
    await (await this.store('readwrite'))?.delete(id);
  }

  async clear() {
    this.chats = [];
    await (await this.store('readwrite'))?.clear();
  }

  settings(text) {
    try {
      if (text !== undefined) localStorage.setItem(this.settingsKey, text);
      return localStorage.getItem(this.settingsKey) ?? '';
    } catch {
      return '';
    }
  }
}

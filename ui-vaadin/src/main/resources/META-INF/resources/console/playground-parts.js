// What the dialects have in common: an answer as it grows, and the pieces of a message.
import { isPicture } from './playground-text.js';

/** Why there is no answer, or only half of one: in our words first, then what was said. */
export class Problem extends Error {
  constructor(status, said) {
    super(words(status));
    this.said = said ?? '';
  }
}

const WORDS = {
  400: 'The request was not accepted.',
  401: 'The call was not let in. If you are not signed in any more, load this page again.',
  402: 'Your balance does not cover the most that this call can cost.',
  403: 'You may not make this call.',
  404: 'This model cannot be called here.',
  408: 'The answer took too long.',
  413: 'The message is too large.',
  429: 'Too many calls just now. Wait a moment and send again.',
  499: 'The call was cancelled.',
  501: 'This is not offered here.',
  503: 'Nobody can answer just now. Send again in a moment, or choose another model.',
  504: 'The answer took too long.',
  529: 'Nobody can answer just now. Send again in a moment, or choose another model.',
};

function words(status) {
  return WORDS[status] ?? (status < 500 ? WORDS[400] : 'The provider failed. Send again, or choose another model.');
}

/** @param picture a data URL */
export function inline(picture) {
  const [, type, data] = picture.match(/^data:([^;,]+);base64,(.*)$/s);
  return { type, data };
}

/** Takes in a picture that the model shows. One from elsewhere would tell its server who reads this. */
export function show(answer, url) {
  if (isPicture(url)) (answer.pictures ??= []).push(url);
  else if (/^https?:/.test(url)) answer.text += `\n${url}\n`;
}

export function think(answer, text) {
  if (text) answer.thinking = (answer.thinking ?? '') + text;
}

/** What separates a thought from the next. */
export function thinkAnew(answer) {
  if (answer.thinking) answer.thinking += '\n\n';
}

/** The arguments as an object; what is none can be told to nobody. */
export function argumentsOf(call) {
  try {
    const read = JSON.parse(call.arguments || '{}');
    return read && typeof read === 'object' && !Array.isArray(read) ? read : {};
  } catch {
    return {};
  }
}

export function resultOf(call) {
  return call.result ?? 'No answer.';
}

/** The answer as this dialect gave it, for it holds seals that no other knows; null where it was another, was broken off or edited. */
export function verbatim(message, dialect) {
  return message.own?.dialect === dialect && message.own.text === message.text ? message.own.content : null;
}

export function keep(answer, dialect, content) {
  answer.own = { dialect, text: answer.text, content };
}

/** What somebody said before; of answers those that say something. */
export function said(messages) {
  return messages.filter((message) => message.role === 'user' || message.text || message.calls?.length);
}

/** @param tools in OpenAI's way; what is no function is a tool of the dialect's own */
export function toolsOf(tools, write) {
  return (tools ?? []).map((tool) => (tool.function ? write(tool.function) : tool));
}

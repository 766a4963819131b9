// Google's generateContent.
import { Problem, argumentsOf, inline, keep, resultOf, said, show, think, toolsOf, verbatim } from './playground-parts.js';

const BUDGETS = { low: 1024, medium: 8192, high: 24576 };

function user(message) {
  const parts = (message.pictures ?? []).map((picture) => {
    const { type, data } = inline(picture);
    return { inlineData: { mimeType: type, data } };
  });
  if (message.text) parts.push({ text: message.text });
  return parts;
}

/** A call that Gemini did not name is known by its place, and has its name for other dialects only. */
const named = (call) => (call.unnamed ? {} : { id: call.id });

function answered(message) {
  const parts = message.text ? [{ text: message.text }] : [];
  for (const call of message.calls ?? []) parts.push({ functionCall: { ...named(call), name: call.name, args: argumentsOf(call) } });
  return parts;
}

function contents(messages) {
  const list = [];
  for (const message of said(messages)) {
    if (message.role === 'user') list.push({ role: 'user', parts: user(message) });
    else {
      list.push({ role: 'model', parts: verbatim(message, 'gemini') ?? answered(message) });
      if (message.calls?.length)
        list.push({
          role: 'user',
          parts: message.calls.map((call) => ({ functionResponse: { ...named(call), name: call.name, response: { output: resultOf(call) } } })),
        });
    }
  }
  return list;
}

const NAMES = {
  temperature: 'temperature',
  top_p: 'topP',
  max_tokens: 'maxOutputTokens',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  seed: 'seed',
};

function body(settings, messages) {
  const sent = { contents: contents(messages) };
  if (settings.system) sent.systemInstruction = { parts: [{ text: settings.system }] };
  const config = {};
  for (const [name, value] of Object.entries(settings.parameters)) config[NAMES[name]] = value;
  if (settings.thinking) config.thinkingConfig = { includeThoughts: true, thinkingBudget: BUDGETS[settings.thinking] };
  if (Object.keys(config).length) sent.generationConfig = config;
  const tools = toolsOf(settings.tools, (one) => ({
    declared: { name: one.name, ...(one.description ? { description: one.description } : {}), ...(one.parameters ? { parametersJsonSchema: one.parameters } : {}) },
  }));
  const functionDeclarations = tools.map((tool) => tool.declared).filter(Boolean);
  if (tools.length) sent.tools = [...(functionDeclarations.length ? [{ functionDeclarations }] : []), ...tools.filter((tool) => !tool.declared)];
  return sent;
}

const WITHHELD = new Set(['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT']);

class Reader {
  constructor(answer) {
    this.answer = answer;
    this.parts = [];
  }

  take(chunk) {
    const { answer } = this;
    const wrong = fault(chunk);
    if (wrong) throw wrong;
    const usage = chunk.usageMetadata;
    if (usage)
      answer.usage = {
        prompt: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
        cached: usage.cachedContentTokenCount,
        answer: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
      };
    const blocked = chunk.promptFeedback?.blockReason;
    if (blocked) throw new Problem(400, `The provider would not answer this (${blocked}).`);
    const candidate = chunk.candidates?.[0];
    for (const part of candidate?.content?.parts ?? []) this.part(part);
    if (candidate?.finishReason) this.end(candidate);
  }

  part(part) {
    const { answer } = this;
    if (part.thought) think(answer, part.text);
    else if (part.text) answer.text += part.text;
    if (part.functionCall) {
      const { id, name, args } = part.functionCall;
      const calls = (answer.calls ??= []);
      const called = id ? { id } : { id: `call_${Date.now().toString(36)}_${calls.length}`, unnamed: true };
      calls.push({ ...called, name, arguments: JSON.stringify(args ?? {}) });
    }
    if (part.inlineData) show(answer, `data:${part.inlineData.mimeType};base64,${part.inlineData.data}`);
    this.gather(part);
  }

  /** Words that came in pieces are said back as one, up to where they are sealed. */
  gather(part) {
    const last = this.parts.at(-1);
    const goesOn = last && 'text' in part && 'text' in last && Boolean(part.thought) === Boolean(last.thought) && !last.thoughtSignature;
    if (goesOn) this.parts[this.parts.length - 1] = { ...last, ...part, text: last.text + part.text };
    else this.parts.push(part);
  }

  end({ finishReason, finishMessage }) {
    const { answer } = this;
    if (finishReason === 'MALFORMED_FUNCTION_CALL') throw new Problem(502, finishMessage);
    answer.finish = finishReason === 'MAX_TOKENS' ? 'length' : WITHHELD.has(finishReason) ? 'withheld' : 'done';
    keep(answer, 'gemini', this.parts.filter((part) => part.text !== '' || part.thoughtSignature));
  }

  whole(read) {
    this.take(read);
  }
}

const STATUS = { PERMISSION_DENIED: 403, NOT_FOUND: 404, RESOURCE_EXHAUSTED: 429, UNAVAILABLE: 503, DEADLINE_EXCEEDED: 504 };

/** Streams without events tell it in an array. */
function fault(read, status) {
  const error = (Array.isArray(read) ? read.find((one) => one.error) : read)?.error;
  if (!error) return null;
  const isPoor = (error.details ?? []).some((one) => one.reason === 'INSUFFICIENT_USER_QUOTA');
  return new Problem(isPoor ? 402 : (status ?? error.code ?? STATUS[error.status] ?? 500), error.message);
}

const inPath = (model) => model.split('/').map(encodeURIComponent).join('/');
const method = (stream) => (stream ? ':streamGenerateContent?alt=sse' : ':generateContent');

export default {
  path: ({ model, stream }) => `models/${inPath(model)}${method(stream)}`,
  address: ({ model, stream }) => `/v1beta/models/${inPath(model)}${method(stream)}`,
  headers: (key) => ({ 'x-goog-api-key': key }),
  body,
  reader: (answer) => new Reader(answer),
  fault,
};

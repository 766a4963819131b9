// OpenAI's chat completions.
import { Problem, resultOf, said, show, think } from './playground-parts.js';

function content(message) {
  if (!message.pictures?.length) return message.text;
  const parts = message.text ? [{ type: 'text', text: message.text }] : [];
  for (const picture of message.pictures) parts.push({ type: 'image_url', image_url: { url: picture } });
  return parts;
}

function answered(message) {
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

function body(settings, messages) {
  const sent = { model: settings.model, messages: [] };
  if (settings.system) sent.messages.push({ role: 'system', content: settings.system });
  for (const message of said(messages)) {
    if (message.role === 'user') sent.messages.push({ role: 'user', content: content(message) });
    else {
      sent.messages.push(answered(message));
      for (const call of message.calls ?? []) sent.messages.push({ role: 'tool', tool_call_id: call.id, content: resultOf(call) });
    }
  }
  Object.assign(sent, settings.parameters);
  if (settings.thinking) sent.reasoning_effort = settings.thinking;
  if (settings.tools?.length) sent.tools = settings.tools;
  return settings.stream ? { ...sent, stream: true, stream_options: { include_usage: true } } : sent;
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

const FINISH = { length: 'length', content_filter: 'withheld' };

function grow(answer, chunk) {
  const wrong = fault(chunk);
  if (wrong) throw wrong;
  if (chunk.usage)
    answer.usage = { prompt: chunk.usage.prompt_tokens, cached: chunk.usage.prompt_tokens_details?.cached_tokens, answer: chunk.usage.completion_tokens };
  for (const choice of chunk.choices ?? []) {
    const delta = choice.delta ?? choice.message ?? {};
    think(answer, delta.reasoning_content ?? delta.reasoning);
    if (delta.content) answer.text += delta.content;
    if (delta.refusal) answer.text += delta.refusal;
    for (const detail of delta.reasoning_details ?? []) (answer.details ??= []).push(detail);
    for (const shown of delta.images ?? []) show(answer, shown.image_url?.url ?? '');
    if (delta.tool_calls) growCalls(answer, delta.tool_calls);
    if (choice.finish_reason) answer.finish = FINISH[choice.finish_reason] ?? 'done';
  }
}

/** What went wrong, if that is what is told. */
export function fault(read, status) {
  if (!read.error) return null;
  const { code, message } = read.error;
  return new Problem(code === 'insufficient_user_quota' ? 402 : (status ?? (Number(code) || 500)), message);
}

export default {
  path: () => 'chat/completions',
  address: () => '/v1/chat/completions',
  headers: (key) => ({ Authorization: `Bearer ${key}` }),
  body,
  reader: (answer) => ({ take: (chunk) => grow(answer, chunk), whole: (read) => grow(answer, read) }),
  fault,
};

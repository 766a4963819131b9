// OpenAI's Responses.
import { fault } from './playground-openai.js';
import { Problem, keep, resultOf, said, show, think, thinkAnew, toolsOf, verbatim } from './playground-parts.js';

function user(message) {
  const content = message.text ? [{ type: 'input_text', text: message.text }] : [];
  for (const picture of message.pictures ?? []) content.push({ type: 'input_image', image_url: picture });
  return { role: 'user', content };
}

function answered(message) {
  const items = message.text ? [{ role: 'assistant', content: message.text }] : [];
  (message.calls ?? []).forEach((call) => items.push({ type: 'function_call', call_id: call.id, name: call.name, arguments: call.arguments || '{}' }));
  return items;
}

function body(settings, messages) {
  const { max_tokens, ...parameters } = settings.parameters;
  const sent = { model: settings.model, input: [] };
  if (settings.system) sent.instructions = settings.system;
  for (const message of said(messages)) {
    if (message.role === 'user') sent.input.push(user(message));
    else {
      sent.input.push(...(verbatim(message, 'responses') ?? answered(message)));
      for (const call of message.calls ?? []) sent.input.push({ type: 'function_call_output', call_id: call.id, output: resultOf(call) });
    }
  }
  Object.assign(sent, parameters);
  if (max_tokens !== undefined) sent.max_output_tokens = max_tokens;
  if (settings.thinking) {
    sent.reasoning = { effort: settings.thinking, summary: 'auto' };
    sent.include = ['reasoning.encrypted_content'];
  }
  const tools = toolsOf(settings.tools, (one) => ({ type: 'function', ...one }));
  if (tools.length) sent.tools = tools;
  // All that was said goes along each time, so nothing need lie at the provider's.
  sent.store = false;
  return settings.stream ? { ...sent, stream: true } : sent;
}

/** An item as it may be said back to whoever has not kept it: without its name, and thinking only where it is sealed. */
function saidBack(item) {
  if (item.type === 'message') return { role: 'assistant', content: item.content.map(({ type, text, refusal }) => ({ type: 'output_text', text: type === 'refusal' ? refusal : text })) };
  if (item.type === 'function_call') return { type: 'function_call', call_id: item.call_id, name: item.name, arguments: item.arguments };
  return item.type === 'reasoning' && item.encrypted_content ? { type: 'reasoning', summary: item.summary ?? [], encrypted_content: item.encrypted_content } : null;
}

const CUT = { max_output_tokens: 'length', content_filter: 'withheld' };

class Reader {
  constructor(answer) {
    this.answer = answer;
    this.items = [];
    this.calls = new Map();
  }

  call(at, item) {
    const call = { id: item.call_id, name: item.name, arguments: item.arguments ?? '' };
    this.calls.set(at, call);
    (this.answer.calls ??= []).push(call);
  }

  take(event) {
    const { answer } = this;
    switch (event.type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        answer.text += event.delta;
        break;
      case 'response.reasoning_summary_part.added':
        thinkAnew(answer);
        break;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        think(answer, event.delta);
        break;
      case 'response.output_item.added':
        if (event.item.type === 'function_call') this.call(event.output_index, event.item);
        break;
      case 'response.function_call_arguments.delta':
        if (this.calls.has(event.output_index)) this.calls.get(event.output_index).arguments += event.delta;
        break;
      case 'response.output_item.done':
        this.done(event.item, this.calls.get(event.output_index));
        break;
      case 'response.completed':
      case 'response.incomplete':
        this.end(event.response);
        break;
      case 'response.failed':
        throw fault(event.response) ?? new Problem(500);
      case 'error':
        throw fault({ error: event.error ?? event });
      default:
        if (event.error) throw fault(event);
    }
  }

  done(item, call) {
    this.items.push(item);
    if (call && item.arguments) call.arguments = item.arguments;
    if (item.type === 'image_generation_call' && item.result) show(this.answer, `data:image/${item.output_format ?? 'png'};base64,${item.result}`);
  }

  end(response) {
    const { answer } = this;
    const usage = response.usage;
    if (usage) answer.usage = { prompt: usage.input_tokens, cached: usage.input_tokens_details?.cached_tokens, answer: usage.output_tokens };
    answer.finish = CUT[response.incomplete_details?.reason] ?? 'done';
    keep(answer, 'responses', this.items.map(saidBack).filter(Boolean));
  }

  whole(response) {
    const { answer } = this;
    if (response.error) throw fault(response);
    response.output.forEach((item, at) => {
      for (const part of item.content ?? [])
        if (item.type === 'reasoning') think(answer, part.text);
        else answer.text += part.text ?? part.refusal ?? '';
      for (const part of item.summary ?? []) {
        thinkAnew(answer);
        think(answer, part.text);
      }
      if (item.type === 'function_call') this.call(at, item);
      this.done(item, this.calls.get(at));
    });
    this.end(response);
  }
}

export default {
  path: () => 'responses',
  address: () => '/v1/responses',
  headers: (key) => ({ Authorization: `Bearer ${key}` }),
  body,
  reader: (answer) => new Reader(answer),
  fault,
};

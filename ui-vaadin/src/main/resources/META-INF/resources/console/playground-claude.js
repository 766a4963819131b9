// Anthropic's messages.
import { Problem, argumentsOf, inline, keep, resultOf, said, think, thinkAnew, toolsOf, verbatim } from './playground-parts.js';

const LONGEST = 4096;
const BUDGETS = { low: 1280, medium: 2048, high: 8192 };

function user(message) {
  // Claude wants what is looked at before what is asked of it.
  const content = (message.pictures ?? []).map((picture) => {
    const { type, data } = inline(picture);
    return { type: 'image', source: { type: 'base64', media_type: type, data } };
  });
  if (message.text) content.push({ type: 'text', text: message.text });
  return content;
}

/** Claude's names of calls are letters, digits, _ and -; chats may have begun with another model. */
const name = (call, at) => call.id.replace(/[^\w-]/g, '_') || `call_${at}`;

function answered(message) {
  const content = message.text.trim() ? [{ type: 'text', text: message.text.trimEnd() }] : [];
  (message.calls ?? []).forEach((call, at) => content.push({ type: 'tool_use', id: name(call, at), name: call.name, input: argumentsOf(call) }));
  return content;
}

function results(message) {
  return (message.calls ?? []).map((call, at) => ({ type: 'tool_result', tool_use_id: name(call, at), content: resultOf(call) }));
}

/** By turns, the results of calls before what else the user says. */
function turns(messages) {
  const list = [];
  const add = (role, content) => {
    if (!content.length) return;
    if (list.at(-1)?.role === role) list.at(-1).content.push(...content);
    else list.push({ role, content: [...content] });
  };
  for (const message of said(messages)) {
    if (message.role === 'user') add('user', user(message));
    else {
      add('assistant', verbatim(message, 'claude') ?? answered(message));
      add('user', results(message));
    }
  }
  return list;
}

/** Newer models think as much as they like and take a word for it, older ones a number of tokens. */
function thinking(model, effort, sent) {
  const version = model.match(/claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/i);
  if (version && Number(version[1]) * 100 + Number(version[2] ?? 0) >= 406) {
    sent.thinking = { type: 'adaptive', display: 'summarized' };
    sent.output_config = { effort };
    return;
  }
  sent.thinking = { type: 'enabled', budget_tokens: BUDGETS[effort] };
  // The limit holds thinking too.
  if (sent.max_tokens <= BUDGETS[effort]) sent.max_tokens += BUDGETS[effort];
}

function body(settings, messages) {
  // Claude answers nobody who names no limit.
  const sent = { model: settings.model, max_tokens: LONGEST, messages: turns(messages) };
  if (settings.system) sent.system = settings.system;
  Object.assign(sent, settings.parameters);
  if (settings.thinking) thinking(settings.model, settings.thinking, sent);
  const tools = toolsOf(settings.tools, (one) => ({
    name: one.name,
    ...(one.description ? { description: one.description } : {}),
    input_schema: { type: 'object', ...one.parameters },
  }));
  if (tools.length) sent.tools = tools;
  return settings.stream ? { ...sent, stream: true } : sent;
}

const FINISH = { max_tokens: 'length', model_context_window_exceeded: 'length', refusal: 'withheld' };

class Reader {
  constructor(answer) {
    this.answer = answer;
    this.blocks = [];
    this.calls = [];
    this.usage = {};
  }

  begin(at, block) {
    const { answer } = this;
    this.blocks[at] = { ...block };
    if (block.type === 'text') answer.text += block.text;
    if (block.type === 'thinking') {
      thinkAnew(answer);
      think(answer, block.thinking);
    }
    if (block.type === 'tool_use') {
      const whole = Object.keys(block.input ?? {}).length > 0;
      this.calls[at] = { id: block.id, name: block.name, arguments: whole ? JSON.stringify(block.input) : '' };
      (answer.calls ??= []).push(this.calls[at]);
    }
  }

  more(at, delta) {
    const { answer } = this;
    const block = this.blocks[at];
    switch (delta.type) {
      case 'text_delta':
        answer.text += delta.text;
        block.text += delta.text;
        break;
      case 'thinking_delta':
        think(answer, delta.thinking);
        block.thinking += delta.thinking;
        break;
      case 'signature_delta':
        block.signature = (block.signature ?? '') + delta.signature;
        break;
      case 'input_json_delta':
        if (this.calls[at]) this.calls[at].arguments += delta.partial_json;
        else block.json = (block.json ?? '') + delta.partial_json;
        break;
      case 'citations_delta':
        (block.citations ??= []).push(delta.citation);
    }
  }

  take(event) {
    switch (event.type) {
      case 'message_start':
        Object.assign(this.usage, event.message.usage);
        break;
      case 'content_block_start':
        this.begin(event.index, event.content_block);
        break;
      case 'content_block_delta':
        this.more(event.index, event.delta);
        break;
      case 'message_delta':
        Object.assign(this.usage, event.usage);
        this.reason = event.delta?.stop_reason ?? this.reason;
        break;
      case 'message_stop':
        this.end();
        break;
      case 'error':
        throw fault(event);
    }
  }

  end() {
    const { answer, usage } = this;
    const cached = usage.cache_read_input_tokens ?? 0;
    answer.usage = { prompt: (usage.input_tokens ?? 0) + cached + (usage.cache_creation_input_tokens ?? 0), cached, answer: usage.output_tokens };
    answer.finish = FINISH[this.reason] ?? 'done';
    const content = this.blocks.map(({ json, ...block }, at) => {
      if (this.calls[at]) block.input = argumentsOf(this.calls[at]);
      else if (json) block.input = argumentsOf({ arguments: json });
      return block;
    });
    // Claude takes back neither empty words nor thinking that it has not sealed.
    keep(answer, 'claude', content.filter((block) => (block.type === 'text' ? block.text.trim() : block.type !== 'thinking' || block.signature)));
  }

  whole(message) {
    message.content.forEach((block, at) => this.begin(at, block));
    this.usage = message.usage ?? {};
    this.reason = message.stop_reason;
    this.end();
  }
}

const STATUS = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  timeout_error: 504,
  overloaded_error: 529,
};

function fault(read, status) {
  return read.error ? new Problem(STATUS[read.error.type] ?? status ?? 500, read.error.message) : null;
}

export default {
  path: () => 'messages',
  address: () => '/v1/messages',
  headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  body,
  reader: (answer) => new Reader(answer),
  fault,
};

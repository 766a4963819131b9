// How one message looks, and what can be done with it.
import { GrowingText, button, copyButton, element, icon, patch, picture } from './playground-text.js';

function thinking(message, isOpen) {
  if (!message.thinking) return null;
  const label = message.growing && !message.text ? 'Thinking…' : 'Thinking';
  return element('details', { class: 'pg-thinking', open: isOpen }, element('summary', {}, label), element('div', {}, message.thinking));
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function call(one, message, board) {
  const made = element(
    'div',
    { class: 'pg-call' },
    element('div', { class: 'pg-call-head' }, icon('options'), element('span', {}, 'Tool call '), element('code', {}, one.name)),
    element('pre', { tabindex: '0' }, pretty(one.arguments)),
  );
  if (message.growing) return made;
  const field = element('textarea', { rows: 2, placeholder: 'What the tool answers', 'aria-label': `Answer of ${one.name}` });
  field.value = one.result ?? '';
  field.addEventListener('input', () => (one.result = field.value));
  made.append(field);
  if (one === message.calls.at(-1))
    made.append(
      element('button', { type: 'button', class: 'pg-button pg-results', onclick: () => board.answerCalls(message) }, message.calls.length > 1 ? 'Send the answers' : 'Send the answer'),
    );
  return made;
}

function figures(message) {
  const made = element('div', { class: 'pg-figures' });
  const usage = message.usage;
  if (message.charged) made.append(element('span', { class: 'pg-cost', title: message.charged.exact }, message.charged.cost));
  else if (message.request && !message.growing && !message.error) made.append(element('span', { class: 'pg-cost pg-waiting' }, 'being charged…'));
  const tokens = message.charged ?? ((usage?.prompt === undefined ? null : usage));
  if (tokens) {
    const cached = tokens.cached ? ` (${tokens.cached} cached)` : '';
    made.append(element('span', {}, `${tokens.prompt}${cached} in · ${tokens.answer} out`));
  }
  if (message.charged?.thinking) made.append(element('span', {}, `${message.charged.thinking} thinking`));
  if (message.charged) made.append(element('span', {}, `${(message.charged.millis / 1000).toFixed(1)} s`));
  if (message.finish === 'length') made.append(element('span', { class: 'pg-cut' }, 'cut at the limit'));
  if (message.finish === 'withheld') made.append(element('span', { class: 'pg-cut' }, 'withheld by the provider'));
  if (message.stopped) made.append(element('span', { class: 'pg-cut' }, 'stopped'));
  return made;
}

/** Chats that were kept long ago have one text. */
function problem(error) {
  const { words, said } = typeof error === 'string' ? { words: error } : error;
  return element('div', { class: 'problem', role: 'alert' }, said ? element('strong', {}, words) : words, said && element('div', {}, said));
}

function tools(message, board) {
  if (message.growing) return null;
  const isUser = message.role === 'user';
  return element(
    'div',
    { class: 'pg-tools' },
    copyButton('Copy message', () => message.text),
    button('Edit message', 'edit', () => board.edit(message)),
    isUser ? button('Send again', 'refresh', () => board.again(message)) : button('Regenerate', 'refresh', () => board.again(message)),
    !isUser && board.raw.has(message) && button('Show request and events', 'code', () => board.showRaw(message)),
    button('Delete message', 'trash', () => board.remove(message)),
  );
}

function editor(message, board) {
  const field = element('textarea', { class: 'pg-edit', rows: Math.min(16, message.text.split('\n').length + 1), 'aria-label': 'Edit message' });
  field.value = message.text;
  const save = (thenSend) => {
    message.text = field.value;
    board.edited(message, thenSend);
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      board.edited(null, false);
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(message.role === 'user');
  });
  queueMicrotask(() => field.focus());
  return element(
    'div',
    { class: 'pg-editor' },
    field,
    element(
      'div',
      { class: 'row' },
      message.role === 'user' && element('button', { type: 'button', class: 'pg-button pg-primary pg-save-send', onclick: () => save(true) }, 'Save and send'),
      element('button', { type: 'button', class: 'pg-button pg-save', onclick: () => save(false) }, 'Save'),
      element('button', { type: 'button', class: 'pg-button', onclick: () => board.edited(null, false) }, 'Cancel'),
    ),
  );
}

/** The text of each message that is shown, by the message's element. */
const texts = new WeakMap();

function text(message, board, target) {
  if (message === board.editing) return element('div', { class: 'pg-text' }, editor(message, board));
  if (message.role === 'user') return element('div', { class: 'pg-text' }, message.text);
  if (!texts.has(target)) texts.set(target, new GrowingText(element('div', { class: 'pg-text' })));
  const grown = texts.get(target);
  grown.show(message.text);
  return grown.target;
}

/** Which parts a message has. */
function shape(message) {
  return [Boolean(message.thinking), Boolean(message.text), message.pictures?.length ?? 0, message.calls?.length ?? 0].join();
}

/** Fills the message's own element anew. What the reader has opened stays open. */
export function draw(message, board, target) {
  const wasOpen = target.querySelector('.pg-thinking')?.open ?? false;
  target.className = `pg-message pg-${message.role}`;
  target.setAttribute('aria-busy', Boolean(message.growing));
  target.dataset.shape = shape(message);
  const pictures = element('div', { class: 'pg-pictures' }, ...(message.pictures ?? []).map((one) => picture(one, 'picture')));
  target.replaceChildren(
    ...[
      element('div', { class: 'pg-who' }, message.role === 'user' ? 'You' : (message.model ?? 'Answer')),
      thinking(message, wasOpen),
      message.pictures?.length ? pictures : null,
      message.text || message === board.editing ? text(message, board, target) : null,
      message.growing && !message.text && !message.thinking ? element('div', { class: 'pg-dots', 'aria-label': 'Waiting for the answer' }, element('i'), element('i'), element('i')) : null,
      ...(message.calls ?? []).map((one) => call(one, message, board)),
      message.error ? problem(message.error) : null,
      element('div', { class: 'pg-foot' }, message.role === 'user' ? '' : figures(message), tools(message, board) ?? ''),
    ].filter((part) => part !== null),
  );
}

/** Shows what came since, and touches nothing else. */
export function drawGrown(message, board, target) {
  if (target.dataset.shape !== shape(message)) {
    draw(message, board, target);
    return;
  }
  const thought = target.querySelector('.pg-thinking');
  if (thought) patch(thought, thinking(message, thought.open));
  if (message.text) texts.get(target).show(message.text);
  const last = message.calls?.at(-1);
  if (last) patch([...target.querySelectorAll('.pg-call')].at(-1), call(last, message, board));
}

/** What is learned of a message later, without touching what somebody may be typing into it. */
export function drawFigures(message, target) {
  target.querySelector('.pg-figures')?.replaceWith(figures(message));
}

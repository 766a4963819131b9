// What was sent and what came back, as it was.
import { curl } from './playground-call.js';
import { copyButton, element } from './playground-text.js';

const SHOWN_MAX = 400;

/** Pictures are long, and nobody reads them. */
function short(key, value) {
  return typeof value === 'string' && value.length > SHOWN_MAX && /^data:|^[A-Za-z0-9+/=]+$/.test(value) ? `${value.slice(0, 60)}… (${value.length} characters)` : value;
}

function part(title, id, shown, copied) {
  return [
    element('div', { class: 'pg-raw-head' }, element('h3', {}, title), copyButton(`Copy ${title.toLowerCase()}`, copied)),
    element('pre', { id, tabindex: '0' }, shown),
  ];
}

export function rawCall({ call, lines, left }) {
  const { body, sent, dialect, settings } = call;
  const all = [...lines, ...(left ? [`… and ${left} more, which are not kept.`] : [])].join('\n\n');
  return [
    element('div', { class: 'pg-raw-line' }, `POST ${dialect.address(settings)}`),
    ...part('Request', 'pg-raw-request', JSON.stringify(sent, short, 2), () => JSON.stringify(sent, null, 2)),
    ...part('cURL', 'pg-raw-curl', curl(call, JSON.stringify(body, short)), () => curl(call, JSON.stringify(body))),
    ...part('Events', 'pg-raw-events', all, () => all),
  ];
}

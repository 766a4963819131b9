// Text as people and models write it, turned into elements. Nothing here is ever read as HTML.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const icons = new URL('icons.svg', import.meta.url);

export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', 'glyph');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `${icons}#${name}`);
  svg.append(use);
  return svg;
}

export function button(label, glyph, deed, attributes = {}) {
  return element('button', { type: 'button', class: 'pg-tool', 'aria-label': label, title: label, onclick: deed, ...attributes }, icon(glyph));
}

export function copy(text) {
  const old = () => {
    const area = element('textarea', { style: 'position: fixed; opacity: 0' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).catch(old);
  else old();
}

/** A button that copies and says so for a moment. */
export function copyButton(label, text) {
  const made = button(label, 'copy', () => {
    copy(text());
    made.replaceChildren(icon('check'));
    setTimeout(() => made.replaceChildren(icon('copy')), 1200);
  });
  return made;
}

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/;
const INLINE = /(`+)(.+?)\1|!\[([^\]]*)\]\(([^)\s]+)\)|\[([^\]]+)\]\((https?:[^)\s]+)\)|\*\*(.+?)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?!\w)|(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g;

export function isPicture(source) {
  return PICTURE.test(source);
}

export function picture(source, words) {
  return element('img', { src: source, alt: words || 'picture', class: 'pg-picture' });
}

function link(address, words) {
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, words);
}

function inline(text, target) {
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    target.append(text.slice(at, found.index));
    at = found.index + found[0].length;
    const [all, , code, words, shown, linked, address, bold, slanted, bare] = found;
    if (code !== undefined) target.append(element('code', {}, code.trim()));
    // A picture from elsewhere would tell its server who reads this, so it is only linked.
    else if (shown !== undefined)
      target.append(isPicture(shown) ? picture(shown, words) : /^https?:/.test(shown) ? link(shown, words || shown) : all);
    else if (linked !== undefined) target.append(link(address, linked));
    else if (bold !== undefined) inline(bold, target.appendChild(element('strong')));
    else if (slanted !== undefined) inline(slanted, target.appendChild(element('em')));
    else target.append(link(bare, bare));
  }
  target.append(text.slice(at));
}

function block(language, lines) {
  const code = element('code', {}, lines.join('\n'));
  return element(
    'div',
    { class: 'pg-code' },
    element('div', { class: 'pg-code-head' }, element('span', {}, language), copyButton('Copy code', () => code.textContent)),
    element('pre', { tabindex: '0' }, code),
  );
}

function table(lines) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|');
  const row = (line, tag) => {
    const made = element('tr');
    for (const cell of cells(line)) inline(cell.trim(), made.appendChild(element(tag)));
    return made;
  };
  return element(
    'div',
    { class: 'scrolls' },
    element('table', { class: 'small-table' }, element('thead', {}, row(lines[0], 'th')), element('tbody', {}, ...lines.slice(2).map((line) => row(line, 'td')))),
  );
}

/** The parts of markdown that models use, each with the line that it begins at. */
function blocks(lines) {
  const found = [];
  let paragraph = [];
  let list = null;
  const put = (at, made) => {
    found.push({ at, made });
    return made;
  };
  const flush = (next) => {
    if (paragraph.length) inline(paragraph.join('\n'), put(next - paragraph.length, element('p')));
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const at = i;
    const line = lines[i];
    const fence = line.match(/^\s*(`{3,}|~{3,})\s*([\w+#.-]*)/);
    const item = line.match(/^\s*(?:([-*+])|(\d{1,4})[.)])\s+(.*)/);
    const heading = line.match(/^(#{1,6})\s+(.*)/);
    if (!item && line.trim()) list = null;
    if (fence) {
      flush(at);
      const inside = [];
      while (++i < lines.length && !lines[i].trim().startsWith(fence[1])) inside.push(lines[i]);
      put(at, block(fence[2], inside));
    } else if (heading) {
      flush(at);
      inline(heading[2], put(at, element(`h${Math.min(6, heading[1].length + 2)}`)));
    } else if (line.includes('|') && /^\s*\|?\s*:?-{2,}.*\|/.test(lines[i + 1] ?? '')) {
      flush(at);
      const rows = [line];
      while (i + 1 < lines.length && lines[i + 1].includes('|')) rows.push(lines[++i]);
      put(at, table(rows));
    } else if (item) {
      flush(at);
      const tag = item[1] ? 'ul' : 'ol';
      if (!list || list.localName !== tag) list = put(at, element(tag, item[2] && item[2] !== '1' ? { start: item[2] } : {}));
      inline(item[3], list.appendChild(element('li')));
    } else if (/^\s*>\s?/.test(line)) {
      flush(at);
      inline(line.replace(/^\s*>\s?/, ''), put(at, element('blockquote')));
    } else if (/^\s*(?:-{3,}|\*{3,})\s*$/.test(line)) {
      flush(at);
      put(at, element('hr'));
    } else if (!line.trim()) flush(at);
    else paragraph.push(line);
  }
  flush(lines.length);
  return found;
}

function isAlike(live, fresh) {
  if (live.nodeName !== fresh.nodeName) return false;
  const [some, others] = [live.attributes ?? [], fresh.attributes ?? []];
  return some.length === others.length && [...others].every(({ name, value }) => live.getAttribute(name) === value);
}

/** Makes what stands there like what it should be, and leaves alone what is so already. */
export function patch(live, fresh) {
  if (!isAlike(live, fresh)) live.replaceWith(fresh);
  else if (live.nodeType !== Node.TEXT_NODE) patchAll(live, 0, [...fresh.childNodes]);
  else if (fresh.data.startsWith(live.data)) {
    if (fresh.length > live.length) live.appendData(fresh.data.slice(live.length));
  } else live.data = fresh.data;
}

function patchAll(target, from, wanted) {
  wanted.forEach((fresh, i) => {
    const live = target.childNodes[from + i];
    if (live) patch(live, fresh);
    else target.append(fresh);
  });
  while (target.childNodes.length > from + wanted.length) target.lastChild.remove();
}

/**
 * Markdown that grows at its end. What stands before its last block stays as it is, so that a word costs no more in a long
 * answer than in a short one.
 */
export class GrowingText {
  constructor(target) {
    this.target = target;
    this.begin();
  }

  begin() {
    this.text = '';
    /** Where the blocks that can still change begin, in the text and among the elements. */
    this.from = 0;
    this.before = 0;
    this.target.replaceChildren();
  }

  show(text) {
    if (!text.startsWith(this.text)) this.begin();
    this.text = text;
    const lines = text.slice(this.from).split('\n');
    const found = blocks(lines);
    patchAll(this.target, this.before, found.map(({ made }) => made));
    // The last line is not whole yet: "-" may become a list's next item, or a rule.
    const last = found.findLastIndex(({ at }) => at < lines.length - 1);
    if (last <= 0) return;
    for (const line of lines.slice(0, found[last].at)) this.from += line.length + 1;
    this.before += last;
  }
}

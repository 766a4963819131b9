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
  const text = lines.join('\n');
  return element(
    'div',
    { class: 'pg-code' },
    element('div', { class: 'pg-code-head' }, element('span', {}, language), copyButton('Copy code', () => text)),
    element('pre', { tabindex: '0' }, element('code', {}, text)),
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

/** The parts of markdown that models use. */
export function markdown(text) {
  const target = document.createDocumentFragment();
  const lines = text.split('\n');
  let paragraph = [];
  let list = null;
  const flush = () => {
    if (paragraph.length) inline(paragraph.join('\n'), target.appendChild(element('p')));
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const fence = line.match(/^\s*(`{3,}|~{3,})\s*([\w+#.-]*)/);
    const item = line.match(/^\s*(?:([-*+])|(\d{1,4})[.)])\s+(.*)/);
    const heading = line.match(/^(#{1,6})\s+(.*)/);
    if (!item && line.trim()) list = null;
    if (fence) {
      flush();
      const inside = [];
      while (++i < lines.length && !lines[i].trim().startsWith(fence[1])) inside.push(lines[i]);
      target.append(block(fence[2], inside));
    } else if (heading) {
      flush();
      inline(heading[2], target.appendChild(element(`h${Math.min(6, heading[1].length + 2)}`)));
    } else if (line.includes('|') && /^\s*\|?\s*:?-{2,}.*\|/.test(lines[i + 1] ?? '')) {
      flush();
      const rows = [line];
      while (i + 1 < lines.length && lines[i + 1].includes('|')) rows.push(lines[++i]);
      target.append(table(rows));
    } else if (item) {
      flush();
      const tag = item[1] ? 'ul' : 'ol';
      if (!list || list.localName !== tag) list = target.appendChild(element(tag, item[2] && item[2] !== '1' ? { start: item[2] } : {}));
      inline(item[3], list.appendChild(element('li')));
    } else if (/^\s*>\s?/.test(line)) {
      flush();
      inline(line.replace(/^\s*>\s?/, ''), target.appendChild(element('blockquote')));
    } else if (/^\s*(?:-{3,}|\*{3,})\s*$/.test(line)) {
      flush();
      target.append(element('hr'));
    } else if (!line.trim()) flush();
    else paragraph.push(line);
  }
  flush();
  return target;
}

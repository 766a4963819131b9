// The playground: a chat that is held, streamed and charged like any call. The server fills in the settings and says what a
// call cost; everything else happens here, so that an open stream costs the console nothing.
import { button, element, icon, picture } from './playground-text.js';
import { ask, send } from './playground-call.js';
import { History } from './playground-history.js';
import { draw, drawFigures, drawGrown } from './playground-message.js';
import { rawCall } from './playground-raw.js';

const PICTURE_BYTES_MAX = 8 * 1024 * 1024;
const PICTURES_MAX = 8;
const RAW_EVENTS_MAX = 2000;
const LOOKS = 60;

function pause(millis) {
  return new Promise((done) => setTimeout(done, millis));
}

function read(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

class PlayGround extends HTMLElement {
  connectedCallback() {
    // Properties that the server set before this script was here hide the setters.
    for (const name of ['settings', 'user'])
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    if (!this.list) this.build();
    this.onKey = (event) => {
      if (event.key === 'Escape' && this.running) this.stop();
    };
    document.addEventListener('keydown', this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.onKey);
    this.stop();
  }

  set user(user) {
    this.userId = user;
    this.history = new History(user);
    this.ready = this.history.load().then(() => this.showHistory());
  }

  set settings(settings) {
    this.wishes = settings;
    if (settings.save && this.history) this.history.settings(JSON.stringify(settings.save));
    if (this.list) this.refreshHead();
  }

  /** What was chosen last time, for the server to fill its fields with. */
  remembered() {
    return this.history?.settings() ?? '';
  }

  build() {
    this.chat = this.fresh();
    this.raw = new WeakMap();
    this.pictures = [];
    this.list = element('div', { class: 'pg-list', role: 'log', 'aria-live': 'polite', 'aria-label': 'Chat', tabindex: '0' });
    this.field = element('textarea', { id: 'pg-input', rows: 1, placeholder: 'Write a message', 'aria-label': 'Message' });
    this.tray = element('div', { class: 'pg-tray' });
    this.file = element('input', { type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp', multiple: true, hidden: true, id: 'pg-file' });
    this.file.addEventListener('change', () => {
      this.attach(this.file.files);
      this.file.value = '';
    });
    this.sender = element('button', { type: 'button', id: 'pg-send', class: 'pg-send', onclick: () => (this.running ? this.stop() : this.submit()) });
    this.note = element('div', { class: 'pg-note', role: 'status' });
    this.model = element('span', { class: 'pg-model' });
    this.append(
      element('div', { class: 'pg-head' }, this.model, element('span', { class: 'grow' }), button('New chat', 'plus', () => this.begin(), { id: 'pg-new' }), button('Settings, history and raw', 'options', () => this.toggleSide(), { id: 'pg-side-open' })),
      this.list,
      element('div', { class: 'pg-composer' }, this.tray, this.field, element('div', { class: 'pg-bar' }, button('Add pictures', 'image', () => this.file.click(), { id: 'pg-attach' }), this.note, this.sender), this.file),
    );
    this.field.addEventListener('input', () => this.fit());
    this.field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (!this.running) this.submit();
    });
    this.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/'));
      if (!files.length) return;
      event.preventDefault();
      this.attach(files);
    });
    this.addEventListener('dragover', (event) => event.preventDefault());
    this.addEventListener('drop', (event) => {
      event.preventDefault();
      this.attach(event.dataTransfer.files);
    });
    this.refreshHead();
    this.show();
  }

  fresh() {
    return { id: `${Date.now()}-${Math.random().toString(36).slice(2)}`, title: '', at: Date.now(), messages: [] };
  }

  refreshHead() {
    this.model.textContent = this.wishes?.model ? `${this.wishes.model} · ${this.wishes.dialectLabel}` : 'No model';
    this.sender.replaceChildren(icon(this.running ? 'stop' : 'up'));
    const label = this.running ? 'Stop (Esc)' : 'Send (Enter)';
    this.sender.setAttribute('aria-label', label);
    this.sender.title = label;
    this.sender.classList.toggle('pg-stop', Boolean(this.running));
  }

  say(note) {
    this.note.textContent = note;
  }

  fit() {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(220, this.field.scrollHeight)}px`;
  }

  async attach(files) {
    this.say('');
    for (const file of files) {
      if (!/^image\/(png|jpeg|gif|webp)$/.test(file.type)) this.say('Pictures are PNG, JPEG, GIF or WebP.');
      else if (file.size > PICTURE_BYTES_MAX) this.say('A picture may have 8 MB at most.');
      else if (this.pictures.length >= PICTURES_MAX) this.say(`A message takes ${PICTURES_MAX} pictures at most.`);
      else this.pictures.push(await read(file));
    }
    this.showTray();
    this.field.focus();
  }

  showTray() {
    this.tray.replaceChildren(
      ...this.pictures.map((one, at) =>
        element('span', { class: 'pg-thumb' }, picture(one, `picture ${at + 1}`), button(`Remove picture ${at + 1}`, 'cross', () => {
          this.pictures.splice(at, 1);
          this.showTray();
        })),
      ),
    );
  }

  show() {
    this.elements = new Map();
    if (!this.chat.messages.length)
      this.list.replaceChildren(
        element('div', { class: 'empty' }, icon('chat'), element('h2', {}, 'Ask a model'), element('p', {}, 'Each answer is charged to you like any call, and what it cost stands below it. Chats stay in this browser.')),
      );
    else {
      this.list.replaceChildren(...this.chat.messages.map((message) => this.elementOf(message)));
      this.toEnd(true);
    }
  }

  elementOf(message) {
    const made = element('article', {});
    this.elements.set(message, made);
    draw(message, this, made);
    return made;
  }

  redraw(message) {
    const target = this.elements.get(message);
    if (target) draw(message, this, target);
  }

  /** Follows the answer, but not away from who has scrolled back. */
  toEnd(always) {
    const list = this.list;
    if (always || list.scrollHeight - list.scrollTop - list.clientHeight < 120) list.scrollTop = list.scrollHeight;
  }

  async keep(chat = this.chat) {
    if (chat.gone) return;
    const first = chat.messages.find((message) => message.role === 'user');
    chat.title = (first?.text || 'Pictures').slice(0, 80);
    try {
      await this.history.keep(chat);
    } catch {
      this.say('Your browser has no room to keep this chat.');
    }
    this.showHistory();
  }

  begin() {
    this.stop();
    this.chat = this.fresh();
    this.show();
    this.showHistory();
    this.field.focus();
  }

  submit() {
    const text = this.field.value.trim();
    if (!text && !this.pictures.length) return;
    if (this.refuses()) return;
    this.chat.messages.push({ role: 'user', text, pictures: this.pictures });
    this.field.value = '';
    this.pictures = [];
    this.showTray();
    this.fit();
    this.show();
    this.run();
  }

  /** Asked before anything is taken away for a call that would not be made. */
  refuses() {
    const why = this.wishes?.model ? this.wishes.toolsFault : 'Choose a model first.';
    this.say(why || '');
    return Boolean(why);
  }

  async run() {
    if (this.running) return;
    const chat = this.chat;
    const call = ask(this.wishes, chat.messages);
    const answer = { role: 'assistant', text: '', model: this.wishes.model, growing: true };
    const raw = { call, lines: [], head: (line) => raw.lines.push(line), event: (text) => (raw.lines.length < RAW_EVENTS_MAX ? raw.lines.push(text) : raw.left++), left: 0 };
    chat.messages.push(answer);
    this.raw.set(answer, raw);
    this.list.append(this.elementOf(answer));
    this.toEnd(true);
    this.running = new AbortController();
    this.refreshHead();
    let waiting = false;
    const more = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        const target = this.elements.get(answer);
        if (target && answer.growing) drawGrown(answer, this, target);
        this.toEnd(false);
      });
    };
    const mine = this.running;
    try {
      await send(this.userId, call, answer, raw, more, mine.signal);
    } catch (problem) {
      if (problem.name === 'AbortError') answer.stopped = true;
      else answer.error = { words: problem.message, said: problem.said ?? '' };
    }
    // Some providers number their calls from where they like.
    if (answer.calls) answer.calls = answer.calls.filter(Boolean);
    delete answer.growing;
    if (this.running === mine) this.running = null;
    this.refreshHead();
    this.redraw(answer);
    this.toEnd(false);
    this.showRaw(answer, true);
    await this.keep(chat);
    this.charge(chat, answer);
  }

  stop() {
    this.running?.abort();
  }

  /** The settlement is in the book before the answer's last byte; the log has it a moment later, a stopped call later still. */
  async charge(chat, answer) {
    for (let look = 0; look < LOOKS && answer.request && this.isConnected; look++) {
      const found = await this.$server.charged(answer.request);
      if (found) {
        answer.charged = JSON.parse(found);
        const target = this.elements.get(answer);
        if (target) drawFigures(answer, target);
        if (this.history.chats.includes(chat)) await this.keep(chat);
        return;
      }
      await pause(Math.min(2000, 150 + look * 50));
    }
  }

  before(message) {
    const at = this.chat.messages.indexOf(message);
    return message.role === 'user' ? at + 1 : at;
  }

  again(message) {
    if (this.running || this.refuses()) return;
    this.chat.messages.length = this.before(message);
    this.show();
    this.run();
  }

  edit(message) {
    if (this.running) return;
    const before = this.editing;
    this.editing = message;
    if (before) this.redraw(before);
    this.redraw(message);
  }

  edited(message, thenSend) {
    const shown = this.editing;
    this.editing = null;
    this.redraw(shown);
    if (!message) return;
    this.keep();
    if (thenSend) this.again(message);
  }

  async remove(message) {
    if (this.running) return;
    this.chat.messages = this.chat.messages.filter((other) => other !== message);
    this.show();
    if (this.chat.messages.length) await this.keep();
    else await this.history.forget(this.chat.id).then(() => this.showHistory());
  }

  answerCalls(message) {
    if (this.running || this.refuses()) return;
    this.chat.messages.length = this.chat.messages.indexOf(message) + 1;
    this.show();
    this.run();
  }

  toggleSide() {
    document.querySelector('.pg-side')?.classList.toggle('pg-side-shown');
  }

  showRaw(message, quietly) {
    const raw = this.raw.get(message);
    const panel = document.querySelector('#pg-raw');
    if (!raw || !panel) return;
    panel.replaceChildren(...rawCall(raw));
    if (!quietly) {
      document.querySelector('.pg-side')?.classList.add('pg-side-shown');
      this.$server.showRaw();
    }
  }

  showHistory() {
    const panel = document.querySelector('#pg-history');
    if (!panel || !this.history) return;
    const rows = this.history.chats.map((chat) =>
      element(
        'li',
        { class: chat === this.chat || chat.id === this.chat?.id ? 'pg-current' : '' },
        element('button', { type: 'button', class: 'pg-chat', onclick: () => this.choose(chat) }, element('span', {}, chat.title || 'Chat'), element('small', {}, new Date(chat.at).toLocaleString())),
        button(`Delete chat ${chat.title}`, 'trash', async () => {
          const running = chat.id === this.chat.id;
          // An answer that still grows would bring it back.
          chat.gone = true;
          if (running) this.chat.gone = true;
          await this.history.forget(chat.id);
          if (running) this.begin();
          this.showHistory();
        }),
      ),
    );
    panel.replaceChildren(
      rows.length ? element('ul', {}, ...rows) : element('p', { class: 'dim' }, 'No chats yet. They are kept in this browser only.'),
      rows.length
        ? element('button', {
            type: 'button',
            class: 'pg-button pg-clear',
            onclick: async (event) => {
              if (event.currentTarget.dataset.sure) {
                for (const chat of [this.chat, ...this.history.chats]) chat.gone = true;
                await this.history.clear();
                this.begin();
              } else {
                event.currentTarget.dataset.sure = '1';
                event.currentTarget.textContent = 'Really delete all?';
              }
            },
          }, 'Delete all chats')
        : '',
    );
  }

  choose(chat) {
    this.stop();
    this.chat = chat;
    this.editing = null;
    this.show();
    this.showHistory();
    document.querySelector('.pg-side')?.classList.remove('pg-side-shown');
  }
}

customElements.define('play-ground', PlayGround);

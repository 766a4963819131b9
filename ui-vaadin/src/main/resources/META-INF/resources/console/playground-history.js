// What is kept of chats and settings, in this browser alone.

const CHATS_MAX = 100;

// Chats may hold pictures, which are too much for localStorage.
function open(user) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(`tollbook-playground-${user}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('chats', { keyPath: 'id' });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** The chats of one user, newest first. Where the browser keeps nothing they live as long as the page. */
export class History {
  constructor(user) {
    this.settingsKey = `tollbook-playground-${user}`;
    this.database = open(user).catch(() => null);
    this.chats = [];
  }

  async store(mode) {
    const database = await this.database;
    return database?.transaction('chats', mode).objectStore('chats');
  }

  async load() {
    const store = await this.store('readonly');
    if (store) this.chats = await asked(store.getAll());
    this.chats.sort((a, b) => b.at - a.at);
    return this.chats;
  }

  async keep(chat) {
    chat.at = Date.now();
    this.chats = [chat, ...this.chats.filter((other) => other.id !== chat.id)];
    const store = await this.store('readwrite');
    if (store) await asked(store.put(chat));
    for (const old of this.chats.slice(CHATS_MAX)) await this.forget(old.id);
  }

  async forget(id) {
    this.chats = this.chats.filter((chat) => chat.id !== id);
    await (await this.store('readwrite'))?.delete(id);
  }

  async clear() {
    this.chats = [];
    await (await this.store('readwrite'))?.clear();
  }

  settings(text) {
    try {
      if (text !== undefined) localStorage.setItem(this.settingsKey, text);
      return localStorage.getItem(this.settingsKey) ?? '';
    } catch {
      return '';
    }
  }
}

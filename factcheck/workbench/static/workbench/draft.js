// Writing that survives: what is typed into a form with data-keeps is copied to this computer at once, and a draft
// with data-saves-to is saved by the server every few seconds and when one leaves it. What was never saved is offered
// again. Who else is writing is shown, and asked for while the page is looked at.

const IDLE = 2500; // milliseconds after the last key until a draft is saved
const PATIENCE = 10000; // at most so long while one goes on typing
const LOOK = 15000; // between two questions who else is here
const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "number", "then"]);

const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

class Copy {
  constructor(key) {
    this.key = `factcheck:${key}`;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  write(copy) {
    try {
      localStorage.setItem(this.key, JSON.stringify(copy));
    } catch {
      // Storage is full or forbidden: the server's draft remains.
    }
  }

  clear() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // There is none.
    }
  }
}

// The fields that somebody fills in, by name; of a choice the value that is chosen.
function fieldsOf(form) {
  const fields = {};
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || field.type === "submit") continue;
    if (field.type !== "radio") fields[field.name] = field.value;
    else if (field.checked || !(field.name in fields)) fields[field.name] = field.checked ? field.value : "";
  }
  return fields;
}

function versionOf(form) {
  return form.elements.version ?? form.elements.number ?? null;
}

// Whether a kept value stands on this page already: in its field, or among what the page shows as saved.
function standsHere(form, name, value) {
  const field = form.elements[name];
  if (field === undefined || plain(field.value) === plain(value)) return true;
  if (field instanceof HTMLSelectElement) return true;
  if (form.dataset.savesTo && ["summary", "reasoning", "rating"].includes(name)) return false;
  const main = document.getElementById("main");
  const links = [...main.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
  const shown = plain([...main.querySelectorAll("li, .pre, h1")].map((part) => part.textContent).join(" "));
  return shown.includes(plain(value)) || links.includes(value.trim());
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.copy = new Copy(form.dataset.keeps);
    this.notice = form.querySelector("[data-restore]");
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", () => this.keep());
    this.offer();
  }

  keep() {
    if (this.notice && !this.notice.hidden) return; // what is offered must not be written over
    this.copy.write({ at: Date.now(), version: versionOf(this.form)?.value ?? "", fields: fieldsOf(this.form) });
  }

  offer() {
    const kept = this.copy.read();
    if (!kept?.fields || "resumes" in this.form.dataset) return;
    const missing = Object.entries(kept.fields).filter(([name, value]) => value && !standsHere(this.form, name, value));
    if (!missing.length) {
      this.copy.clear();
    } else if (this.notice) {
      this.show(kept);
    }
  }

  show(kept) {
    const time = this.notice.querySelector("time");
    time.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, {
      dateStyle: "medium",
      timeStyle: "short",
    });
    this.notice.hidden = false;
    this.notice.closest("details")?.setAttribute("open", "");
    this.notice.querySelector("[data-restores]").addEventListener("click", () => this.restore(kept));
    this.notice.querySelector("[data-discards]").addEventListener("click", () => this.discard());
  }

  restore(kept) {
    for (const [name, value] of Object.entries(kept.fields)) {
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
    for (const field of this.form.querySelectorAll("details.add :is(input, textarea)")) {
      if (field.value) field.closest("details").open = true;
    }
    // The words were written on that version: if somebody saved since, the server shows both texts.
    const version = versionOf(this.form);
    if (version && kept.version) version.value = kept.version;
    this.notice.hidden = true;
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    this.form.querySelector("textarea")?.focus();
  }

  discard() {
    this.copy.clear();
    this.notice.hidden = true;
  }
}

class Draft {
  constructor(form, keeper) {
    this.form = form;
    this.keeper = keeper;
    this.saved = JSON.stringify(fieldsOf(form));
    this.firstUnsaved = 0;
    this.running = null;
    this.stopped = false;
    form.addEventListener("input", () => this.soon());
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    setInterval(() => this.look(), LOOK);
  }

  soon() {
    this.typedAt = Date.now();
    this.firstUnsaved ||= this.typedAt;
    clearTimeout(this.timer);
    const left = Math.max(0, this.firstUnsaved + PATIENCE - this.typedAt);
    this.timer = setTimeout(() => this.save(), Math.min(IDLE, left));
    this.preview();
  }

  save() {
    clearTimeout(this.timer);
    const fields = JSON.stringify(fieldsOf(this.form));
    if (this.stopped || this.running || fields === this.saved) return this.running;
    this.firstUnsaved = 0;
    this.running = this.send(fields).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async send(fields) {
    const answer = await this.post(this.form.dataset.savesTo, new FormData(this.form));
    if (!answer) return this.refuse(this.form.dataset.unreachable);
    if (answer.ok && answer.said) return this.take(answer.said, fields);
    if (answer.status === 409) this.stopped = true;
    const words = answer.status === 409 ? this.form.dataset.stale : answer.said?.message;
    return this.refuse(words ?? (answer.status < 500 ? this.form.dataset.expired : this.form.dataset.unreachable));
  }

  take(said, fields) {
    this.form.elements.version.value = said.version;
    this.saved = fields;
    this.tell("[data-saved]", said.saved);
    this.tell("[data-missing]", said.missing);
    this.form.querySelector(".missing").hidden = !said.missing;
    this.tell("[data-refusal]", "");
    this.showHere(said.here);
    const now = fieldsOf(this.form);
    const begun = Object.entries(now).some(([name, value]) => /^(evidence|reply)_(?!outcome)/.test(name) && value);
    if (JSON.stringify(now) === fields && !begun) this.keeper.copy.clear();
    else this.keeper.keep();
    if (JSON.stringify(now) !== fields) this.soon();
  }

  refuse(words) {
    this.tell("[data-refusal]", words);
    this.firstUnsaved = 0;
    clearTimeout(this.timer);
  }

  async look() {
    if (document.hidden || this.running) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    if (Date.now() - (this.typedAt ?? 0) < 2 * LOOK) body.set("writing", "on");
    // Whoever only looks does not keep their session alive by it.
    const headers = body.has("writing") ? {} : { "X-Poll": "1" };
    const answer = await this.post(this.form.dataset.looksAt, body, headers);
    if (answer?.said) this.showHere(answer.said.here);
  }

  // The answer, with what it says where that is JSON; null where there is none. A sign-in page is no answer.
  async post(address, body, headers = {}) {
    try {
      const response = await fetch(address, { method: "POST", body, headers, redirect: "manual" });
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
      return { ok: response.ok, status: response.status, said: isJson ? await response.json() : null };
    } catch {
      return null;
    }
  }

  // A button waits for a save under way, whose version it needs.
  onSubmit(event) {
    clearTimeout(this.timer);
    if (!this.running) {
      this.stopped = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    this.stopped = true;
    this.running.then(() => this.form.requestSubmit(button));
  }

  preview() {
    const shown = this.form.querySelector("[data-preview]");
    if (!shown?.closest("details").open) return;
    clearTimeout(this.previewTimer);
    this.previewTimer = setTimeout(() => shown.dispatchEvent(new Event("show-preview")), 400);
  }

  showHere(words) {
    this.tell("[data-here]", words);
  }

  tell(selector, words) {
    const element = this.form.querySelector(selector);
    if (element.textContent !== words) element.textContent = words;
    if (selector === "[data-here]" || selector === "[data-refusal]") element.hidden = !words;
  }
}

const known = new WeakSet();

function begin() {
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    if (known.has(form)) continue;
    known.add(form);
    const keeper = new Keeper(form);
    if (!form.dataset.savesTo) continue;
    const draft = new Draft(form, keeper);
    form.querySelector(".preview").addEventListener("toggle", () => draft.preview());
  }
}

begin();
document.addEventListener("desk:shown", begin);

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

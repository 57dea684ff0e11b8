// The keyboard. An element with data-key="n" is pressed by that key; "g i" is two keys in a row. The sheet (`_keys.html`)
// lists all keys, and for each of ours the one that this person presses in its place.
// Off while a field has the focus, while a dialog is open, and with any modifier.
// What a page gives a key of ours for something of its own says so: data-own, with other words than its text's if need be.

const FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const ROWS = "[data-row], #result_list tbody tr, table.rows tbody tr";
const PATIENCE = 1000; // milliseconds between the two keys of a pair

const sheet = document.getElementById("keys");
const ours = new Map(); // what is pressed → our key
const theirs = new Map(); // our key → what is pressed
let first = "";
let firstAt = 0;

for (const row of sheet?.querySelectorAll("[data-stands-for]") ?? []) {
  const pressed = row.querySelector("kbd").textContent;
  ours.set(pressed, row.dataset.standsFor);
  theirs.set(row.dataset.standsFor, pressed);
}

function isTyping(target) {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

function isShown(element) {
  return element.getClientRects().length > 0;
}

// Our key for what was pressed; a key of ours that stands for nothing any more, as the person gave it away, is none.
function meaning(pressed) {
  return ours.get(pressed) ?? (theirs.has(pressed) ? null : pressed);
}

// In the row that has the focus before the page, in the page before the rail: a page's own "n" or "/" comes before
// everybody's.
function find(key) {
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const all = named.filter((element) => isShown(element) || element.closest("#menu")); // a link of the shut menu works too
  const here = document.activeElement?.closest(ROWS);
  return all.find((element) => here?.contains(element)) ?? all.find((element) => element.closest("main")) ?? all[0];
}

function press(element) {
  const isPlace = element.matches("input:not([type=submit]), textarea, select, [tabindex]");
  if (!isPlace) {
    element.click();
    // What it opens is there to write in.
    if (element.matches("details[open] > summary")) element.parentElement.querySelector("input:not([type=hidden])")?.focus();
  } else {
    element.focus();
    if (element.select) element.select();
  }
}

// Rows: j and k go from one to the next, Enter opens (the browser's own), x chooses.
function step(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => isShown(row) && row.querySelector("a[href]"));
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = here < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[here + by];
  if (!row) return false;
  row.querySelector("a[href]").focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function choose() {
  const box = document.activeElement?.closest(ROWS)?.querySelector("input[type=checkbox]");
  box?.click();
  return Boolean(box);
}

const WITHOUT_ELEMENT = { j: () => step(1), k: () => step(-1), x: choose, "?": showSheet };

function act(key) {
  const element = key === "?" ? null : find(key);
  if (element) press(element);
  return Boolean(element) || Boolean(WITHOUT_ELEMENT[key]?.());
}

// What a key has opened over the page, Escape shuts; the keys are on again.
function shut(target) {
  const opened = target instanceof Element ? target.closest("details.over[open]") : null;
  if (!opened) return;
  opened.open = false;
  opened.querySelector("summary").focus();
}

function onKey(event) {
  if (event.key === "Escape") shut(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const pair = Date.now() - firstAt < PATIENCE ? meaning(`${first} ${event.key}`) : null;
  const done = (pair && act(pair)) || act(meaning(event.key) ?? "");
  first = event.key;
  firstAt = Date.now();
  if (done) event.preventDefault();
}

function label(element) {
  const shown = element.cloneNode(true);
  for (const cap of shown.querySelectorAll("kbd")) cap.remove();
  const words = element.getAttribute("aria-label") || element.placeholder || shown.textContent;
  return words.replace(/\s+/g, " ").trim();
}

function line(key, words) {
  const term = document.createElement("dt");
  const cap = document.createElement("kbd");
  cap.textContent = key;
  term.append(cap);
  const said = document.createElement("dd");
  said.textContent = words;
  const row = document.createElement("div");
  row.append(term, said);
  return row;
}

function ownLine(element) {
  const key = element.dataset.key;
  return line(theirs.get(key) ?? key, element.dataset.own || label(element));
}

function isOwn(element) {
  return !theirs.has(element.dataset.key) || "own" in element.dataset;
}

function works(key) {
  if (key === "j" || key === "k" || key === "Enter") return Boolean(find(key) || document.querySelector(ROWS));
  if (key === "x") return Boolean(document.querySelector(`:is(${ROWS}) input[type=checkbox]`));
  const element = find(key);
  return key === "?" || Boolean(element && !isOwn(element));
}

function showSheet() {
  if (!sheet) return false;
  for (const row of sheet.querySelectorAll("[data-stands-for]")) row.classList.toggle("away", !works(row.dataset.standsFor));
  const own = [...document.querySelectorAll("[data-key]")].filter((one) => isOwn(one) && isShown(one));
  const here = document.getElementById("keys-here");
  here.hidden = own.length === 0;
  here.querySelector("dl").replaceChildren(...own.map(ownLine));
  sheet.showModal();
  return true;
}

// The caps on buttons say what this person presses.
function relabel(root) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const own = theirs.get(element.dataset.key);
    const cap = element.querySelector("kbd");
    if (own && cap && cap.textContent === element.dataset.key) cap.textContent = own;
  }
}

relabel(document);
for (const shown of ["htmx:load", "desk:shown"]) document.addEventListener(shown, (event) => relabel(event.target));
document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const element = event.target instanceof Element ? event.target : null;
  if (element?.closest('[data-key="?"]')) showSheet();
  element?.closest("[data-closes]")?.closest("dialog")?.close();
});

// A choice may fill a field with its own words, as long as nobody has written there.
document.addEventListener("change", (event) => {
  const choice = event.target;
  if (!(choice instanceof HTMLInputElement) || !choice.dataset.fills) return;
  const field = document.getElementById(choice.dataset.fills);
  const offered = [...document.querySelectorAll(`[data-fills="${choice.dataset.fills}"]`)].map((one) => one.dataset.text);
  if (!field.value.trim() || offered.includes(field.value.trim())) field.value = choice.dataset.text;
});

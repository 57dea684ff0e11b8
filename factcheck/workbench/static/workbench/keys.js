// The keyboard: an element with data-key="x" is pressed by that key; "g i" is two keys in a row.
// Off while a field has the focus, and with any modifier.

const FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const PATIENCE = 1000; // milliseconds between the two keys of a pair

let first = "";
let firstAt = 0;

function isTyping(target) {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

function find(keys) {
  return [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === keys);
}

function press(element) {
  if (element.matches("input")) {
    element.focus();
  } else {
    element.click();
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const pair = Date.now() - firstAt < PATIENCE ? `${first} ${event.key}` : "";
  const element = (pair && find(pair)) || (event.key === "?" ? null : find(event.key));
  first = event.key;
  firstAt = Date.now();
  if (event.key === "?") {
    showSheet();
  } else if (element) {
    event.preventDefault();
    press(element);
  }
}

function label(element) {
  const words = element.getAttribute("aria-label") || element.placeholder || element.textContent;
  return words.replace(element.dataset.key, "").replace(/\s+/g, " ").trim();
}

function showSheet() {
  const sheet = document.getElementById("keys");
  if (!sheet) return;
  const rows = [...document.querySelectorAll("[data-key]")].flatMap((element) => {
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    key.textContent = element.dataset.key;
    term.append(key);
    const words = document.createElement("dd");
    words.textContent = label(element);
    return [term, words];
  });
  sheet.querySelector("dl").replaceChildren(...rows);
  sheet.showModal();
}

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

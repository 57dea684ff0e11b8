// The reader: pointing at a statement or its card lights the other and the threads between; j and k go from card to
// card; cards stand level with their words.

import { followWidth, placeCards } from "./reader-layout.js";
import { startMending } from "./reader-mend.js";
import { findWords } from "./reader-text.js";

const find = () => document.getElementById("reader");

function light(target) {
  const reader = find();
  if (!reader) return;
  for (const lit of reader.querySelectorAll(".on")) lit.classList.remove("on");
  const here = target instanceof Element ? target.closest("[data-statements]") : null;
  if (!here || !reader.contains(here)) return;
  const id = CSS.escape(here.dataset.statements.split(" ").at(-1));
  const parts = reader.querySelectorAll(`[data-statements~="${id}"], [data-joins~="${id}"]`);
  for (const part of parts) part.classList.add("on");
}

function go(step) {
  const notes = [...(find()?.querySelectorAll(".note") ?? [])];
  if (!notes.length) return;
  const tops = notes.map((note) => note.getBoundingClientRect().top);
  const order = notes.map((_note, index) => index).sort((a, b) => tops[a] - tops[b]);
  const here = order.indexOf(notes.indexOf(document.activeElement?.closest?.(".note")));
  const inView = Math.max(0, order.findIndex((index) => tops[index] >= 0));
  const note = notes[order[here === -1 ? inView : (here + step + order.length) % order.length]];
  note.focus({ preventScroll: true });
  note.scrollIntoView({ block: "center" });
}

function refresh() {
  const reader = find();
  if (!reader) return;
  for (const element of document.querySelectorAll(".scripted[hidden]")) element.hidden = false;
  placeCards(reader);
}

// Whoever comes from a comment comes for some words of the statement: mark them, and bring them into view.
function pointOut(statement) {
  const words = new URLSearchParams(location.search).get("words");
  const range = words && window.CSS.highlights ? findWords(find(), statement, words) : null;
  if (!range) return;
  CSS.highlights.set("words", new Highlight(range));
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
}

function arrive() {
  const arrived = location.hash && document.getElementById(location.hash.slice(1));
  if (!arrived) return;
  light(arrived.matches(".here") ? arrived.nextElementSibling?.closest("[data-statements]") : arrived);
  if (arrived.matches(".here")) pointOut(arrived.id.replace("t-", ""));
  if (arrived.matches(".note")) {
    arrived.focus({ preventScroll: true });
    arrived.scrollIntoView({ block: "center" });
  }
}

function onClick(event) {
  const element = event.target instanceof Element ? event.target : null;
  const step = element?.closest("[data-step]");
  if (step) go(Number(step.dataset.step));
  const mark = element?.closest(".st");
  if (!mark || !find()?.contains(mark) || !document.getSelection()?.isCollapsed) return;
  document.getElementById(`s-${mark.dataset.statements.split(" ").at(-1)}`)?.focus({ preventScroll: true });
}

if (find()) {
  document.addEventListener("pointerover", (event) => {
    const pointed = event.target instanceof Element && event.target.closest("#reader [data-statements]");
    light(pointed || document.activeElement);
  });
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.(".note")) event.target.querySelector(".mend")?.click();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".filter") && event.target.open) event.target.querySelector("select")?.focus();
    if (event.target.matches?.(".changes, .picture, .filter")) refresh();
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "mending") refresh();
  });
  // A swap must not carry the places of cards over as style attributes: the page allows none.
  if (window.htmx) window.htmx.config.attributesToSettle = ["class"];
  refresh();
  followWidth(refresh);
  startMending(find);
  light(document.activeElement); // a fast reader was on a card before this script was
  arrive();
  addEventListener("hashchange", arrive);
}

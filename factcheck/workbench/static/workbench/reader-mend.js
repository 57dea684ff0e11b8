// Marking words: a selection or the key n adds a statement, "Mend" moves the ends of one; by mouse and by keyboard.
// The form is the server's own; what is marked goes into its fields, in code points of the stored text.

import { offsetAt, paragraphOf, paragraphs, rangeOf, segmentsOf, selectedSpan, startOf, wordsOf } from "./reader-text.js";

const EDGES = ["start", "end"];
let find = () => null;
let span = null; // what is being marked: { start, end }
let handles = null;
let adder = null;
let before = null; // what had the focus

const panel = () => document.getElementById("mending");

export function startMending(findReader) {
  find = findReader;
  document.addEventListener("selectionchange", offerToAdd);
  document.getElementById("page")?.parentElement.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", onInput);
  document.addEventListener("htmx:beforeSwap", onAnswer);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === panel()) takeForm();
    else if (span) show();
  });
  addEventListener("resize", draw);
}

function onClick(event) {
  const element = event.target instanceof Element ? event.target : null;
  if (element?.closest("[data-closes-mending]")) stop();
  const add = element?.closest("#add, .adder");
  if (!add || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  before = document.activeElement;
  ask(selectedSpan(find()) ?? firstWords());
}

// Ask the server for the form to add these words.
function ask(marked) {
  if (!marked) return;
  if (marked.refusal) return say(marked.refusal);
  adder?.remove();
  const address = `${find().dataset.add}?start=${marked.start}&end=${marked.end}`;
  window.htmx.ajax("GET", address, { target: "#mending" });
}

// Where nothing is selected: the first word after what had the focus, or of what is in view.
function firstWords() {
  const reader = find();
  const note = document.activeElement?.closest?.(".note");
  const marked = note && reader.querySelector(`.st[data-statements~="${CSS.escape(note.dataset.statements)}"]`);
  const inView = paragraphs(reader).find((paragraph) => paragraph.getBoundingClientRect().bottom > 0);
  const paragraph = marked?.closest("p") ?? inView ?? paragraphs(reader)[0];
  const [first] = paragraph ? segmentsOf(paragraph, "word") : [];
  return first ? { start: first[0], end: first[1] } : null;
}

function takeForm() {
  const form = panel().querySelector("form.correct");
  panel().scrollTop = 0; // a refusal stands at its top, the button that was pressed at its end
  for (const element of panel().querySelectorAll(".scripted[hidden]")) element.hidden = false;
  const [start, end] = EDGES.map((edge) => form?.elements[edge]?.value);
  if (!form || start === "" || end === "") return;
  span = { start: Number(start), end: Number(end) };
  show();
  (panel().querySelector("[role=alert]") ? form.elements.words : handles?.end)?.focus({ preventScroll: true });
  reveal();
}

// Bring what is marked out from under the panel, or into view.
function reveal() {
  const rect = rangeOf(find(), span.start, span.end)?.getBoundingClientRect();
  const over = panel().getBoundingClientRect();
  if (!rect) return;
  const floor = over.left < rect.right ? over.top : innerHeight;
  if (rect.top < 60 || rect.bottom > floor - 30) scrollBy({ top: rect.top - 90 });
}

function show() {
  if (!handles?.end.isConnected) handles = Object.fromEntries(EDGES.map((edge) => [edge, makeHandle(edge)]));
  draw();
}

function makeHandle(edge) {
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "handle";
  handle.dataset.edge = edge;
  handle.addEventListener("keydown", (event) => onHandleKey(event, edge));
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (handle.hasPointerCapture(event.pointerId)) drag(event, edge);
  });
  find().append(handle);
  return handle;
}

function draw() {
  const reader = find();
  if (!span || !handles || !reader) return;
  const range = rangeOf(reader, span.start, span.end);
  const rects = range ? [...range.getClientRects()].filter((rect) => rect.width > 0) : [];
  if (!rects.length) return;
  const base = reader.getBoundingClientRect();
  const isRtl = getComputedStyle(range.startContainer.parentElement).direction === "rtl";
  const [first, last] = isRtl ? ["right", "left"] : ["left", "right"];
  place(handles.start, rects[0][first] - base.left, rects[0].top - base.top);
  place(handles.end, rects.at(-1)[last] - base.left, rects.at(-1).top - base.top);
  const words = wordsOf(reader, span.start, span.end);
  handles.start.setAttribute("aria-label", `${panel().dataset.start}: ${words.slice(0, 60)}`);
  handles.end.setAttribute("aria-label", `${panel().dataset.end}: ${words.slice(-60)}`);
  if (window.CSS.highlights) CSS.highlights.set("mending", new Highlight(range));
}

function place(handle, left, top) {
  handle.style.left = `${left}px`;
  handle.style.top = `${top}px`;
}

function change(next) {
  if (!next || next.end <= next.start) return;
  span = next;
  draw();
  const form = panel().querySelector("form.correct");
  if (!form) return;
  for (const edge of EDGES) form.elements[edge].value = String(span[edge]);
  form.elements.words.value = wordsOf(find(), span.start, span.end);
}

function drag(event, edge) {
  const at = pointAt(event.clientX, event.clientY);
  const offset = at && offsetAt(find(), at[0], at[1]);
  if (offset === null || offset === undefined) return;
  move(edge, event.altKey ? offset : snapped(offset, edge));
}

function pointAt(x, y) {
  const handled = Object.values(handles);
  for (const handle of handled) handle.style.pointerEvents = "none";
  const at = document.caretPositionFromPoint?.(x, y);
  const range = at ? null : document.caretRangeFromPoint?.(x, y);
  for (const handle of handled) handle.style.pointerEvents = "";
  if (at) return [at.offsetNode, at.offset];
  return range ? [range.startContainer, range.startOffset] : null;
}

// The nearest edge of a word.
function snapped(offset, edge) {
  const paragraph = paragraphOf(find(), offset);
  const edges = paragraph ? segmentsOf(paragraph, "word").map((word) => word[edge === "start" ? 0 : 1]) : [];
  const near = edges.sort((a, b) => Math.abs(a - offset) - Math.abs(b - offset))[0];
  return near ?? offset;
}

// Move one end; where it passes the other, that one goes along by a word.
function move(edge, offset) {
  const paragraph = paragraphOf(find(), edge === "start" ? offset : offset - 1);
  if (!paragraph) return;
  const words = segmentsOf(paragraph, "word");
  if (edge === "start") {
    const word = words.find((one) => one[1] > offset);
    if (offset >= span.end || paragraph !== paragraphOf(find(), span.end - 1)) {
      return word && change({ start: offset, end: word[1] });
    }
    return change({ ...span, start: offset });
  }
  if (offset <= span.start || paragraph !== paragraphOf(find(), span.start)) {
    const word = words.findLast((one) => one[0] < offset);
    return word && change({ start: word[0], end: offset });
  }
  return change({ ...span, end: offset });
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

function onHandleKey(event, edge) {
  if (event.key === "Enter") {
    event.preventDefault();
    panel().querySelector("form.correct")?.requestSubmit();
    return;
  }
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const isAcross = event.key === "ArrowUp" || event.key === "ArrowDown";
  const granularity = isAcross ? "sentence" : event.shiftKey ? "grapheme" : "word";
  const offset = stepped(span[edge], edge, step, granularity);
  if (offset !== null && !(isAcross && takeSentence(edge, offset))) move(edge, offset);
  if (span) reveal();
}

// Going on into another paragraph by sentences takes the whole sentence there.
function takeSentence(edge, offset) {
  const paragraph = paragraphOf(find(), edge === "start" ? offset : offset - 1);
  if (!paragraph || paragraph === paragraphOf(find(), span.start)) return false;
  const sentence = segmentsOf(paragraph, "sentence").find((one) => one[edge === "start" ? 0 : 1] === offset);
  if (sentence) change({ start: sentence[0], end: sentence[1] });
  return Boolean(sentence);
}

// The next edge of a word, sentence or character before or after an offset, in this paragraph or the one beside it.
function stepped(offset, edge, step, granularity) {
  const all = paragraphs(find());
  const here = all.indexOf(paragraphOf(find(), edge === "start" ? offset : offset - 1));
  const side = edge === "start" ? 0 : 1;
  for (let index = here; index >= 0 && index < all.length; index += step) {
    const edges = edgesOf(all[index], granularity, side);
    const next = step > 0 ? edges.find((one) => one > offset) : edges.findLast((one) => one < offset);
    if (next !== undefined) return next;
  }
  return null;
}

function edgesOf(paragraph, granularity, side) {
  if (granularity !== "grapheme") return segmentsOf(paragraph, granularity).map((segment) => segment[side]);
  const base = startOf(paragraph);
  const edges = [];
  let points = base;
  for (const part of new Intl.Segmenter(undefined, { granularity }).segment(paragraph.textContent)) {
    const next = points + [...part.segment].length;
    edges.push(side === 0 ? points : next);
    points = next;
  }
  return edges;
}

function offerToAdd() {
  const reader = find();
  adder?.remove();
  const selection = document.getSelection();
  if (span || !reader?.dataset.add || !selection?.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!reader.contains(range.commonAncestorContainer) || !selectedSpan(reader)) return;
  const rect = range.getBoundingClientRect();
  const base = reader.getBoundingClientRect();
  adder = document.createElement("button");
  adder.type = "button";
  adder.className = "btn main adder";
  adder.textContent = document.getElementById("add").firstChild.textContent.trim(); // without the cap of its key
  adder.addEventListener("pointerdown", (event) => event.preventDefault());
  reader.append(adder);
  place(adder, Math.max(0, Math.min(rect.left - base.left, base.width - adder.offsetWidth)), rect.bottom - base.top + 8);
}

function onKey(event) {
  if (event.key === "Escape" && panel()?.childElementCount && !document.querySelector("dialog[open]")) stop();
}

// Typed words or offsets are shown in the text as they are typed.
function onInput(event) {
  const form = event.target.closest?.("form.correct");
  if (!form || !panel().contains(form) || !EDGES.includes(event.target.name)) return;
  const [start, end] = EDGES.map((edge) => Number(form.elements[edge].value));
  if (!rangeOf(find(), start, end) || end <= start) return;
  span = { start, end };
  form.elements.words.value = wordsOf(find(), start, end);
  show();
}

// A refusal is shown where one writes; nothing typed is lost, whatever the answer was.
function onAnswer(event) {
  if (event.detail.target !== panel()) return;
  const { xhr } = event.detail;
  if (xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (xhr.responseURL.includes("/sign-in/")) {
    event.detail.shouldSwap = false;
    say(panel().dataset.signedOut);
  } else if (xhr.status >= 400) {
    say(panel().dataset.refused);
  }
}

function say(words) {
  const line = document.createElement("p");
  line.className = "error small";
  line.setAttribute("role", "alert");
  line.textContent = words;
  panel().querySelector(":scope > .error")?.remove();
  panel().prepend(line);
}

function stop() {
  span = null;
  window.CSS.highlights?.delete("mending");
  for (const handle of Object.values(handles ?? {})) handle.remove();
  handles = null;
  panel().replaceChildren();
  (before?.isConnected ? before : document.querySelector(".note.on"))?.focus?.({ preventScroll: true });
}

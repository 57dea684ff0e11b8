// Where the cards stand: level with their words, none over another; worked out when the page changes, never while one
// scrolls. Between them, in the gutter, a thread for each two that conflict.

const GAP = 6;
const ORDINARY = 64; // pixels that a card takes with its gap; where text and window have less room, cards are a line each
const WIDE = matchMedia("(min-width: 901px)");
const SVG = "http://www.w3.org/2000/svg";
const LANES = 5;

// Tops that are as near as can be to what is wanted, without overlap: blocks that touch move as one.
export function settle(wanted, heights) {
  const blocks = [];
  wanted.forEach((top, index) => {
    blocks.push({ first: index, size: heights[index] + GAP, sum: top, count: 1, top });
    while (blocks.length > 1 && blocks.at(-2).top + blocks.at(-2).size > blocks.at(-1).top) join(blocks);
  });
  const tops = new Array(wanted.length);
  blocks.forEach((block) => {
    let top = block.top;
    for (let index = block.first; index < block.first + block.count; index += 1) {
      tops[index] = top;
      top += heights[index] + GAP;
    }
  });
  return tops;
}

function join(blocks) {
  const last = blocks.pop();
  const block = blocks.at(-1);
  block.sum += last.sum - last.count * block.size;
  block.count += last.count;
  block.size += last.size;
  block.top = Math.max(0, block.sum / block.count);
}

function firstMarks(reader) {
  const marks = new Map();
  for (const mark of reader.querySelectorAll(".st")) {
    for (const id of mark.dataset.statements.split(" ")) if (!marks.has(id)) marks.set(id, mark);
  }
  return marks;
}

function measure(reader, notes) {
  const base = reader.getBoundingClientRect().top;
  const marks = firstMarks(reader);
  return notes.map((note) => {
    const mark = marks.get(note.dataset.statements);
    return { note, top: mark ? mark.getBoundingClientRect().top - base - 4 : 0, height: note.offsetHeight };
  });
}

export function placeCards(reader) {
  const notes = [...reader.querySelectorAll(".note")];
  reader.querySelector(".threads")?.remove();
  const margin = reader.querySelector(".margin");
  if (!WIDE.matches || !margin) return unplace(reader, notes);
  // All that is read is read at once, before anything is written: the browser works the page out twice and no more.
  const left = margin.offsetLeft;
  const width = margin.offsetWidth;
  const room = [...reader.querySelectorAll(".text > p")].reduce((sum, text) => sum + text.offsetHeight, 0);
  reader.style.setProperty("--cards-left", `${left}px`);
  reader.style.setProperty("--cards-width", `${width}px`);
  reader.classList.add("placed");
  reader.classList.toggle("dense", notes.length * ORDINARY > Math.max(room, innerHeight));
  const cards = measure(reader, notes).sort((a, b) => a.top - b.top);
  const tops = settle(cards.map((card) => card.top), cards.map((card) => card.height));
  cards.forEach((card, index) => {
    card.note.style.top = `${tops[index]}px`;
    card.middle = tops[index] + Math.min(card.height, 44) / 2;
  });
  reader.style.minHeight = `${(tops.at(-1) ?? 0) + (cards.at(-1)?.height ?? 0)}px`;
  drawThreads(reader, cards, getComputedStyle(reader).direction === "rtl" ? { at: left + width, out: 1 } : { at: left, out: -1 });
}

function unplace(reader, notes) {
  reader.classList.remove("placed", "dense");
  reader.style.minHeight = "";
  for (const note of notes) note.style.top = "";
}

// The threads run in the gap between the text and the cards: `at` is the edge of the cards, `out` the way into the gap.
function drawThreads(reader, cards, edge) {
  const middles = new Map(cards.map((card) => [card.note.dataset.statements, card.middle]));
  const pairs = [];
  for (const { note } of cards) {
    for (const other of (note.dataset.threads ?? "").split(" ")) {
      if (middles.has(other) && note.dataset.statements < other) pairs.push([note.dataset.statements, other]);
    }
  }
  if (!pairs.length) return;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "threads");
  svg.setAttribute("aria-hidden", "true");
  const spans = pairs.map(([a, b]) => ({ ids: [a, b], ends: [middles.get(a), middles.get(b)].sort((x, y) => x - y) }));
  spans.sort((x, y) => x.ends[1] - x.ends[0] - (y.ends[1] - y.ends[0]));
  const lanes = [];
  for (const span of spans) svg.append(thread(span, lane(lanes, span.ends), edge));
  reader.append(svg);
}

// The nearest lane in which nothing else runs beside this one; the farthest where all are taken.
function lane(lanes, [top, bottom]) {
  let number = lanes.findIndex((taken) => taken.every(([first, last]) => last < top || bottom < first));
  if (number === -1) number = lanes.length < LANES ? lanes.push([]) - 1 : LANES - 1;
  lanes[number].push([top, bottom]);
  return number;
}

function thread({ ids, ends: [top, bottom] }, number, { at, out }) {
  const path = document.createElementNS(SVG, "path");
  const depth = 9 + 8 * number;
  const bend = Math.min(depth, (bottom - top) / 2);
  path.setAttribute(
    "d",
    `M${at} ${top} h${out * (depth - bend)} q${out * bend} 0 ${out * bend} ${bend} V${bottom - bend} q0 ${bend} ${-out * bend} ${bend} h${out * (bend - depth)}`,
  );
  path.setAttribute("class", "thread");
  path.dataset.joins = ids.join(" ");
  return path;
}

export function followWidth(again) {
  let waiting = 0;
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(again);
  });
}

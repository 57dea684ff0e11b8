// Between the page and the stored text: the DOM counts UTF-16 units, the text counts code points.

const paragraphs = (reader) => [...reader.querySelectorAll(".text > p")];

// How many code points a piece of DOM text holds.
export function countPoints(text) {
  let count = 0;
  for (const _point of text) count += 1;
  return count;
}

// Where the n-th code point of a piece of DOM text begins, in UTF-16 units.
export function unitsOf(text, points) {
  let units = 0;
  for (const point of text) {
    if (points === 0) break;
    units += point.length;
    points -= 1;
  }
  return units;
}

function textNodes(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

export function startOf(paragraph) {
  return Number(paragraph.dataset.start);
}

// The paragraph of a place in the DOM, if it lies in the text.
export function paragraphAt(reader, node) {
  const element = node instanceof Element ? node : node?.parentElement;
  const paragraph = element?.closest(".text > p");
  return paragraph && reader.contains(paragraph) ? paragraph : null;
}

// A place in the DOM as an offset of the stored text; null outside the text.
export function offsetAt(reader, node, units) {
  const paragraph = paragraphAt(reader, node);
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, units);
  return startOf(paragraph) + countPoints(before.toString());
}

// The paragraph that holds an offset of the stored text.
export function paragraphOf(reader, offset) {
  return paragraphs(reader).findLast((paragraph) => startOf(paragraph) <= offset) ?? null;
}

function pointIn(paragraph, offset, isEnd) {
  let left = offset - startOf(paragraph);
  const nodes = textNodes(paragraph);
  for (const node of nodes) {
    const points = countPoints(node.data);
    if (left < points || (isEnd && left === points)) return [node, unitsOf(node.data, left)];
    left -= points;
  }
  const last = nodes.at(-1);
  return [last, last.data.length];
}

// A span of the stored text as a range of the page; null where it does not stand on it.
export function rangeOf(reader, start, end) {
  const first = paragraphOf(reader, start);
  const last = paragraphOf(reader, end - 1);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...pointIn(first, start, false));
  range.setEnd(...pointIn(last, end, true));
  return range;
}

// Some words of a statement as a range of the page; null where they do not stand in it.
export function findWords(reader, statement, words) {
  const marks = reader.querySelectorAll(`.st[data-statements~="${CSS.escape(statement)}"]`);
  const nodes = [...marks].flatMap(textNodes);
  const start = nodes.map((node) => node.data).join("").indexOf(words);
  if (start === -1) return null;
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const from = start - before;
    const to = from + words.length;
    if (from >= 0 && from < node.length) range.setStart(node, from);
    if (to > 0 && to <= node.length) range.setEnd(node, to);
    before += node.length;
  }
  return range;
}

// What is selected, as a span; or why it cannot be a statement. Null where nothing of the text is selected.
export function selectedSpan(reader) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const first = paragraphAt(reader, range.startContainer);
  const last = paragraphAt(reader, range.endContainer);
  if (!first && !last) return null;
  if (first !== last) return { refusal: reader.dataset.says };
  const start = offsetAt(reader, range.startContainer, range.startOffset);
  const words = range.toString();
  const lead = countPoints(words) - countPoints(words.trimStart());
  const span = { start: start + lead, end: start + lead + countPoints(words.trim()) };
  return span.end > span.start ? span : null;
}

// The text of a paragraph, and its words, sentences or characters as [start, end) in offsets of the stored text.
export function segmentsOf(paragraph, granularity) {
  const text = paragraph.textContent;
  const base = startOf(paragraph);
  const segments = [];
  let points = base;
  for (const part of new Intl.Segmenter(document.documentElement.lang || "en", { granularity }).segment(text)) {
    const length = countPoints(part.segment);
    const isSolid = granularity === "word" ? part.isWordLike : part.segment.trim() !== "";
    if (isSolid) segments.push([points, points + length - (granularity === "sentence" ? trailing(part.segment) : 0)]);
    points += length;
  }
  return segments;
}

function trailing(text) {
  return countPoints(text) - countPoints(text.trimEnd());
}

export function wordsOf(reader, start, end) {
  return rangeOf(reader, start, end)?.toString() ?? "";
}

export { paragraphs };

// Cuts excerpts for the search from the pages of articles. Fetched when titles are there already:
// search-engine/.

const WIDE = 0x2e80; // as there

const UNSEEN = /^(?:script|style|template)$/iu;
const BLOCK = /^(?:p|h[1-6]|li|ul|ol|dl|dt|dd|tr|t[dh]|table|caption|figure|figcaption|blockquote|pre|div|section|article|aside|header|footer|details|summary|hr|br)$/iu;

// The text of a page as it is indexed, with the ids of elements and where each begins.
function readText(root) {
  const anchors = [];
  let text = "";
  const walk = (node) => {
    if (node.nodeType === 3) {
      text += node.data.replace(/[\t\n\r\f]+/gu, " ");
      return;
    }
    if (node.nodeType !== 1 || UNSEEN.test(node.localName) || /^fnref/u.test(node.id) || node.classList.contains("footnote-backref")) return;
    const isBlock = BLOCK.test(node.localName);
    if (isBlock) text += "\n";
    if (node.id) anchors.push([text.length, node.id]);
    node.childNodes.forEach(walk);
    if (isBlock) text += "\n";
  };
  walk(root);
  return { text, anchors };
}

// Returns the normalised text, and for each of its characters the place of the original one.
function normaliseInPlace(text) {
  let normal = "";
  const places = [];
  const add = (character, place) => {
    normal += character;
    for (let n = 0; n < character.length; n += 1) places.push(place);
  };
  let gap = ""; // what stands between the last letter and the next: "", blanks only, or more
  let place = 0;
  for (const character of text) {
    for (const c of normalise1(character)) {
      if (/[\p{L}\p{N}]/u.test(c)) {
        const beside = c.codePointAt(0) >= WIDE || normal.charCodeAt(normal.length - 1) >= WIDE;
        if (gap && normal && !(gap === " " && beside)) add(" ", place);
        add(c, place);
        gap = "";
      } else gap = c === " " && (gap === "" || gap === " ") ? " " : "x";
    }
    place += character.length;
  }
  return { normal, places };
}

const normalise1 = (character) => character.normalize("NFKC").toLowerCase().replace(/ς/gu, "σ");

function cut({ text, anchors }, head, terms) {
  const { normal, places } = normaliseInPlace(text);
  const found = terms.every((forms) => forms.some((form) => head.includes(form) || normal.includes(form)));
  const wanted = terms.flat().filter((form) => normal.includes(form));
  const marked = wanted.length ? wanted : terms.flatMap(([form]) => longestPart(form, normal));
  const at = Math.min(...marked.map((form) => normal.indexOf(form)));
  const hit = Number.isFinite(at) ? places[at] : 0;
  const start = Math.max(text.lastIndexOf("\n", hit) + 1, sentenceStart(text, hit), hit - 40);
  const stop = text.indexOf("\n", Math.max(start + 90, hit + 1));
  const end = Math.min(stop < 0 ? text.length : stop, start + 110);
  const spans = [];
  for (const form of marked) {
    for (let n = normal.indexOf(form); n >= 0; n = normal.indexOf(form, n + form.length)) {
      const [a, b] = [places[n], places[n + form.length - 1]];
      if (b >= start && a < end) spans.push([a, Math.min(end, b + [...text.slice(b)][0].length)]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let last = start;
  const push = (part, mark) => { if (part.trim()) parts.push({ text: part.replace(/\s+/gu, " "), mark }); };
  for (const [a, b] of spans) {
    if (b <= last) continue;
    push(text.slice(last, Math.max(a, last)), false);
    push(text.slice(Math.max(a, last), b), true);
    last = b;
  }
  push(text.slice(last, end), false);
  const anchor = Number.isFinite(at) ? anchors.filter(([place, id]) => place <= hit && !/^fn/u.test(id)).pop()?.[1] ?? "" : "";
  return { parts, anchor, found };
}

function sentenceStart(text, hit) {
  const before = text.slice(Math.max(0, hit - 40), hit);
  const stop = Math.max(...["。", "；", "！", "？"].map((mark) => before.lastIndexOf(mark)));
  return stop < 0 ? 0 : hit - before.length + stop + 1;
}

// The longest part of a phrase that a text holds, of two characters or more.
function longestPart(form, normal) {
  for (let length = form.length - 1; length >= 2; length -= 1) {
    for (let from = 0; from + length <= form.length; from += 1) {
      const part = form.slice(from, from + length).trim();
      if (part.length === length && normal.includes(part)) return [part];
    }
  }
  return [];
}

// Returns what of a page is shown below its title: the parts of an excerpt, of which some are to be
// marked, and the place that it leads to; and whether the page holds the words at all.
export function cutExcerpt(html, { title, number }, terms, normalise) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const body = page.querySelector("[data-document]");
  if (!body) return null;
  const subtitle = page.querySelector(".article__subtitle")?.textContent ?? "";
  return cut(readText(body), normalise(`${title}\n${subtitle}\n${number}`), terms);
}

// From text to terms, as policysite/search/tokens.py does it.

const WIDE = 0x2e80;
// What people say to a person; a document does not hold it.
const FILLER = /请问|怎么办|怎么|怎样|如何|什么|多少|哪些|哪里|是否|能不能|可不可以|有没有|要不要|吗|呢/gu;
const NUMBER = /^([\u4e00-\u9fff()]*?)\s*[〔[【({]?\s*((?:19|20)\d{2})\s*(?:[〕\]】)}]|年|-|\s)\s*第?\s*(\d{1,5})\s*号?$/u;

export function normalise(text) {
  return text.normalize("NFKC").toLowerCase().replace(/ς/gu, "σ")
    .replace(/([\u2e80-\u{10ffff}]) +/gu, "$1").replace(/ +(?=[\u2e80-\u{10ffff}])/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

export function termOf(text) {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0), 16777619);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

// The pieces of a normalised text that have to be looked up so that all of it is: pairs, and among
// letters and digits fours. Each with its place.
function pieces(normal) {
  const found = [];
  let start = 0;
  for (const run of normal.split(" ")) {
    const characters = [...run];
    const narrow = characters.map((c) => c.codePointAt(0) < WIDE);
    let place = 0;
    while (place < characters.length - 1) {
      let end = place;
      while (end < characters.length && narrow[end]) end += 1;
      if (end - place < 3) {
        found.push([start + place, characters.slice(place, place + 2).join("")]);
        place += 1;
        continue;
      }
      for (let at = place; at < end; at += 4) {
        const from = Math.max(place, Math.min(at, end - 4));
        found.push([start + from, characters.slice(from, Math.min(from + 4, end)).join("")]);
      }
      place = end - 1;
    }
    start += characters.length + 1;
  }
  const all = [...normal];
  const side = (place) => (place in all ? Math.imul(all[place].codePointAt(0), 0x9e3779b1) >>> 30 : -1);
  return found.map(([at, text]) => {
    const end = at + [...text].length;
    // What stands beside it in the query, as far as it is told: see text_terms in tokens.py.
    return { at, end, text, before: side(at - 1), after: side(end) };
  });
}

// At most `most` of them, spread over the whole.
function spread(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: Math.max(0, most) }, (_, n) => (
    list[Math.round(n * (list.length - 1) / (most - 1 || 1))]));
}

// One way to write a word. `held` is the form of a synonym in it, which is a term as a whole.
function wayOf(normal, held = "") {
  const from = held ? normal.indexOf(held) : -1;
  const outside = ({ at, end }) => from < 0 || at < from || end > from + held.length;
  const fillers = [...normal.matchAll(FILLER)].map((m) => [m.index, m.index + m[0].length]);
  const all = pieces(normal).filter(outside).map((piece) => ({
    ...piece, filler: fillers.some(([a, b]) => piece.at < b && piece.end > a),
  }));
  return { text: normal, all: held ? [{ text: `≈${held}`, whole: true }, ...all] : all };
}

// The terms by which to look up a way, at most so many: rare ones say more. Of a question, whose
// words hardly stand so in any text, those for looser matches matter more.
function choose({ all }, most, isCommon) {
  const whole = all.filter((piece) => piece.whole);
  const fillers = all.filter((piece) => piece.filler);
  const main = all.filter((piece) => !piece.whole && !piece.filler);
  const isRare = (piece) => fillers.length > 0 || !isCommon(piece.text);
  const room = Math.max(whole.length ? 0 : 1, most - whole.length - (fillers.length ? 1 : 0));
  const chosen = [...whole, ...spread(main.filter(isRare), room)];
  const left = room + whole.length - chosen.length;
  chosen.push(...spread(main.filter((piece) => !isRare(piece)), left));
  return [...chosen, ...spread(fillers, Math.max(chosen.length ? 0 : 1, most - chosen.length))];
}

// Returns the words of a query; each is a list of the ways to write it, its own first.
function readWords(query, synonyms) {
  return query.split(/\s+/u).map(normalise).filter(Boolean).map((word) => {
    let [form, group] = ["", []];
    for (const candidates of synonyms) {
      for (const candidate of candidates) {
        if (candidate.length > form.length && word.includes(candidate)) [form, group] = [candidate, candidates];
      }
    }
    if (!form) return [wayOf(word)];
    // A text with a form around this one holds this one, too, and need not be looked up besides.
    const others = group.filter((other) => !other.includes(form) && !word.includes(other));
    return [wayOf(word, form), ...others.map((other) => wayOf(word.replace(form, other), other))];
  });
}

export function parseNumber(query) {
  const [, agency, year, number] = query.normalize("NFKC").trim().match(NUMBER) ?? [];
  return Number(number) ? { agency, term: `#${year}-${Number(number)}` } : null;
}

function pieces3(letters) {
  const windows = [];
  for (let at = 0; at < letters.length; at += 3) {
    const from = Math.min(at, letters.length - 3);
    windows.push(letters.slice(from, from + 3));
  }
  return windows;
}

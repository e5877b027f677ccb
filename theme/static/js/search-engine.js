// Full-text search in the reader's browser. The index and its files: policysite/search, docs/search.md.
// No DOM is touched; openIndex() is all there is to call first.

const VERSION = 3;
const WIDE = 0x2e80;
const IN_TITLE = 3;
const ALL_IN_TITLE = 100;
const NUMBERED = 1e6;
const TITLE_LENGTHS = [6, 10, 15, 20, 26];
const UNIT = 32;
const SHOWN = 10;
const FEW = 5; // strict hits, below which looser ones follow
const LOOSE = 20;
const REQUESTS = 16; // to the first titles; records that lie close together are read in one
const LOOKED_UP = [4, 2]; // terms of a query, in the larger segment and in the other
const WIDE_APART = 1000; // documents, the records of which take a request each: one term less
const NEAR = 2048; // bytes that are cheaper to read along than to ask anew
const MANY = 30000; // documents of which each term costs tens of kilobytes
const FAR = 24576;
const [HEAD, LONG, RARE, SIDED] = [2048, 4096, 8, 5000]; // see policysite/search/postings.py
const TOLD = 256;
// If more of the documents that can be checked do not hold a phrase, those that do come first.
const DOUBTFUL = 0.15;
const PROVEN = 20;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NAME = 4; // characters
const IN_FILE = 256; // blocks of records
const PLAIN_STATE = "in-force";
// What people say to a person; a document does not hold it.
const FILLER = /请问|怎么办|怎么|怎样|如何|什么|多少|哪些|哪里|是否|能不能|可不可以|有没有|要不要|吗|呢/gu;
const NUMBER = /^([\u4e00-\u9fff()]*?)\s*[〔[【({]?\s*((?:19|20)\d{2})\s*(?:[〕\]】)}]|年|-|\s)\s*第?\s*(\d{1,5})\s*号?$/u;

// `kind` is "missing" (not there, or no network), "damaged" or "version".
export class IndexError extends Error {
  constructor(kind, what) {
    super(`search index: ${what} is ${kind}`);
    this.name = "IndexError";
    this.kind = kind;
  }
}

// --- from text to terms, as policysite/search/tokens.py does it ---

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

// --- postings, as policysite/search/postings.py packs them ---

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function checksum(prefix, bytes) {
  let state = -1;
  for (let n = 0; n < prefix.length; n += 1) state = CRC[(state ^ prefix.charCodeAt(n)) & 255] ^ (state >>> 8);
  for (let n = 0; n < bytes.length; n += 1) state = CRC[(state ^ bytes[n]) & 255] ^ (state >>> 8);
  return (state ^ -1) >>> 0;
}

// Returns what follows the checksum.
function checked(bytes, seed, number, what) {
  const body = bytes.subarray(4);
  const stated = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (checksum(`${seed} ${number} `, body) !== stated) throw new IndexError("damaged", what);
  return body;
}

// JSON that begins with the checksum of the rest.
function readChecked(bytes, seed, what) {
  const head = 20; // {"check":"01234567",
  const stated = new TextDecoder().decode(bytes.subarray(10, 18));
  if (checksum(`${seed} 0 `, bytes.subarray(head)) !== parseInt(stated, 16)) throw new IndexError("damaged", what);
  return JSON.parse(new TextDecoder().decode(bytes));
}

function riceParameter(space, count) {
  return 31 - Math.clz32(Math.max(1, Math.floor(space * 11 / (count * 16))));
}

class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  // The next 25 bits at least, the first one highest of 32.
  next() {
    const { bytes, place } = this;
    const n = place >>> 3;
    return (bytes[n] << 24 | bytes[n + 1] << 16 | bytes[n + 2] << 8 | bytes[n + 3]) << (place & 7);
  }

  zeros() {
    let count = 0;
    for (;;) {
      const here = Math.clz32(this.next());
      if (here < 25) {
        this.place += here + 1;
        return count + here;
      }
      // Whole bytes, so that what is cut off ends in an error and not in a loop.
      if (this.place >>> 3 >= this.bytes.length) throw new RangeError("no bits are left");
      count += 24;
      this.place += 24;
    }
  }

  // Of 24 bits at most.
  number(width) {
    const value = width && this.next() >>> (32 - width);
    this.place += width;
    return value;
  }

  rice(low) {
    return this.zeros() * 2 ** low + (low > 24 ? this.number(low - 16) * 65536 + this.number(16) : this.number(low));
  }
}

const NOTHING = { documents: new Uint32Array(0), classes: new Uint16Array(0), held: 0, rest: "" };

// Each six bits of a name are a character.
const nameOf = (bits) => [18, 12, 6, 0].map((shift) => DIGITS[bits >>> shift & 63]).join("");

// Postings of a term that `held` documents have, of which `count` are here. The sides, where they
// are told, are beside the class, from bit 4 on, with bit 8 set. `rest` is the name of a file.
function readList(stream, count, held, documents, rest = "") {
  const low = riceParameter(documents, count);
  const tells = held * RARE <= documents && documents <= SIDED;
  const found = { documents: new Uint32Array(count), classes: new Uint16Array(count), held, rest };
  let sides = 0;
  for (let place = 0, id = -1; place < count; place += 1) {
    id += stream.rice(low) + 1;
    found.documents[place] = id;
    const kind = stream.zeros();
    const isTold = tells && !kind;
    if (isTold && !stream.number(1)) sides = stream.number(4);
    found.classes[place] = isTold ? TOLD | sides << 4 : kind;
  }
  return found;
}

// As readList(), for nothing.
function skipList(stream, count, held, documents) {
  const low = riceParameter(documents, count);
  const tells = held * RARE <= documents && documents <= SIDED;
  for (let place = 0; place < count; place += 1) {
    stream.zeros();
    stream.place += low;
    if (!stream.zeros() && tells && !stream.number(1)) stream.place += 4;
  }
}

function readTerm(bytes, bits, shard, documents, wanted) {
  const stream = new Bits(bytes);
  const space = 2 ** (32 - bits);
  const count = stream.number(16);
  const step = count && riceParameter(space, count);
  let term = shard * space - 1;
  for (let n = 0; n < count; n += 1) {
    term += stream.rice(step) + 1;
    if (term > wanted) return NOTHING;
    const width = stream.zeros();
    const held = 2 ** width + stream.number(width);
    const rest = held > LONG && stream.number(1) ? nameOf(stream.number(24)) : "";
    const here = rest ? HEAD : held;
    if (term === wanted) return readList(stream, here, held, documents, rest);
    skipList(stream, here, held, documents);
  }
  return NOTHING;
}

// Both rise; no document is in both.
function merge(one, other) {
  const count = one.held;
  const whole = { documents: new Uint32Array(count), classes: new Uint16Array(count), held: count, rest: "" };
  for (let n = 0, a = 0, b = 0; n < count; n += 1) {
    const fromOne = b === other.documents.length || one.documents[a] < other.documents[b];
    const [list, place] = fromOne ? [one, a] : [other, b];
    whole.documents[n] = list.documents[place];
    whole.classes[n] = list.classes[place];
    if (fromOne) a += 1; else b += 1;
  }
  return whole;
}

// --- one segment ---

class Segment {
  constructor(about, base, first, fetchBytes) {
    Object.assign(this, about);
    this.folder = `${base}${about.name}/`;
    this.first = first; // the id of its first document
    this.fetchBytes = fetchBytes;
    this.kept = new Map();
    this.often = Uint8Array.from(atob(about.common), (c) => c.charCodeAt(0));
    this.blockEnds = [];
    let end = 0;
    [...about.blocks].forEach((length, block) => {
      if (block % IN_FILE === 0) end = 0;
      this.blockEnds.push(end += (length.codePointAt(0) - 0x30) * UNIT);
    });
  }

  edition(names, place) {
    return names.slice(place * NAME, (place + 1) * NAME);
  }

  // Where a block begins in its file.
  startOf(block) {
    return block % IN_FILE ? this.blockEnds[block - 1] : 0;
  }

  // What was asked for once is not asked for again, unless it failed.
  once(key, make) {
    if (!this.kept.has(key)) {
      const promise = make();
      this.kept.set(key, promise);
      promise.catch(() => this.kept.delete(key));
    }
    return this.kept.get(key);
  }

  // Whether most documents have a term, so that others say more.
  isCommon(term) {
    const bit = term & 4095;
    return Boolean(this.often[bit >>> 3] >>> (7 - (bit & 7)) & 1);
  }

  postings(text) {
    return this.once(`term ${text}`, async () => {
      const term = termOf(text);
      const shard = this.bits ? term >>> (32 - this.bits) : 0;
      const bytes = await this.once(`shard ${shard}`, async () => {
        // Beyond a number of shards, neighbours have one name.
        const edition = this.edition(this.shards, Math.floor(shard * this.shards.length / NAME / 2 ** this.bits));
        const name = `${this.folder}${shard.toString(16)}.${edition}.bin`;
        return checked((await this.fetchBytes(name)).bytes, this.name, shard, name);
      });
      return readTerm(bytes, this.bits, shard, this.documents, term);
    });
  }

  // With what of a parted term is in a file of its own, if that can be read.
  async wholePostings(text, note) {
    const head = await this.postings(text);
    if (!head.rest) return head;
    return this.once(`whole ${text}`, async () => {
      const term = termOf(text);
      const name = `${this.folder}t${term.toString(16).padStart(8, "0")}.${head.rest}.bin`;
      const bytes = checked((await this.fetchBytes(name)).bytes, this.name, term, name);
      return merge(head, readList(new Bits(bytes), head.held - HEAD, head.held, this.documents));
    }).catch(() => note() ?? head);
  }

  loadFacets() {
    return this.once("facets", async () => {
      const name = `${this.folder}facets.${this.facets}.json`;
      return readChecked((await this.fetchBytes(name)).bytes, this.name, name);
    });
  }

  // The blocks of the given documents that are not at hand, each with the bytes where it lies.
  missingBlocks(documents) {
    const blocks = [...new Set(documents.map((id) => Math.floor(id / this.block)))];
    return blocks.filter((block) => !this.kept.has(`block ${block}`)).sort((a, b) => a - b)
      .map((block) => ({
        segment: this, file: Math.floor(block / IN_FILE), from: block, to: block,
        start: this.startOf(block), end: this.blockEnds[block],
      }));
  }

  loadBlocks({ file, from, to, start, end }) {
    const name = `${this.folder}r${file.toString(16)}.${this.edition(this.records, file)}.bin`;
    // Browsers ask for one part of an address after the other; parts with their own names, at once.
    const range = this.fetchBytes(`${name}?${start}`, start, end);
    for (let block = from; block <= to; block += 1) {
      this.once(`block ${block}`, async () => {
        const { bytes, offset } = await range;
        const slice = bytes.subarray(this.startOf(block) - offset, this.blockEnds[block] - offset);
        return this.readBlock(checked(slice, this.name, block, name), block);
      }).catch(() => {});
    }
  }

  readBlock(bytes, block) {
    const length = bytes[0] << 8 | bytes[1];
    const titles = new TextDecoder("utf-16le").decode(bytes.subarray(2, 2 + length)).split("\n");
    const rest = new TextDecoder().decode(bytes.subarray(2 + length)).split("\n");
    return titles.map((title, n) => {
      const [slug, day, column, issuers, kind, number] = rest[n].split("\t");
      const date = isoDate(day);
      const [agency, year, sequence] = number.split(",");
      return {
        id: this.first + block * this.block + n,
        title,
        url: slug.startsWith("/") ? slug : `/${date.slice(0, 4)}/${slug}.html`,
        date,
        column: this.columns[column],
        issuer: issuers ? issuers.split(",").map((place) => this.issuers[place]) : [],
        number: number ? `${this.agencies[agency]}〔${year}〕${sequence}号` : "",
        kind: this.kinds[kind] ?? "",
      };
    });
  }

  async record(document) {
    const block = Math.floor(document / this.block);
    return (await this.once(`block ${block}`, () => Promise.reject(new IndexError("missing", "block"))))[document % this.block];
  }
}

const isoDate = (day) => new Date(parseInt(day, 16) * 864e5).toISOString().slice(0, 10);

// --- matching within a segment ---

// Joins what lies close together, and the next closest until there are no more than `room` requests.
function joinRuns(runs, room) {
  const gap = (n) => (runs[n].segment === runs[n + 1].segment && runs[n].file === runs[n + 1].file ? runs[n + 1].start - runs[n].end : Infinity);
  for (;;) {
    let nearest = -1;
    for (let n = 0; n + 1 < runs.length; n += 1) {
      if (nearest < 0 || gap(n) < gap(nearest)) nearest = n;
    }
    if (nearest < 0) return runs;
    const isWorth = runs.length > room && runs[nearest].segment.documents <= SIDED;
    if (gap(nearest) > (isWorth ? FAR : NEAR)) return runs;
    const { to, end } = runs[nearest + 1];
    runs.splice(nearest, 2, { ...runs[nearest], to, end });
  }
}

// What is found of the way of a word: the documents that have all of its terms, each with its worth
// and whether it holds the word for certain; how many have them and do not hold it; and whether
// there may be more, as the best documents alone of each of its terms are known.
function meet(pieces) {
  const isPart = pieces.every(({ list }) => list.rest);
  const isNeeded = ({ list }) => isPart || !list.rest;
  const [shortest, ...others] = [...pieces]
    .sort((a, b) => Number(isNeeded(b)) - Number(isNeeded(a)) || a.list.documents.length - b.list.documents.length);
  const found = { met: [], refuted: 0, isPart };
  if (!shortest) return { ...found, isPart: false };
  const rest = others.map((piece) => ({ piece, ...piece.list, place: 0, needed: isNeeded(piece) }));
  // Thousands of documents: nothing is made for those that are left out.
  const kinds = new Uint16Array(pieces.length);
  shortest.list.documents.forEach((id, n) => {
    kinds[0] = shortest.list.classes[n];
    let evidence = compare(shortest, kinds[0]);
    for (let k = 0; k < rest.length; k += 1) {
      const other = rest[k];
      while (other.documents[other.place] < id) other.place += 1;
      const isHere = other.documents[other.place] === id;
      if (!isHere && other.needed) return;
      // Of the others of a parted term it is not known.
      kinds[k + 1] = isHere ? other.classes[other.place] : 0;
      const own = compare(other.piece, kinds[k + 1]);
      evidence = evidence < 0 || own < 0 ? -1 : Math.max(evidence, own);
    }
    if (evidence < 0) found.refuted += 1;
    else found.met.push([id, worth(kinds), evidence > 0]);
  });
  return found;
}

// Whether a document that has a term once has it between the same characters: 1 if it seems so, -1
// if not, 0 if nobody can tell.
function compare({ before = -1, after = -1 }, kind) {
  if (!(kind & TOLD)) return 0;
  if ((before >= 0 && before !== (kind >> 6 & 3)) || (after >= 0 && after !== (kind >> 4 & 3))) return -1;
  return before >= 0 || after >= 0 ? 1 : 0;
}

// How well a document answers a word, from the kinds of the word's terms in it: all of them in its
// title, the shorter the better; some in its title; often in its text. In few steps, so that among
// equals the newest come first.
function worth(kinds) {
  let inTitle = 0;
  let often = IN_TITLE;
  for (let k = 0; k < kinds.length; k += 1) {
    const own = kinds[k] & 15;
    if (own >= IN_TITLE) inTitle += 1;
    often = Math.min(often, own >= IN_TITLE ? 1 : own);
  }
  if (inTitle === kinds.length) return ALL_IN_TITLE - 8 * ((kinds[0] & 15) - IN_TITLE);
  return 4 * often + 3 * Math.round(2 * inTitle / kinds.length);
}

// How many terms of each word to look up: one at least, of long words more.
function share(words, most) {
  const shares = words.map(() => 1);
  const left = ([way], n) => way.all.length / shares[n];
  for (let rest = most - words.length; rest > 0; rest -= 1) {
    const needs = words.map(left);
    shares[needs.indexOf(Math.max(...needs))] += 1;
  }
  return shares;
}

// Looks the words up. `isWhole`: all that parted terms have, too.
async function matchSegment(segment, words, most, number, note, isWhole) {
  const look = (text) => (isWhole ? segment.wholePostings(text, note) : segment.postings(text)).catch(note);
  const shares = share(words, most);
  const isCommon = (text) => segment.isCommon(termOf(text));
  const asked = words.map((word, n) => word.map((way, place) => (
    choose(way, place ? Math.ceil(shares[n] / 2) : shares[n], isCommon).map((piece) => ({ ...piece, place, list: look(piece.text) })))));
  const numbered = number && await look(number.term);
  const lists = [];
  const found = [];
  for (const word of asked) {
    const ways = [];
    for (const way of word) {
      for (const piece of way) piece.list = await piece.list;
      const readable = way.filter((piece) => piece.list); // what cannot be read is held against no document
      lists.push(...readable);
      ways.push(meet(readable));
    }
    found.push(ways);
  }
  return { segment, words: found, lists, numbered: [...numbered?.documents ?? []] };
}

// Returns the score of each document that has a word in some way, over all segments.
function scoreWord(matches, word) {
  const scores = new Map();
  let isPart = false;
  matches[0].words[word].forEach((_, way) => {
    const ways = matches.map(({ segment, words }) => [segment.first, words[word][way]]);
    const refuted = ways.reduce((sum, [, { refuted: count }]) => sum + count, 0);
    const proven = ways.reduce((sum, [, { met }]) => sum + met.filter(([, , isProven]) => isProven).length, 0);
    const bonus = refuted > DOUBTFUL * (refuted + proven) ? PROVEN : 0;
    for (const [first, { met, isPart: isPartHere }] of ways) {
      isPart ||= isPartHere;
      for (const [id, own, isProven] of met) {
        const score = own + (isProven ? bonus : 0);
        if (way === 0) scores.set(id + first, score);
        else if (!scores.has(id + first)) scores.set(id + first, Math.min(score, ALL_IN_TITLE / 2) - 3);
      }
    }
  });
  return { scores, isPart };
}

// Returns the documents that have every word, with their scores. A word of which the best documents
// alone are known excludes none where another word tells which documents there can be.
function scoreWords(matches) {
  const words = (matches[0]?.words ?? []).map((_, word) => scoreWord(matches, word));
  const whole = words.filter(({ isPart }) => !isPart);
  const [first, ...others] = whole.length ? whole : words;
  const scores = new Map();
  for (const [id, score] of first?.scores ?? []) {
    if (others.every((other) => other.scores.has(id))) {
      scores.set(id, others.reduce((sum, other) => sum + other.scores.get(id), score));
    }
  }
  if (!whole.length) return { scores, isPart: words.length > 0 };
  for (const { scores: known } of words.filter(({ isPart }) => isPart)) {
    for (const [id, score] of known) if (scores.has(id)) scores.set(id, scores.get(id) + score + PROVEN);
  }
  return { scores, isPart: false };
}

// Ranks the documents that have some of the terms: rare terms weigh more, those in titles too.
function rankLoosely(lists, documents) {
  const scores = new Map();
  let whole = 0;
  for (const { list, filler, place } of lists) {
    if (filler) continue;
    const weight = Math.log(1 + documents / (1 + list.held));
    if (place === 0 && list.held) whole += weight;
    list.documents.forEach((id, n) => {
      const c = list.classes[n] & 15;
      const entry = scores.get(id) ?? [0, 0];
      scores.set(id, [entry[0] + weight * (c >= IN_TITLE ? 2.5 : 1 + c / 2), entry[1] + weight]);
    });
  }
  return [...scores].filter(([, [, held]]) => held >= whole * 0.4).map(([id, [score]]) => [id, score]);
}

const SPAN = 2 ** 25; // more than there are documents

// The best first, and among equals the newest. As numbers, for which sorting need not ask.
function rank(ids, scores) {
  const keys = Float64Array.from(ids, (id) => id - scores.get(id) * SPAN).sort();
  return Array.from(keys, (key) => (key % SPAN + SPAN) % SPAN);
}

// --- the engine ---

class Engine {
  constructor(base, get) {
    this.base = base;
    this.get = get;
    this.requests = 0;
    this.room = REQUESTS / 2; // for the records of what was found
  }

  async load() {
    const name = `${this.base}manifest.json`;
    const { bytes } = await this.fetchBytes(name, undefined, undefined, { cache: "no-cache" });
    const { check, version, segments, synonyms, states, successors } = readChecked(bytes, "manifest", name);
    if (version !== VERSION) throw new IndexError("version", name);
    if (check === this.check) return false;
    this.check = check;
    this.answers = new Map(); // to what was asked before, as while going back and forth
    let count = 0;
    this.segments = segments.map((about) => {
      const segment = new Segment(about, this.base, count, (...request) => this.fetchBytes(...request));
      count += about.documents;
      return segment;
    });
    this.count = count;
    this.synonyms = synonyms;
    this.forms = synonyms.map((group) => group.map(normalise));
    this.states = new Map();
    for (const [code, label, steps] of states) {
      let id = 0;
      for (const step of steps) this.states.set(id += step, [code, label]);
    }
    this.successors = new Map(successors.map(([id, ...after]) => [id, after]));
    return true;
  }

  // Returns the bytes from `start` to `end`, or the whole file and where it begins.
  async fetchBytes(name, start, end, options = {}) {
    this.requests += 1;
    const headers = end === undefined ? {} : { Range: `bytes=${start}-${end - 1}` };
    let answer;
    let bytes;
    try {
      answer = await this.get(name, { ...options, headers });
      bytes = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    } catch {
      throw new IndexError("missing", name);
    }
    if (!bytes) throw new IndexError("missing", name);
    return { bytes, offset: answer.status === 206 ? start : 0 };
  }

  // How many terms to look up in a segment: most in the largest.
  budget(segment) {
    if (this.segments.length === 1) return LOOKED_UP[0] + LOOKED_UP[1];
    if (segment.documents > MANY) return 2;
    const most = LOOKED_UP[Number(this.segments.some((other) => other.documents > segment.documents))];
    return segment.documents > WIDE_APART ? Math.min(most, LOOKED_UP[0] - 1) : most;
  }

  segmentOf(id) {
    return this.segments.find((segment) => id < segment.first + segment.documents);
  }

  // `all`: every hit there is, where otherwise the best may do (`isPart`).
  async search(query, { filters = {}, sort = "relevance", counts = false, all = false } = {}) {
    const key = JSON.stringify([query, filters, sort, counts, all]);
    if (this.answers.has(key)) return { ...this.answers.get(key) };
    let found = await this.searchOnce(query, filters, sort, counts, all);
    // A site published anew has taken the files away that the old manifest names.
    if (found.damaged && await this.load().catch(() => false)) found = await this.searchOnce(query, filters, sort, counts, all);
    if (!found.damaged) this.answers.set(key, found);
    return { ...found };
  }

  match(words, number, note, isWhole = false) {
    return Promise.all(this.segments.map((segment) => (
      matchSegment(segment, words, this.budget(segment), number, note, isWhole))));
  }

  async searchOnce(query, filters, sort, counts, isAll) {
    const found = { terms: [], hits: [], strict: 0, loose: [], counts: null, hint: "", damaged: false, isPart: false };
    const note = () => { found.damaged = true; };
    const chosen = Object.entries(filters).filter(([, values]) => values?.length);
    const number = parseNumber(query);
    const asked = this.requests;
    const all = readWords(query, this.forms);
    const words = all.filter((word) => word[0].all.length);
    found.terms = all.map((word) => word.map((way) => way.text));
    if (!words.length && !number) {
      found.hint = all.length ? "short" : "empty";
      if (!chosen.length) return found;
    }
    let matches = await this.match(words, number, note);
    let { scores, isPart } = scoreWords(matches);
    if (isPart && (isAll || counts || chosen.length || sort === "date" || scores.size < SHOWN)) {
      matches = await this.match(words, number, note, true);
      ({ scores, isPart } = scoreWords(matches));
    }
    found.isPart = isPart;
    const facets = chosen.length || counts ? await this.readFacets(note) : null;
    const fits = (id) => !facets || facets.fits(id, chosen);

    if (!words.length && !number && !all.length) for (let id = 0; id < this.count; id += 1) scores.set(id, 0);
    if (number) await this.addNumbered(scores, matches, number);
    const everything = [...scores.keys()];
    let hits = everything.filter(fits);
    const room = REQUESTS - 2 - (this.requests - asked);
    if (sort !== "date") {
      hits = await this.putTitlesFirst(rank(hits, scores), scores, query, number, room);
    } else hits.sort((a, b) => a - b);
    found.hits = hits;
    found.strict = hits.length;
    found.counts = facets && facets.count(everything, chosen);
    if (hits.length < FEW && (words.length || number)) {
      let loose = await this.looser(matches, query, note);
      if (!loose.length && this.synonyms.length) {
        const plain = readWords(query, []).filter((word) => word[0].all.length);
        const again = await this.match(plain, null, note);
        loose = await this.looser(again, query, note);
      }
      found.loose = loose.filter((id) => !scores.has(id) && fits(id)).slice(0, LOOSE);
    }
    this.room = Math.max(2, REQUESTS - 2 - (this.requests - asked));
    return found;
  }

  // Puts the documents that bear the 发文字号 before all others.
  async addNumbered(scores, matches, { agency }) {
    const ids = matches.flatMap(({ segment, numbered }) => numbered.map((id) => id + segment.first));
    const records = agency ? await this.records(ids) : [];
    const wanted = normalise(agency);
    ids.forEach((id, n) => {
      if (!agency || !records[n] || normalise(records[n].number).includes(wanted)) scores.set(id, NUMBERED);
    });
  }

  // A document that has ended comes after the one that took its place, which moves up to it.
  afterSuccessors(hits) {
    const among = new Set(hits);
    const ordered = new Set();
    const place = (id) => {
      if (!among.delete(id)) return;
      (this.successors.get(id) ?? []).forEach(place);
      ordered.add(id);
    };
    hits.forEach(place);
    return [...ordered];
  }

  // Of the first hits, an exact title comes first, then a title that holds the words as they stand.
  async putTitlesFirst(hits, scores, query, number, room) {
    const wanted = query.split(/\s+/u).map(normalise).filter(Boolean);
    const whole = normalise(query).replace(/ /gu, "");
    const best = ALL_IN_TITLE * wanted.length - 8 * titleRank(whole.length) * wanted.length;
    const likely = hits.filter((id) => scores.get(id) === best).length;
    const window = hits.slice(0, Math.max(SHOWN, Math.min(likely, 3 * SHOWN)));
    const records = await this.records(window, room);
    const groups = [[], [], [], []];
    window.forEach((id, n) => {
      const title = normalise(records[n]?.title ?? "");
      if (number && scores.get(id) === NUMBERED) groups[0].push(id);
      else if (title.replace(/ /gu, "") === whole) groups[1].push(id);
      else groups[wanted.length && wanted.every((word) => title.includes(word)) ? 2 : 3].push(id);
    });
    const [numbered, exact, ...others] = groups;
    // Who asks for a document by its number wants that one, whether it holds or not.
    return [...numbered, ...this.afterSuccessors(exact), ...this.afterSuccessors([...others.flat(), ...hits.slice(window.length)])];
  }

  async looser(matches, query, note) {
    const initials = /^[a-z]{3,}$/iu.test(query.trim()) ? await this.byInitials(query.trim(), note) : [];
    const ranked = matches.flatMap(({ segment, lists }) => (
      rankLoosely(lists, segment.documents).map(([id, score]) => [id + segment.first, score])));
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return [...new Set([...initials, ...ranked.slice(0, 2 * LOOSE).map(([id]) => id)])];
  }

  async byInitials(letters, note) {
    const windows = pieces3(letters.toLowerCase());
    const found = await Promise.all(this.segments.map(async (segment) => {
      const lists = await Promise.all(windows.map((text) => segment.postings(`'${text}`).catch(note)));
      return meet(asPieces(lists)).met.sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .map(([id]) => id + segment.first);
    }));
    return found.flat();
  }

  async readFacets(note) {
    const loaded = await Promise.all(this.segments.map((segment) => segment.loadFacets().catch(note)));
    const values = (id) => {
      const segment = this.segmentOf(id);
      const facets = loaded[this.segments.indexOf(segment)];
      if (!facets) return null;
      const place = id - segment.first;
      const column = segment.columns[facets.column[place]];
      const [state] = this.states.get(id) ?? [facets.document[place] ? PLAIN_STATE : ""];
      return {
        column: [...new Set([column.split("/")[0], column])],
        year: [isoDate(facets.day[place]).slice(0, 4)],
        issuer: facets.issuer[place].map((issuer) => segment.issuers[issuer]),
        kind: facets.kind[place] < 0 ? [] : [segment.kinds[facets.kind[place]]],
        validity: state ? [state] : [],
      };
    };
    const fits = (id, chosen) => {
      const own = values(id);
      return own !== null && chosen.every(([facet, wanted]) => own[facet].some((value) => wanted.includes(value)));
    };
    const count = (ids, chosen) => {
      const counts = { column: {}, year: {}, issuer: {}, kind: {}, validity: {} };
      for (const id of ids) {
        const own = values(id);
        if (!own) continue;
        const against = chosen.filter(([facet, wanted]) => !own[facet].some((value) => wanted.includes(value)));
        for (const facet of Object.keys(counts)) {
          if (against.some(([other]) => other !== facet)) continue;
          for (const value of own[facet]) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
        }
      }
      return counts;
    };
    return { fits, count };
  }

  async records(ids, room = this.room) {
    this.room = REQUESTS / 2;
    const runs = this.segments.flatMap((segment) => segment.missingBlocks(
      ids.map((id) => id - segment.first).filter((id) => id >= 0 && id < segment.documents)));
    for (const run of joinRuns(runs, room)) run.segment.loadBlocks(run);
    return Promise.all(ids.map(async (id) => {
      const segment = this.segmentOf(id);
      try {
        const record = await segment.record(id - segment.first);
        const [validity, label] = this.states.get(id) ?? ["", ""];
        return { ...record, validity, label };
      } catch {
        return null;
      }
    }));
  }

  // Titles for someone who is still typing: by part of the title, 发文字号 or initials in pinyin.
  async suggest(text, n = 8) {
    const note = () => {};
    const normal = normalise(text).replace(/ /gu, "");
    const number = parseNumber(text);
    const terms = spread(pieces(normal), 3).map((piece) => piece.text);
    const found = [];
    for (const segment of this.segments) {
      const look = (term) => segment.postings(term).catch(note);
      const numbered = number && await look(number.term);
      if (numbered) found.push(...[...numbered.documents].map((id) => [id + segment.first, 2 * ALL_IN_TITLE]));
      const lists = await Promise.all(terms.map(look));
      for (const [id, score] of meet(asPieces(lists)).met) {
        if (score > ALL_IN_TITLE / 2) found.push([id + segment.first, score]);
      }
    }
    found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const initials = /^[a-z]{3,}$/u.test(normal) ? await this.byInitials(normal, note) : [];
    const ids = [...new Set([...found.map(([id]) => id), ...initials])].slice(0, 2 * n);
    const records = (await this.records(ids)).filter(Boolean);
    const isMeant = (record) => number || initials.includes(record.id) || normalise(record.title).replace(/ /gu, "").includes(normal);
    return records.filter(isMeant).slice(0, n).map(({ title, url, number: printed }) => ({ title, url, number: printed }));
  }

  // What a hit's own page says of it; null if that cannot be read.
  async excerpt(record, terms) {
    try {
      const [{ cutExcerpt }, answer] = await Promise.all([import("js/search-excerpt.js"), this.get(record.url)]);
      return answer.ok ? cutExcerpt(await answer.text(), record, terms, normalise) : null;
    } catch {
      return null;
    }
  }
}

const asPieces = (lists) => lists.filter(Boolean).map((list) => ({ list }));

const titleRank = (length) => TITLE_LENGTHS.filter((limit) => limit < length).length;

function pieces3(letters) {
  const windows = [];
  for (let at = 0; at < letters.length; at += 3) {
    const from = Math.min(at, letters.length - 3);
    windows.push(letters.slice(from, from + 3));
  }
  return windows;
}

// Reads what there is below `base` ("/search/"). Throws an IndexError where that cannot be used.
export async function openIndex(base, { get = (...request) => fetch(...request) } = {}) {
  const engine = new Engine(base, get);
  await engine.load();
  return engine;
}

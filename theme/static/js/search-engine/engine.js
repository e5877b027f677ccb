// The engine: which terms of a query to look up where, and what to show of what is found.
// openIndex() is all there is to call first.

const VERSION = 3;
const NUMBERED = 1e6;
const TITLE_LENGTHS = [6, 10, 15, 20, 26];
const SHOWN = 10;
const FEW = 5; // strict hits, below which looser ones follow
const LOOSE = 20;
const REQUESTS = 16; // to the first titles; records that lie close together are read in one
const LOOKED_UP = [4, 2]; // terms of a query, in the larger segment and in the other
const WIDE_APART = 1000; // documents, the records of which take a request each: one term less
const MANY = 30000; // documents of which each term costs tens of kilobytes
const PLAIN_STATE = "in-force";

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

const titleRank = (length) => TITLE_LENGTHS.filter((limit) => limit < length).length;

// Reads what there is below `base` ("/search/"). Throws an IndexError where that cannot be used.
export async function openIndex(base, { get = (...request) => fetch(...request) } = {}) {
  const engine = new Engine(base, get);
  await engine.load();
  return engine;
}

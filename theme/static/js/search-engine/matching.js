// What is found of words within segments, how well it answers them, and in what order.

const IN_TITLE = 3;
const ALL_IN_TITLE = 100;
const NEAR = 2048; // bytes that are cheaper to read along than to ask anew
const FAR = 24576;
// If more of the documents that can be checked do not hold a phrase, those that do come first.
const DOUBTFUL = 0.15;
const PROVEN = 20;

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

const asPieces = (lists) => lists.filter(Boolean).map((list) => ({ list }));

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

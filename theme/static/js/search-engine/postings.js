// Postings, as policysite/search/postings.py packs them.

const [HEAD, LONG, RARE, SIDED] = [2048, 4096, 8, 5000]; // see policysite/search/postings.py
const TOLD = 256;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// `kind` is "missing" (not there, or no network), "damaged" or "version".
export class IndexError extends Error {
  constructor(kind, what) {
    super(`search index: ${what} is ${kind}`);
    this.name = "IndexError";
    this.kind = kind;
  }
}

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

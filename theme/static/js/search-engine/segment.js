// One segment of the index: what is read of its files, and kept.

const UNIT = 32;
const NAME = 4; // characters
const IN_FILE = 256; // blocks of records

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

/* The index of search words, as search/parts.py writes it. Which file tells where a word stands
   follows from a hash of the word; the file has for each part of the index the words of that bucket
   and for each word one byte for every page of the part: how much it says about the page. */

import { fetchBytes, unpack } from "./files.js";

const NUMBER = 4; // bytes of a number at the beginning of a file
const SEPARATOR = 0; // between the words and their rows

/** The index belongs to another order of the pages than the list of names that was loaded. */
export class Outdated extends Error {}

export class Words {
  /** `about` is what the list of names says of the index. */
  constructor(site, about) {
    this.site = site;
    this.about = about;
    this.buckets = new Map();
  }

  /** The weight of a word for each page, in the order of the list of names; 0 where it is missing. */
  async row(word) {
    const number = bucketOf(word, this.about.buckets);
    const parts = await this.bucket(number);
    const row = new Uint8Array(this.about.parts.reduce((sum, count) => sum + count, 0));
    let start = 0;
    parts.forEach((part, place) => {
      const own = part.get(word);
      if (own) row.set(own, start);
      start += this.about.parts[place];
    });
    return row;
  }

  /** A bucket once; a failed load may be tried again. */
  bucket(number) {
    if (!this.buckets.has(number)) {
      const loading = this.load(number);
      loading.catch(() => this.buckets.delete(number));
      this.buckets.set(number, loading);
    }
    return this.buckets.get(number);
  }

  async load(number) {
    const { edition, parts } = this.about;
    const file = await fetchBytes(this.site, `search/words/${number}.bin`);
    const pieces = split(file, edition, parts.length);
    return Promise.all(pieces.map((piece, place) => readRows(piece, parts[place])));
  }
}

/** What each part has in a file. */
function split(file, edition, count) {
  const view = new DataView(file.buffer);
  const head = NUMBER * (1 + count);
  if (file.length < NUMBER) throw new Error("words: damaged");
  if (view.getUint32(0, true) !== edition) throw new Outdated("words: of another edition");
  if (file.length < head) throw new Error("words: damaged");
  let start = head;
  const pieces = Array.from({ length: count }, (_, place) => {
    const length = view.getUint32(NUMBER * (1 + place), true);
    return file.subarray(start, (start += length));
  });
  if (start !== file.length) throw new Error("words: damaged");
  return pieces;
}

/** The rows of a piece by word. */
async function readRows(piece, pages) {
  if (!piece.length) return new Map();
  const content = await unpack(piece);
  const end = content.indexOf(SEPARATOR);
  const words = new TextDecoder().decode(content.subarray(0, end)).split("\n");
  if (end < 0 || content.length !== end + 1 + words.length * pages) throw new Error("words: damaged");
  const row = (place) => content.subarray(end + 1 + place * pages, end + 1 + (place + 1) * pages);
  return new Map(words.map((word, place) => [word, row(place)]));
}

/* ---- the hash, as zlib.crc32 in search/tokens.py ------------------------------------------ */

const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let rest = number;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

export function bucketOf(word, buckets) {
  let rest = 0xffffffff;
  for (const byte of new TextEncoder().encode(word)) rest = TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
  return ((rest ^ 0xffffffff) >>> 0) % buckets;
}

/* The full text. A query is cut into search words; a page that holds the query holds all of them.
   What is shown is compared with the text of the page itself. */

import { fetchBytes, unpack } from "./files.js";
import { needlesFor, rangesOf, searchWords, squeeze } from "./text.js";
import { Outdated, Words } from "./words.js";
import { say } from "./said.js";

const MOST_WORDS = 8; // each costs a file of the index
const COMPARED = 20; // pages whose text is compared with the query, at most
const BEFORE = 18; // characters of an excerpt before what is marked
const LENGTH = 76;

export class FullText {
  /** `sources` gives the list of names: what is found is one of its pages. */
  constructor(sources) {
    this.sources = sources;
  }

  /** The pages that hold the query: `{ hits, near }`. `near` is true where none holds all of it
      and the hits hold the most of it. Pages that fit come first, and the first `shown` of them are
      told from the text. */
  async find(query, shown, fits = () => true) {
    const words = choose(searchWords(query), MOST_WORDS);
    if (!words.length) return { hits: [], near: false };
    const rows = await this.rows(words);
    const counted = count(rows);
    const most = counted.reduce((best, one) => Math.max(best, one.count), 0);
    const isEnough = most * 2 > words.length;
    const hits = counted
      .filter((one) => isEnough && one.count === most)
      .map(({ place, score }) => new Hit(this.sources.site, this.pages[place], score))
      .sort(byRank);
    const fitting = hits.filter((hit) => fits(hit.page));
    const sorted = words.length > 1 ? await wholeFirst(fitting, squeeze(query), shown) : fitting;
    const others = hits.filter((hit) => !fits(hit.page));
    return { hits: [...sorted, ...others], near: most < words.length };
  }

  /** The row of each word. A site that was published meanwhile is read anew, once. */
  async rows(words) {
    try {
      return await this.readRows(words);
    } catch (error) {
      if (!(error instanceof Outdated)) throw error;
      this.sources.forget();
      return this.readRows(words);
    }
  }

  async readRows(words) {
    const names = await this.sources.names();
    if (this.known !== names) {
      this.known = names;
      this.pages = names.inOrder();
      this.words = new Words(this.sources.site, names.index);
    }
    return Promise.all(words.map((word) => this.words.row(word)));
  }
}

/** A page that was found; its text comes when it is asked for. */
class Hit {
  constructor(site, page, score) {
    this.site = site;
    this.page = page;
    this.score = score;
  }

  /** The sections of the page: id, heading and text of each, of an indicator its values as well. */
  sections() {
    if (!this.loading) {
      this.loading = this.load();
      this.loading.catch(() => (this.loading = null));
    }
    return this.loading;
  }

  async load() {
    const { address, root = "" } = this.page;
    const file = await fetchBytes(this.site, `${root}search/texts/${address.slice(root.length)}text.bin`);
    return JSON.parse(new TextDecoder().decode(await unpack(file)));
  }

  /** Does title or text hold these squeezed words? */
  async holds(words) {
    if (squeeze(this.page.title).includes(words)) return true;
    const sections = await this.sections();
    return sections.some(([, , text]) => squeeze(text).includes(words));
  }

  /** Up to `most` passages of the page with what is to be marked in them, those of indicators
      first. */
  async passages(query, most) {
    const sections = await this.sections();
    const needles = needlesFor(query, sections.map(([, , text]) => text).join("\n"));
    const found = sections
      .map(([id, heading, text, values]) => ({ id, heading, text, values, ranges: rangesOf(text, needles) }))
      .filter((section) => section.ranges.length)
      .sort((a, b) => !!b.values - !!a.values);
    return found.slice(0, most).map((section) => (section.values ? measured(section, needles) : excerpt(section)));
  }
}

/** Lists and guides hold the words of many reports and come after them. */
const isList = ({ page }) => !["report", "department"].includes(page.type);

/** Lists last; then what says most; of equals the newest. */
const byRank = (a, b) =>
  isList(a) - isList(b) || b.score - a.score || (b.page.year || 0) - (a.page.year || 0);

/** Words from all over the list, at most so many. */
function choose(words, most) {
  if (words.length <= most) return words;
  return Array.from({ length: most }, (_, n) => words[Math.round((n * (words.length - 1)) / (most - 1))]);
}

/** The places of pages that hold any word, with how many they hold and how much these say; a word
    that few pages hold says more. */
function count(rows) {
  const found = [];
  const worth = rows.map((row) => {
    const holding = row.reduce((sum, weight) => sum + (weight ? 1 : 0), 0);
    return Math.log(1 + row.length / (holding || 1));
  });
  for (let place = 0; place < rows[0].length; place += 1) {
    const one = { place, count: 0, score: 0 };
    rows.forEach((row, number) => {
      one.count += row[place] ? 1 : 0;
      one.score += row[place] * worth[number];
    });
    if (one.count) found.push(one);
  }
  return found;
}

/** The first pages that hold the whole query come before those that only hold its words. A text
    that can't be read tells nothing of its page's place. */
async function wholeFirst(hits, query, shown) {
  const whole = [];
  for (let at = 0; at < COMPARED && whole.length < shown; at += shown) {
    const some = hits.slice(at, Math.min(at + shown, COMPARED));
    const held = await Promise.all(some.map((hit) => hit.holds(query).catch(() => false)));
    whole.push(...some.filter((_, place) => held[place]));
  }
  const known = new Set(whole);
  return [...whole, ...hits.filter((hit) => !known.has(hit))];
}

/** Of an indicator its name, or what else of its row holds the words, with target and actual
    value. */
function measured(section, needles) {
  const [name, target, actual] = section.values;
  const ranges = rangesOf(name, needles);
  const found = excerpt(ranges.length ? { ...section, text: name, ranges } : section);
  const values = [target && say("target", target), actual && say("actual", actual)].filter(Boolean);
  if (!ranges.length && name) found.pieces[0] = `${name}：${found.pieces[0]}`;
  found.pieces[found.pieces.length - 1] += `（${values.join("，")}）`;
  return found;
}

/** The part of a section round a mark, in prose if there is any: pieces of text, those at odd
    places marked. */
function excerpt({ id, heading, text, ranges }) {
  const lines = ranges.map(([from]) => lineAround(text, from));
  const lengths = lines.map(([start, end]) => Math.min(end - start, LENGTH));
  const best = lengths.indexOf(Math.max(...lengths));
  const [lineStart, lineEnd] = lines[best];
  const start = Math.max(lineStart, ranges[best][0] - BEFORE);
  const end = Math.max(Math.min(lineEnd, start + LENGTH), ranges[best][1]);
  const pieces = [];
  let at = start;
  for (const [from, to] of ranges.filter((range) => range[0] >= start && range[1] <= end)) {
    pieces.push(text.slice(at, from), text.slice(from, to));
    at = to;
  }
  pieces.push(text.slice(at, end));
  const shown = pieces.map((piece) => piece.replace(/\s+/g, " "));
  if (start > lineStart) shown[0] = `…${shown[0]}`;
  if (end < lineEnd) shown.push(`${shown.pop()}…`);
  return { id, heading, pieces: shown };
}

/** The line that a place stands in; of a table, where lines are short, the rest of the row. */
function lineAround(text, place) {
  const start = text.lastIndexOf("\n", place) + 1;
  const endAfter = (at) => {
    const found = text.indexOf("\n", at);
    return found < 0 ? text.length : found;
  };
  let end = endAfter(place);
  while (end < text.length && end - start < BEFORE) end = endAfter(end + 1);
  return [start, end];
}

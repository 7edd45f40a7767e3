/* The full text, through Pagefind. A query is cut into search words; a page that holds the query
   holds all of them. What is shown is compared with the text of the page itself. */

import { needlesFor, rangesOf, searchWords, squeeze } from "./text.js";

const MOST_WORDS = 8; // each costs a part of the index
const COMPARED = 20; // pages whose text is compared with the query
const BEFORE = 18; // characters of an excerpt before what is marked
const LENGTH = 76;

export class FullText {
  /** `names` gives the list of names: what is found is one of its reports. */
  constructor(site, names) {
    this.site = site;
    this.names = names;
    this.loading = null;
    this.folder = new URL("pagefind/", site).pathname;
  }

  /** Load Pagefind and the list of pages once; a failed load may be tried again. */
  load() {
    this.loading ||= this.start();
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }

  async start() {
    const [pagefind, pages] = await Promise.all([this.startPagefind(), this.loadPages()]);
    const others = pages.parts.slice(1);
    await Promise.all(others.map((_, place) => pagefind.mergeIndex(`${this.folder}${place + 1}/`)));
    return { pagefind, pages };
  }

  async startPagefind() {
    const { createInstance } = await import(new URL("pagefind/pagefind.js", this.site).href);
    return createInstance({ basePath: this.folder, baseUrl: this.site.pathname });
  }

  /** Every page of the index by Pagefind's name for it. */
  async loadPages() {
    const answer = await fetch(new URL("search/pages.json", this.site), { cache: "no-cache" });
    if (!answer.ok) throw new Error(`pages: ${answer.status}`);
    const [list, names] = [await answer.json(), await this.names()];
    const named = [...names.departments, ...names.reports, ...names.yearPages];
    const known = new Map(named.map((page) => [page.address, page]));
    const pages = new Pages(list.parts);
    list.reports.split(" ").forEach((name, place) => name && pages.set(name, names.reports[place]));
    for (const [name, address, title, kind] of list.others) {
      pages.set(name, known.get(address) || { type: "page", address, title, kind });
    }
    return pages;
  }

  /** The pages that hold the query: `{ hits, near }`. `near` is true where none holds all of it
      and the hits hold the most of it. */
  async find(query) {
    const words = choose(searchWords(query), MOST_WORDS);
    if (!words.length) return { hits: [], near: false };
    const { pagefind, pages } = await this.load();
    const answers = await Promise.all(words.map((word) => pagefind.search(asTerm(word))));
    const counted = count(answers.map((answer) => answer.results));
    const most = Math.max(0, ...counted.map((one) => one.count));
    const hits = counted
      .filter((one) => one.count === most && most * 2 > words.length)
      .map(({ result, score }) => new Hit(pages.get(result.id), result, score))
      .filter((hit) => hit.page)
      .sort((a, b) => isList(a) - isList(b) || b.score - a.score);
    const sorted = words.length > 1 ? await wholeFirst(hits, squeeze(query)) : hits;
    return { hits: sorted, near: most < words.length };
  }
}

/** Pages by the beginnings of Pagefind's names for them; no two names have the same one. */
class Pages {
  /** `parts` holds, for each part of the index, what its names begin with. */
  constructor(parts) {
    this.parts = parts;
    this.known = new Map();
  }

  /** `name` is a sign for the part, then the beginning of the hash. */
  set(name, page) {
    this.known.set(this.parts[parseInt(name[0], 36)] + name.slice(1), page);
  }

  get(id) {
    for (let end = id.lastIndexOf("_") + 2; end <= id.length; end += 1) {
      const page = this.known.get(id.slice(0, end));
      if (page) return page;
    }
    return null;
  }
}

/** A page that was found; its text comes when it is asked for. */
class Hit {
  constructor(page, result, score) {
    this.page = page;
    this.result = result;
    this.score = score;
  }

  text() {
    this.loaded ||= this.result.data();
    return this.loaded;
  }

  /** Up to `most` passages of the page with what is to be marked in them. */
  async passages(query, most) {
    const { content, anchors } = await this.text();
    const sections = split(content, anchors);
    const needles = needlesFor(query, content);
    const found = sections
      .map((section) => ({ ...section, ranges: rangesOf(section.text, needles) }))
      .filter((section) => section.ranges.length);
    return found.slice(0, most).map(excerpt);
  }
}

/** Lists and guides hold the words of many reports and come after them. */
const isList = ({ page }) => !["report", "department"].includes(page.type);

/** A number or Latin word is asked for as it is, or Pagefind would add all that begin so. */
const asTerm = (word) => (/^z[0-9a-f]{8,}$/.test(word) ? word : `"${word}"`);

/** Words from all over the list, at most so many. */
function choose(words, most) {
  if (words.length <= most) return words;
  return Array.from({ length: most }, (_, n) => words[Math.round((n * (words.length - 1)) / (most - 1))]);
}

function count(answers) {
  const found = new Map();
  for (const result of answers.flat()) {
    const one = found.get(result.id) || { result, count: 0, score: 0 };
    one.count += 1;
    one.score += result.score;
    found.set(result.id, one);
  }
  return [...found.values()];
}

/** The first pages that hold the whole query come before those that only hold its words. */
async function wholeFirst(hits, query) {
  const head = hits.slice(0, COMPARED);
  const texts = await Promise.all(head.map((hit) => hit.text()));
  const whole = head.filter((_, place) => squeeze(texts[place].content).includes(query));
  return [...whole, ...hits.filter((hit) => !whole.includes(hit))];
}

function split(content, anchors) {
  const starts = [{ id: "", text: "", location: 0 }, ...anchors];
  return starts.map(({ id, text, location }, place) => ({
    id, heading: text, text: content.slice(location, starts[place + 1]?.location),
  }));
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

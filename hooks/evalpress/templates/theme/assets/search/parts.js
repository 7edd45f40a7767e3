/* Pieces of the page that the box and the search page share. */

import { needlesFor, rangesOf } from "./text.js";
import { say } from "./said.js";

/** Stands where a passage would, when the text of a page could not be loaded. */
export const UNREAD = say("unread");

/** Make an element; `content` is a list of strings and elements. */
export function make(tag, attributes = {}, content = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

/** Put these nodes into an element in place of what it holds. */
export function fill(element, nodes) {
  element.textContent = "";
  element.append(...nodes);
}

/** Pieces of text as nodes, those at odd places marked. */
export const markedNodes = (pieces) =>
  pieces.map((piece, place) => (place % 2 ? make("mark", {}, [piece]) : piece));

/** A title with the words of the query marked. */
export function titleNodes(title, query) {
  const pieces = [];
  let at = 0;
  for (const [start, end] of query ? rangesOf(title, needlesFor(query, title)) : []) {
    pieces.push(title.slice(at, start), title.slice(start, end));
    at = end;
  }
  return markedNodes([...pieces, title.slice(at)]);
}

/** What a page is, in a few words; where districts are joined, of which one. */
export const aboutWords = (page) => [page.district, ...ownWords(page)].filter(Boolean);

function ownWords(page) {
  if (page.type === "department") return [page.kind, page.group, pendingWords(page)];
  if (page.type === "gap") return [page.kind, dueWords(page), page.reason];
  if (page.type !== "report") return [page.kind];
  return [page.department.short, say("of_year", page.year), page.kind];
}

const dueWords = ({ due }) => due && say("due", due);

/** Of a department whose newest report is not there. */
function pendingWords({ gaps, reports }) {
  const newest = Math.max(...reports.filter(({ slug }) => !slug).map(({ year }) => year));
  const pending = gaps.find(({ year }) => year > newest);
  return pending && [say("year_said", pending.year, pending.said), dueWords(pending)].filter(Boolean).join("，");
}

/** A filter that can be taken away. */
export const chip = ({ id, value, shown }) => {
  const button = { type: "button", name: id, value, "aria-label": say("drop", shown) };
  return make("li", {}, [make("button", button, [shown, make("span", { "aria-hidden": "true" }, [" ×"])])]);
};

export const withScore = (page) =>
  page.score == null ? "" : say("score", page.score, page.grade ? `，${page.grade}` : "");

const linkTo = (site) => (address, word) => make("a", { href: new URL(address, site).href }, [word]);

/** What failed, and where everything can be found without a search. */
export const failureNodes = (said, site) =>
  [make("p", {}, [say("try_again", said), linkTo(site)("search/#all", say("all_reports")), say("look_in")])];

/** What to do when nothing was found: names that are like it, and the lists. */
export function adviceNodes(query, names, site, said = "") {
  const link = linkTo(site);
  const near = names.nearest(query, 5);
  const nodes = [make("p", {}, [say("advice", said, query)])];
  if (near.length) {
    const links = near.flatMap((department, place) => [
      place ? "、" : "", link(department.address, `${department.district}${department.title}`),
    ]);
    nodes.push(make("p", {}, [say("near_departments"), ...links]));
  }
  const lists = names.districts.length
    ? [link("coverage/", say("coverage"))]
    : [link("departments/", say("departments")), "、", link("years/", say("years"))];
  nodes.push(make("p", {}, [say("or_from"), ...lists, say("look")]));
  return nodes;
}

/** Tells when a search is over that a later one has overtaken. */
export class Latest {
  constructor() {
    this.number = 0;
  }

  begin() {
    const own = (this.number += 1);
    return () => own === this.number;
  }
}

/** Call `action` when a field rests after typing, and never while an input method is at work. */
export function whenTyped(input, delay, action) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  input.addEventListener("input", (event) => event.isComposing || wait());
  input.addEventListener("compositionend", wait);
  return () => clearTimeout(timer);
}

/** The words in a field, or nothing while an input method is at work. */
export const wordsIn = (input) =>
  "composing" in input.dataset ? "" : input.value.trim().replace(/\s+/g, " ");

/* Pieces of the page that the box and the search page share. */

import { needlesFor, rangesOf } from "./text.js";

/** Stands where a passage would, when the text of a page could not be loaded. */
export const UNREAD = "正文摘录没有读取成功，请打开网页查看。";

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

/** What a page is, in a few words. */
export function aboutWords(page) {
  if (page.type === "department") return [page.kind, page.group, pendingWords(page)].filter(Boolean);
  if (page.type === "gap") return [page.kind, dueWords(page), page.reason].filter(Boolean);
  if (page.type !== "report") return [page.kind].filter(Boolean);
  return [page.department.short, `${page.year}年度`, page.kind].filter(Boolean);
}

const dueWords = ({ due }) => due && `公开期限 ${due}`;

/** Of a department whose newest report is not there. */
function pendingWords({ gaps, reports }) {
  const newest = Math.max(...reports.filter(({ slug }) => !slug).map(({ year }) => year));
  const pending = gaps.find(({ year }) => year > newest);
  return pending && [`${pending.year}年度${pending.said}`, dueWords(pending)].filter(Boolean).join("，");
}

/** A filter that can be taken away. */
export const chip = ({ id, value, shown }) => {
  const button = { type: "button", name: id, value, "aria-label": `去掉条件：${shown}` };
  return make("li", {}, [make("button", button, [shown, make("span", { "aria-hidden": "true" }, [" ×"])])]);
};

export const withScore = (page) =>
  page.score == null ? "" : `得分率 ${page.score}%${page.grade ? `，${page.grade}` : ""}`;

const linkTo = (site) => (address, word) => make("a", { href: new URL(address, site).href }, [word]);

/** What failed, and where everything can be found without a search. */
export const failureNodes = (said, site) =>
  [make("p", {}, [`${said}请稍后再试，也可以从`, linkTo(site)("search/#all", "全部报告"), "中查找。"])];

/** What to do when nothing was found: names that are like it, and the lists. */
export function adviceNodes(query, names, site, said = "") {
  const link = linkTo(site);
  const near = names.nearest(query, 5);
  const nodes = [make("p", {}, [`${said}没有找到与“${query}”相符的内容。可以换成更短的词、部门简称或年度再试。`])];
  if (near.length) {
    const links = near.flatMap((department, place) => [
      place ? "、" : "", link(department.address, department.title),
    ]);
    nodes.push(make("p", {}, ["名称相近的部门：", ...links]));
  }
  nodes.push(make("p", {}, ["也可以从", link("departments/", "部门列表"), "、", link("years/", "年度列表"), "查找。"]));
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

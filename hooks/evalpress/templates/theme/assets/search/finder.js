/* The search page: names and full text in one list, with facets, order and pages; all of it stands
   in the address, so that a search can be shared and gone back to. */

import { askNames, askText, firstNames, insteadWords } from "./answers.js";
import { filtersOf, withoutFilter } from "./asked.js";
import {
  Latest, UNREAD, aboutWords, adviceNodes, chip, failureNodes, fill, make, markedNodes, titleNodes, whenTyped,
  withScore, wordsIn,
} from "./parts.js";
import { openSources } from "./sources.js";
import { squeeze } from "./text.js";
import { say } from "./said.js";

const PAGE = 10; // results on a page
const PASSAGES = 3; // sections shown of one result
const SHORT = 8; // values of a facet before "全部"
const REST = 400; // milliseconds after a key before the search starts

const FACETS = [
  { id: "district", name: say("district"), of: (page) => page.district },
  { id: "year", name: say("year"), of: (page) => (page.year ? String(page.year) : ""), show: (v) => say("of_year", v), sort: (a, b) => b[0] - a[0] },
  { id: "kind", name: say("kind"), of: (page) => page.kind },
  { id: "grade", name: say("grade"), of: (page) => page.meaning },
  { id: "group", name: say("group"), of: (page) => page.group },
  { id: "department", name: say("department"), of: (page) => page.department?.title },
];
const ORDERS = {
  relevance: { name: say("relevance"), compare: () => 0 },
  year: { name: say("newest_first"), compare: (a, b) => (b.year || 0) - (a.year || 0) },
  score: { name: say("highest_first"), compare: (a, b) => (b.score ?? -1) - (a.score ?? -1) },
};

export function start(root, site) {
  new Finder(root, site).restore();
}

/** The state of a search, from the address and back. */
function readState() {
  const given = new URLSearchParams(location.search);
  const order = given.get("sort") in ORDERS ? given.get("sort") : "relevance";
  const chosen = Object.fromEntries(FACETS.map(({ id }) => [id, new Set(given.getAll(id))]));
  return { query: (given.get("q") || "").trim(), order, chosen, page: Math.max(1, Number(given.get("page")) || 1) };
}

function addressOf({ query, order, chosen, page }) {
  const given = new URLSearchParams();
  if (query) given.set("q", query);
  for (const [id, values] of Object.entries(chosen)) for (const value of values) given.append(id, value);
  if (order !== "relevance") given.set("sort", order);
  if (page > 1) given.set("page", page);
  const said = given.toString();
  return said ? `?${said}` : location.pathname;
}

class Finder {
  constructor(root, site) {
    this.root = root;
    this.site = site;
    this.form = root.querySelector("form");
    this.input = this.form.elements.q;
    this.all = document.querySelector("[data-ep-all]");
    this.latest = new Latest();
    this.sources = openSources(site);
    this.build();
    this.listen();
  }

  build() {
    this.status = make("p", { class: "ep-results__status", role: "status" });
    this.order = make("select", { id: "ep-results-order" },
      Object.entries(ORDERS).map(([id, { name }]) => make("option", { value: id }, [name])));
    const order = make("label", { class: "ep-results__order" }, [say("order"), this.order]);
    this.bar = make("div", { class: "ep-results__bar" }, [this.status, order]);
    this.facets = make("div", { class: "ep-results__facets", "data-empty": say("no_filters") });
    this.fold = make("details", { class: "ep-results__fold" }, [make("summary", {}, [say("filter")]), this.facets]);
    this.chips = make("ul", { class: "ep-results__chips", "aria-label": say("chosen") });
    this.trouble = make("div", { class: "ep-results__trouble", role: "alert", hidden: "" });
    this.list = make("ol", { class: "ep-results__list" });
    this.pages = make("nav", { class: "ep-results__pages", "aria-label": say("pages") });
    const results = make("div", { class: "ep-results__results" }, [
      this.bar, this.trouble, this.chips, this.list, this.pages,
    ]);
    this.body = make("div", { class: "ep-results__body", hidden: "" }, [this.fold, results]);
    this.root.append(this.body);
    this.wide = matchMedia("(min-width: 60em)");
    const unfold = () => (this.fold.open = this.wide.matches);
    this.wide.addEventListener("change", unfold);
    unfold();
  }

  listen() {
    this.input.addEventListener("focus", () => this.sources.names().catch(() => {}));
    const stop = whenTyped(this.input, REST, () => this.ask("replace"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      stop();
      this.ask("push");
    });
    this.order.addEventListener("change", () => this.change({ order: this.order.value, page: 1 }));
    this.facets.addEventListener("change", (event) => this.choose(event.target.name, event.target.value));
    this.chips.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button && button.name) this.choose(button.name, button.value);
      else if (button) this.chooseNothing();
    });
    this.pages.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.change({ page: Number(link.dataset.page) });
      this.bar.scrollIntoView();
      this.list.querySelector("a")?.focus({ preventScroll: true });
    });
    addEventListener("popstate", () => this.restore());
  }

  /** Show what the address asks for. */
  restore() {
    this.state = readState();
    this.input.value = this.state.query;
    return this.search();
  }

  /** Take the words from the field; a half-typed search is no step back. */
  ask(way) {
    const query = wordsIn(this.input);
    if (query === this.state.query && way === "replace") return null;
    this.state = { ...this.state, query, page: 1, chosen: query ? this.state.chosen : noChoice() };
    history[`${way}State`](null, "", addressOf(this.state));
    return this.search();
  }

  change(changes) {
    this.state = { ...this.state, ...changes };
    history.pushState(null, "", addressOf(this.state));
    return this.show();
  }

  /** Choose a value of a facet or take it away; one that the query names goes with its word. */
  choose(id, value) {
    const { filters, names } = this.found;
    if (filters.some((filter) => filter.id === id && filter.value === value)) {
      const query = withoutFilter(this.state.query, names.gradeMeanings, { id, value });
      this.input.value = query;
      this.state = { ...this.state, query, page: 1 };
      history.pushState(null, "", addressOf(this.state));
      return this.search();
    }
    const values = new Set(this.state.chosen[id]);
    if (!values.delete(value)) values.add(value);
    return this.change({ chosen: { ...this.state.chosen, [id]: values }, page: 1 });
  }

  /** Take all conditions away, those of the query as well. */
  chooseNothing() {
    const { filters, names } = this.found;
    const without = (query, filter) => withoutFilter(query, names.gradeMeanings, filter);
    const query = filters.reduce(without, this.state.query);
    this.input.value = query;
    this.state = { ...this.state, query, chosen: noChoice(), page: 1 };
    history.pushState(null, "", addressOf(this.state));
    return this.search();
  }

  /** Find names, then the full text; the list grows when the second answers. */
  async search() {
    const isLatest = this.latest.begin();
    const found = {
      pages: [], hits: new Map(), filters: [], near: false, note: "", told: "", failed: "", marked: this.state.query,
    };
    this.found = found;
    try {
      await this.answer(found, isLatest);
    } catch (error) {
      found.note = "";
      found.failed = say("failed");
    }
    if (isLatest()) await this.show();
  }

  async answer(found, isLatest) {
    const { query } = this.state;
    if (!query && !hasChoice(this.state)) return;
    const names = (found.names = await this.sources.names());
    if (!isLatest()) return;
    if (!query) {
      found.pages = [...names.reports].sort(ORDERS.year.compare);
      return;
    }
    const named = await askNames(this.sources, query);
    if (!isLatest()) return;
    this.understand(found, named.asked);
    found.pages = firstNames(named);
    found.note = say("searching");
    if (found.pages.length) await this.show();
    else this.wait();
    await this.searchText(named, found);
  }

  /** Take over how the query was understood: what it filters by, and what is marked. */
  understand(found, asked) {
    found.filters = filtersOf(asked);
    found.marked = asked.query;
    found.text = asked.text;
    found.told = found.names.yearWords(asked) + insteadWords(this.state.query, asked);
  }

  wait() {
    this.body.hidden = false;
    this.trouble.hidden = true;
    if (this.all) this.all.hidden = true;
    fill(this.list, []);
    this.status.textContent = this.found.note;
  }

  async searchText(named, found) {
    try {
      const { asked, pages, hits, rest, near } = await askText(this.sources, named, PAGE);
      this.understand(found, asked);
      found.hits = new Map(hits.map((hit) => [hit.page.address, hit]));
      found.near = near;
      found.pages = [...pages, ...rest.map((hit) => hit.page)];
      found.note = squeeze(asked.text).length === 1 ? say("too_short") : "";
      if (named.failed && !found.pages.length) throw new Error("signs: not loaded");
    } catch (error) {
      found.note = "";
      found.failed = found.pages.length ? say("only_names_listed") : say("failed");
    }
  }

  /* ---- what is shown ----------------------------------------------------------------------- */

  async show() {
    const { query, order, page } = this.state;
    const isIdle = !query && !hasChoice(this.state);
    const { failed, pages } = this.found;
    this.body.hidden = isIdle;
    this.trouble.hidden = !failed;
    fill(this.trouble, failed ? failureNodes(failed, this.site) : []);
    if (this.all) this.all.hidden = !isIdle && !(failed && !pages.length);
    document.title = [query && say("title", query), this.title()].filter(Boolean).join(" - ");
    if (isIdle) return;
    const kept = pages.filter((one) => FACETS.every((facet) => this.fits(one, facet)));
    kept.sort(ORDERS[order].compare);
    this.order.value = order;
    this.fold.hidden = !pages.length;
    this.order.parentElement.hidden = !pages.length;
    this.showFacets();
    this.showChips();
    this.showPages(kept.length);
    this.showStatus(kept.length);
    await this.showResults(kept.slice((page - 1) * PAGE, page * PAGE));
  }

  title() {
    if (!this.ownTitle) this.ownTitle = document.title;
    return this.ownTitle;
  }

  /** The values of a facet that are chosen, in it or by the query. */
  chosen({ id }) {
    const asked = this.found.filters.filter((filter) => filter.id === id);
    return new Set([...this.state.chosen[id], ...asked.map(({ value }) => value)]);
  }

  fits(page, facet) {
    const values = this.chosen(facet);
    return !values.size || values.has(facet.of(page) || "");
  }

  showStatus(count) {
    const { query } = this.state;
    const found = this.found.near
      ? say("count_nearest", query, count)
      : say("count", count);
    const { note, failed, told } = this.found;
    this.status.textContent = (count || !(note || failed) ? found + note : note) + told;
  }

  async showResults(pages) {
    if (!pages.length) {
      fill(this.list, await this.adviceItems());
      return;
    }
    const items = pages.map((page) => this.result(page));
    fill(this.list, items);
    await Promise.all(pages.map((page, place) => this.addPassages(page, items[place])));
  }

  /** What stands in the list when there is no result. */
  async adviceItems() {
    const { pages, note, failed } = this.found;
    if (failed || note === say("searching")) return [];
    const advice = pages.length
      ? [make("p", {}, [say("none_chosen")])]
      : adviceNodes(this.state.query, await this.sources.names(), this.site);
    return [make("li", { class: "ep-results__none" }, advice)];
  }

  result(page) {
    const query = this.found.marked;
    const address = new URL(page.address, this.site).href;
    const about = [...aboutWords(page), withScore(page)].filter(Boolean).join(" · ");
    return make("li", { class: "ep-result" }, [
      make("h2", { class: "ep-result__title" }, [make("a", { href: address }, titleNodes(page.title, query))]),
      make("p", { class: "ep-result__about" }, [about]),
    ]);
  }

  /** Below a result, the sections of the page that hold the query, each with a link to it. */
  async addPassages(page, item) {
    const hit = this.found.hits.get(page.address);
    if (!hit) return;
    const unread = [{ id: "", pieces: [UNREAD] }];
    const passages = await hit.passages(this.found.text, PASSAGES).catch(() => unread);
    const address = new URL(page.address, this.site).href;
    const rows = passages.filter(({ id }, place) => id || place === 0).map(({ id, heading, pieces }) => {
      const link = id ? [make("a", { href: `${address}#${id}` }, [heading || say("this_section")]), " "] : [];
      return make("li", {}, [...link, make("span", {}, markedNodes(pieces))]);
    });
    if (rows.length && !item.querySelector("ul")) item.append(make("ul", { class: "ep-result__sections" }, rows));
  }

  showFacets() {
    const open = new Set([...this.facets.querySelectorAll("details[open]")].map((one) => one.dataset.facet));
    const focused = document.activeElement?.closest(".ep-results__facets input");
    const key = focused && [focused.name, focused.value];
    fill(this.facets, FACETS.map((facet) => this.facet(facet, open)).filter(Boolean));
    if (key) {
      const again = [...this.facets.querySelectorAll("input")].find((one) => one.name === key[0] && one.value === key[1]);
      if (again) again.focus();
    }
  }

  /** One facet: its values with the number of results that each would leave. */
  facet(facet, open) {
    const others = FACETS.filter((one) => one !== facet);
    const chosen = this.chosen(facet);
    const counts = new Map([...chosen].map((value) => [value, 0]));
    for (const page of this.found.pages) {
      const value = facet.of(page);
      if (value && others.every((other) => this.fits(page, other))) counts.set(value, (counts.get(value) || 0) + 1);
    }
    if (counts.size < 2 && !chosen.size) return null;
    const entries = [...counts].sort(facet.sort || ((a, b) => b[1] - a[1]));
    const boxes = entries.map(([value, count]) => this.choice(facet, value, count));
    const content = [make("legend", {}, [facet.name]), ...boxes.slice(0, SHORT)];
    if (boxes.length > SHORT) {
      const rest = make("details", { "data-facet": facet.id },
        [make("summary", {}, [say("rest", boxes.length - SHORT)]), ...boxes.slice(SHORT)]);
      rest.open = open.has(facet.id) || entries.slice(SHORT).some(([value]) => chosen.has(value));
      content.push(rest);
    }
    return make("fieldset", { class: "ep-facet" }, content);
  }

  choice(facet, value, count) {
    const box = make("input", { type: "checkbox", name: facet.id, value });
    box.checked = this.chosen(facet).has(value);
    const shown = facet.show ? facet.show(value) : value;
    return make("label", { class: "ep-facet__choice" },
      [box, make("span", {}, [shown]), make("span", { class: "ep-facet__count" }, [String(count)])]);
  }

  showChips() {
    const chips = FACETS.flatMap((facet) => [...this.chosen(facet)].map((value) =>
      chip({ id: facet.id, value, shown: facet.show ? facet.show(value) : value })));
    if (chips.length > 1) chips.push(make("li", {}, [make("button", { type: "button" }, [say("drop_all")])]));
    fill(this.chips, chips);
    this.chips.hidden = !chips.length;
    const count = chips.length - (chips.length > 1 ? 1 : 0);
    this.fold.querySelector("summary").textContent = count ? say("filter_chosen", count) : say("filter");
  }

  showPages(count) {
    const last = Math.max(1, Math.ceil(count / PAGE));
    const page = (this.state.page = Math.min(this.state.page, last));
    const link = (to, word) =>
      make("a", { href: addressOf({ ...this.state, page: to }), "data-page": to }, [word]);
    const nodes = [
      page > 1 ? link(page - 1, say("previous")) : "",
      make("span", {}, [say("page", page, last)]),
      page < last ? link(page + 1, say("next")) : "",
    ];
    fill(this.pages, nodes.filter(Boolean));
    this.pages.hidden = last < 2;
  }
}

const noChoice = () => Object.fromEntries(FACETS.map(({ id }) => [id, new Set()]));
const hasChoice = ({ chosen }) => Object.values(chosen).some((values) => values.size);

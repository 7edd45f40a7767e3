/* What a search box does: names answer at once, the full text after a rest, in a panel that works
   with keyboard and screen reader. */

import { askNames, askText, firstNames, insteadWords } from "./answers.js";
import { filtersOf, fits, withoutFilter } from "./asked.js";
import {
  Latest, UNREAD, aboutWords, adviceNodes, chip, failureNodes, fill, make, markedNodes, titleNodes, whenTyped, wordsIn,
} from "./parts.js";
import { openSources } from "./sources.js";
import { say } from "./said.js";

const REST = 30; // milliseconds after a key before names are asked
const LONG_REST = 150; // … and before the full text is
const NAMES = 6;
const TEXTS = 5;

/** Bring the box in `root` to life; its form is there already and may hold words. */
export function start(root, name, site) {
  const box = new Box(root, name, site);
  if (wordsIn(box.input)) box.search();
}

class Box {
  constructor(root, name, site) {
    this.root = root;
    this.site = site;
    this.sources = openSources(site);
    this.form = root.querySelector("form");
    this.input = this.form.elements.q;
    this.latest = new Latest();
    this.words = "";
    this.notes = ""; // what is said of the years that are asked
    this.options = [];
    this.chosen = null; // the option that the arrow keys are on
    this.isDismissed = false; // with Escape: what comes late stays hidden
    this.build(`ep-search-${name}`);
    this.listen();
    this.sources.names().catch(() => {});
  }

  build(id) {
    this.list = make("div", { id, class: "ep-search__list", role: "listbox", "aria-label": say("results") });
    this.advice = make("div", { class: "ep-search__advice" });
    this.more = make("a", { class: "ep-search__more" });
    this.filters = make("ul", { class: "ep-results__chips", "aria-label": say("chosen"), hidden: "" });
    this.panel = make("div", { class: "ep-search__panel", hidden: "" }, [
      this.filters, this.list, this.advice, this.more,
    ]);
    this.status = make("p", { class: "ep-search__status", role: "status" });
    this.root.append(this.panel, this.status);
    const combobox = {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    };
    for (const [name, value] of Object.entries(combobox)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("focus", () => {
      if (this.words && wordsIn(this.input) === this.words) this.open();
    });
    whenTyped(this.input, REST, () => this.search());
    this.input.addEventListener("input", () => this.select(null));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.close();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault();
      this.input.focus();
      this.close();
      this.isDismissed = true;
    });
    this.filters.addEventListener("click", (event) => {
      const { name: id, value } = event.target.closest("button") || {};
      if (id) this.drop({ id, value });
    });
    this.panel.addEventListener("mousedown", (event) => {
      if (!event.target.closest("a")) event.preventDefault(); // keep the focus in the field
    });
  }

  /** Answer what the field holds: names first, then the full text where no name is meant. */
  async search() {
    const words = wordsIn(this.input);
    if (words === this.words) return;
    this.words = words;
    this.isDismissed = false;
    const isLatest = this.latest.begin();
    clearTimeout(this.timer);
    if (!words) return this.clear();
    try {
      const named = await askNames(this.sources, words);
      if (!isLatest()) return;
      this.grades = named.names.gradeMeanings;
      this.notes = named.names.yearWords(named.asked);
      this.show(words, named.asked, firstNames(named), [], named.exact ? "" : "…");
      if (!named.exact) this.timer = setTimeout(() => this.searchText(words, named, isLatest), LONG_REST);
    } catch (error) {
      if (isLatest()) this.show(words, NOTHING, [], [], "failed");
    }
  }

  async searchText(words, named, isLatest) {
    try {
      const { asked, pages, rest, near } = await askText(this.sources, named, TEXTS);
      const kept = rest.filter(({ page }) => fits(page, asked)).slice(0, TEXTS);
      const shown = await Promise.all(kept.map((hit) => passageOf(hit, asked.text)));
      const isVoid = !pages.length && !shown.length;
      if (isLatest()) this.show(words, asked, pages, shown, isVoid && named.failed ? "failed" : near ? "near" : "");
    } catch (error) {
      if (isLatest()) this.show(words, named.asked, firstNames(named), [], "failed");
    }
  }

  /** Search again without one of the filters that the query names. */
  drop(filter) {
    this.input.value = withoutFilter(this.words, this.grades, filter);
    this.input.focus();
    this.search();
  }

  clear() {
    this.fill("", [], []);
    fill(this.filters, []);
    this.status.textContent = "";
    this.close();
  }

  /** Show what was found; where no name is of the years and grades that are asked, those of others. */
  show(words, asked, pages, texts, state) {
    const fitting = pages.filter((page) => fits(page, asked));
    const isOther = asked.isFiltered && pages.length > 0 && !fitting.length && !texts.length;
    const names = isOther ? pages : fitting;
    const filters = filtersOf(asked);
    fill(this.filters, filters.map(chip));
    this.filters.hidden = !filters.length;
    const isOn = this.chosen ? names.findIndex((page) => page.address === this.chosen.dataset.page) : -1;
    const kept = names.slice(0, Math.max(texts.length ? NAMES : NAMES + 2, isOn + 1));
    this.list.scrollTop = 0;
    const marked = asked.query || words;
    this.fill(marked, kept, texts);
    this.more.href = `${new URL("search/", this.site).href}?q=${encodeURIComponent(words)}`;
    this.more.textContent = state === "…" ? say("searching_see_all") : say("see_all");
    const other = isOther ? say("none_of", filters.map(({ shown }) => shown).join("、")) : "";
    this.say(words, kept.length + texts.length, state, [other, this.notes, insteadWords(words, asked)]);
    if (!this.isDismissed) this.open();
  }

  /** Draw the list; the arrow keys stay on the result that they are on. */
  fill(words, names, texts) {
    const options = [
      ...names.map((page) => this.option(page, words)),
      ...texts.map(({ page, passage }) => this.option(page, words, passage)),
    ];
    options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    const groups = [[names.length, say("names"), "name"], [texts.length, say("texts"), "text"]];
    let at = 0;
    const nodes = groups.filter(([count]) => count).map(([count, label, part]) => {
      const id = `${this.list.id}-${part}`;
      const members = options.slice(at, (at += count));
      const head = make("span", { class: "ep-search__group", id, role: "presentation" }, [label]);
      return make("div", { role: "group", "aria-labelledby": id }, [head, ...members]);
    });
    const address = this.chosen && this.chosen.dataset.page;
    this.options = options;
    fill(this.list, nodes);
    this.list.hidden = !options.length;
    this.select(options.find((option) => option.dataset.page === address) || null);
  }

  option(page, words, passage) {
    const address = new URL(page.address, this.site).href + (passage && passage.id ? `#${passage.id}` : "");
    const content = [
      make("span", { class: "ep-hit__title" }, titleNodes(page.title, words)),
      make("span", { class: "ep-hit__about" }, [aboutWords(page).join(" · ")]),
    ];
    if (passage) content.push(make("span", { class: "ep-hit__text" }, markedNodes(passage.pieces)));
    const option = { role: "option", "aria-selected": "false", tabindex: "-1", "data-page": page.address };
    return make("a", { class: "ep-hit", href: address, ...option }, content);
  }

  /** Tell screen readers how it went, and everyone what to do when there is nothing. */
  async say(words, count, state, notes) {
    const said = {
      "…": count ? "" : say("searching"),
      near: say("nearest"),
      failed: count ? say("only_names_searched") : say("failed"),
    }[state] || "";
    const told = [said, ...notes].filter(Boolean).join("");
    this.status.textContent = count ? say("listed", count, told) : told || say("nothing", words);
    const isVoid = !count && !state;
    this.more.hidden = !count && state !== "…";
    this.advice.hidden = !(isVoid || state === "failed" || (told && state !== "…"));
    const nodes = isVoid
      ? adviceNodes(words, await this.sources.names(), this.site, this.notes)
      : state === "failed" ? failureNodes(said, this.site) : [make("p", {}, [told])];
    if (words === this.words) fill(this.advice, nodes);
  }

  open() {
    if (!this.root.contains(document.activeElement)) return;
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.select(null);
  }

  /** Mark this option; null marks none. */
  select(chosen) {
    this.chosen = chosen;
    this.options.forEach((option) => option.setAttribute("aria-selected", String(option === chosen)));
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method has the key
    const last = this.options.length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && last >= 0) {
      event.preventDefault();
      this.isDismissed = false;
      this.open();
      const next = this.options.indexOf(this.chosen) + step;
      this.select(this.options[next < -1 ? last : next] || null);
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      location.assign(this.chosen.href);
    }
  }
}

const NOTHING = { years: new Set(), grades: new Set() };

/** A result with the passage that is shown below it. */
async function passageOf(hit, words) {
  const { page } = hit;
  const [passage] = await hit.passages(words, 1).catch(() => [{ id: "", pieces: [UNREAD] }]);
  return { page, passage };
}

/* What a search box does: names answer at once, the full text after a rest, in a panel that works
   with keyboard and screen reader. */

import { Latest, aboutWords, adviceNodes, make, markedNodes, titleNodes, whenTyped, wordsIn } from "./parts.js";
import { openSources } from "./sources.js";

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
    this.active = -1;
    this.build(`ep-search-${name}`);
    this.listen();
    this.sources.names().catch(() => {});
  }

  build(id) {
    this.list = make("div", { id, class: "ep-search__list", role: "listbox", "aria-label": "搜索结果" });
    this.advice = make("div", { class: "ep-search__advice" });
    this.more = make("a", { class: "ep-search__more" });
    this.panel = make("div", { class: "ep-search__panel", hidden: "" }, [this.list, this.advice, this.more]);
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
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.close();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault();
      this.input.focus();
      this.close();
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
    const isLatest = this.latest.begin();
    clearTimeout(this.timer);
    if (!words) return this.clear();
    const { names, exact } = await this.findNames(words);
    if (!isLatest()) return;
    this.show(words, names, [], exact ? "" : "…");
    if (exact) return;
    this.sources.text.load().catch(() => {});
    this.timer = setTimeout(() => this.searchText(words, names, isLatest), LONG_REST);
  }

  async findNames(words) {
    try {
      const { pages, exact } = (await this.sources.names()).find(words);
      return { names: pages, exact };
    } catch (error) {
      return { names: [], exact: false };
    }
  }

  async searchText(words, names, isLatest) {
    try {
      const { hits, near } = await this.sources.text.find(words);
      const named = new Set(names.map((page) => page.address));
      const rest = hits.filter((hit) => !named.has(hit.page.address)).slice(0, TEXTS);
      const shown = await Promise.all(rest.map(async (hit) => {
        const [passage] = await hit.passages(words, 1);
        return { page: hit.page, passage };
      }));
      if (isLatest()) this.show(words, names, shown, near && hits.length ? "near" : "");
    } catch (error) {
      if (isLatest()) this.show(words, names, [], "failed");
    }
  }

  clear() {
    this.list.replaceChildren();
    this.status.textContent = "";
    this.close();
  }

  show(words, names, texts, state) {
    const kept = names.slice(0, texts.length ? NAMES : NAMES + 2);
    this.fill(words, kept, texts);
    this.more.href = `${new URL("search/", this.site).href}?q=${encodeURIComponent(words)}`;
    this.more.replaceChildren(state === "…" ? "正在查找正文……　查看全部结果" : "查看全部结果");
    this.list.scrollTop = 0;
    this.say(words, kept.length + texts.length, state);
    this.open();
  }

  fill(words, names, texts) {
    const options = [
      ...names.map((page) => this.option(page, words)),
      ...texts.map(({ page, passage }) => this.option(page, words, passage)),
    ];
    options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    const groups = [[names.length, "名称", "name"], [texts.length, "正文", "text"]];
    let at = 0;
    const nodes = groups.filter(([count]) => count).map(([count, label, part]) => {
      const id = `${this.list.id}-${part}`;
      const members = options.slice(at, (at += count));
      const head = make("span", { class: "ep-search__group", id, role: "presentation" }, [label]);
      return make("div", { role: "group", "aria-labelledby": id }, [head, ...members]);
    });
    this.options = options;
    this.list.replaceChildren(...nodes);
    this.list.hidden = !options.length;
    this.select(-1);
  }

  option(page, words, passage) {
    const address = new URL(page.address, this.site).href + (passage && passage.id ? `#${passage.id}` : "");
    const content = [
      make("span", { class: "ep-hit__title" }, titleNodes(page.title, words)),
      make("span", { class: "ep-hit__about" }, [aboutWords(page).join(" · ")]),
    ];
    if (passage) content.push(make("span", { class: "ep-hit__text" }, markedNodes(passage.pieces)));
    return make("a", { class: "ep-hit", href: address, role: "option", "aria-selected": "false", tabindex: "-1" }, content);
  }

  /** Tell screen readers how it went, and everyone what to do when there is nothing. */
  async say(words, count, state) {
    const said = {
      "…": count ? "" : "正在查找正文……",
      near: "没有完全相同的内容，列出最接近的。",
      failed: "正文搜索暂时不可用，只查找了名称。",
    }[state] || "";
    this.status.textContent = count ? `列出 ${count} 条结果。${said}` : said || `没有找到“${words}”。`;
    const isVoid = !count && state !== "…";
    this.more.hidden = isVoid;
    this.advice.hidden = !(isVoid || state === "near" || state === "failed");
    const names = isVoid ? await this.sources.names().catch(() => null) : null;
    const nodes = isVoid ? adviceNodes(words, names, this.site) : [make("p", {}, [said])];
    if (words === this.words) this.advice.replaceChildren(...nodes);
  }

  open() {
    if (!this.root.contains(document.activeElement)) return;
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.select(-1);
  }

  /** Mark the option at this place; -1 marks none. */
  select(place) {
    this.active = place;
    (this.options || []).forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const chosen = place < 0 ? null : this.options[place];
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method has the key
    const last = (this.options || []).length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && last >= 0) {
      event.preventDefault();
      this.open();
      const next = this.active + step;
      this.select(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      location.assign(this.options[this.active].href);
    }
  }
}

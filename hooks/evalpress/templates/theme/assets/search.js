/* The search boxes: one in the header, a large one on the home page.
   Words go to Pagefind, which is loaded when a box is first used; its answers are put into the
   order readers expect and shown as a list that works with keyboard and screen reader. */
(() => {
  "use strict";

  const SHOWN = 8; // results in the list
  const RANKED = 30; // results that are fetched and put in order
  const DELAY = 160; // milliseconds of rest before a search starts

  const base = document.currentScript.dataset.base || ".";
  const site = new URL(base.replace(/\/*$/, "/"), location.href);

  const LISTS = [
    ["departments/", "部门列表"],
    ["years/", "年度列表"],
  ];

  /* ---- Pagefind ---------------------------------------------------------------------- */

  let engine = null;

  /** Load Pagefind once; a failed load may be tried again. */
  function loadEngine() {
    if (location.protocol === "file:") return Promise.reject(new Error("file"));
    if (!engine) {
      engine = import(new URL("pagefind/pagefind.js", site).href).then(async (pagefind) => {
        await pagefind.options({ baseUrl: site.pathname, excerptLength: 26 });
        await pagefind.init();
        return pagefind;
      });
      engine.catch(() => (engine = null));
    }
    return engine;
  }

  /** Ask Pagefind: how many pages match, and the best of them in our order. */
  async function find(words) {
    const pagefind = await loadEngine();
    const answer = await pagefind.search(words);
    const hits = answer.results.length ? answer.results : await findByParts(pagefind, words);
    const pages = await Promise.all(hits.slice(0, RANKED).map((hit) => hit.data()));
    return { count: hits.length, pages: rank(words, pages.map(readPage)).slice(0, SHOWN) };
  }

  /* Pagefind cuts a query with the browser's dictionary, but the index was cut with another one:
     城区道路养护 becomes 城区 道路 养 护, and no page has the word 护. When all parts together find
     nothing, each is asked for alone and the pages that hold most of them come first. */
  async function findByParts(pagefind, words) {
    const cut = new Intl.Segmenter("zh", { granularity: "word" }).segment(words);
    const parts = new Set([...cut].filter((part) => part.isWordLike).map((part) => part.segment));
    const answers = await Promise.all([...parts].map((part) => pagefind.search(part)));
    const votes = new Map();
    for (const hit of answers.flatMap((answer) => answer.results)) {
      const entry = votes.get(hit.id) || { hit, count: 0 };
      entry.count += 1;
      votes.set(hit.id, entry);
    }
    const entries = [...votes.values()].sort((a, b) => b.count - a.count).slice(0, RANKED);
    const query = squeeze(words);
    const found = await Promise.all(
      entries.map(async ({ hit }) => ({ hit, text: squeeze(clean((await hit.data()).content)) })),
    );
    const whole = found.filter(({ text }) => text.includes(query));
    return (whole.length ? whole : found.slice(0, SHOWN)).map(({ hit }) => hit);
  }

  const clean = (text) => (text || "").replace(/\u200b/g, "");

  function readPage({ url, meta, excerpt }) {
    return {
      url,
      title: clean(meta.title),
      department: clean(meta.department),
      year: clean(meta.year),
      kind: clean(meta.kind),
      excerpt: clean(excerpt),
    };
  }

  /* ---- Order ------------------------------------------------------------------------- */

  const squeeze = (text) => text.replace(/\s+/g, "").toLowerCase();

  /* 0 the query is the title; 1 the title contains it; 2 title and department hold each of its
     words, in any order; 3 the words are somewhere in the text. */
  function closeness(words, page) {
    const query = squeeze(words);
    const title = squeeze(page.title);
    if (title === query) return 0;
    if (title.includes(query)) return 1;
    const names = title + squeeze(page.department);
    return words.split(/\s+/).every((word) => names.includes(squeeze(word))) ? 2 : 3;
  }

  /** Nearest title first; then the newest year; then the shortest title, which is the report of
      the whole department before its projects. Text matches keep Pagefind's order. */
  function rank(words, pages) {
    const entries = pages.map((page, place) => ({ page, place, near: closeness(words, page) }));
    entries.sort((a, b) => {
      if (a.near !== b.near) return a.near - b.near;
      if (a.near === 3) return a.place - b.place;
      return (
        Number(b.page.year) - Number(a.page.year) ||
        a.page.title.length - b.page.title.length ||
        a.place - b.place
      );
    });
    return entries.map(({ page, near }) => ({ ...page, near }));
  }

  /* ---- Pieces of the page ------------------------------------------------------------ */

  /** Make an element; `content` is a list of strings and elements. */
  function make(tag, attributes = {}, content = []) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  }

  const ICON =
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">' +
    '<circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8"/>' +
    '<path d="m12.8 12.8 4.2 4.2" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>';

  /** A title with the searched words marked. */
  function titleNodes(title, words) {
    const found = words.split(" ").map((word) => [title.toLowerCase().indexOf(word.toLowerCase()), word.length]);
    const nodes = [];
    let end = 0;
    for (const [start, length] of found.sort((a, b) => a[0] - b[0])) {
      if (start < end) continue;
      nodes.push(title.slice(end, start), make("mark", {}, [title.slice(start, start + length)]));
      end = start + length;
    }
    return [...nodes, title.slice(end)];
  }

  /** Pagefind's excerpt is HTML; take only its text and its marks. */
  function excerptNodes(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html").body;
    return [...parsed.childNodes].map((node) =>
      node.nodeName === "MARK" ? make("mark", {}, [node.textContent]) : node.textContent
    );
  }

  /* Where the title matches, an excerpt would only repeat it. */
  function resultNode(page, words, id) {
    const about = [page.department, page.year && `${page.year}年度`, page.kind].filter(Boolean);
    const content = [make("span", { class: "ep-hit__title" }, titleNodes(page.title, words))];
    if (about.length) content.push(make("span", { class: "ep-hit__about" }, [about.join(" · ")]));
    if (page.near === 3) content.push(make("span", { class: "ep-hit__text" }, excerptNodes(page.excerpt)));
    const attributes = { id, role: "option", "aria-selected": "false", tabindex: "-1" };
    return make("a", { class: "ep-hit", href: page.url, ...attributes }, content);
  }

  /** A sentence followed by links to the lists of departments and years. */
  function adviceNodes(sentence) {
    const links = LISTS.map(([path, word]) => make("a", { href: new URL(path, site).href }, [word]));
    return [sentence, "也可以从", links[0], "或", links[1], "查找。"];
  }

  function explain(error) {
    return error.message === "file"
      ? "直接打开文件时不能搜索，请通过网址访问本站。"
      : "搜索暂时不可用（没有找到索引）。";
  }

  /* ---- A search box ------------------------------------------------------------------ */

  class SearchBox {
    constructor(root, name) {
      this.root = root;
      this.name = name;
      this.words = "";
      this.active = -1;
      this.asked = Promise.resolve();
      this.build();
      this.listen();
    }

    build() {
      const list = `ep-search-${this.name}`;
      this.input = make("input", {
        type: "search", class: "ep-search__input", placeholder: "输入部门、年度或内容",
        autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
        role: "combobox", "aria-label": "搜索报告", "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": list,
      });
      this.button = make("button", { type: "submit", class: "ep-search__button", "aria-label": "搜索" });
      this.button.innerHTML = ICON;
      this.status = make("p", { class: "ep-search__status", role: "status" });
      this.count = make("p", { class: "ep-search__count", "aria-hidden": "true" });
      this.list = make("div", { id: list, class: "ep-search__list", role: "listbox", "aria-label": "搜索结果" });
      this.advice = make("p", { class: "ep-search__advice" });
      this.panel = make("div", { class: "ep-search__panel" }, [this.count, this.list, this.advice]);
      this.panel.hidden = true;
      this.form = make("form", { class: "ep-search__form", role: "search", "aria-label": this.name === "home" ? "全站搜索" : "搜索" },
        [this.input, this.button]);
      this.root.replaceChildren(this.form, this.panel, this.status);
    }

    listen() {
      this.input.addEventListener("focus", () => {
        loadEngine().catch(() => {});
        if (this.words && this.input.value.trim() === this.words) this.open();
      });
      this.input.addEventListener("input", (event) => event.isComposing || this.schedule());
      this.input.addEventListener("compositionend", () => this.schedule());
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.go();
      });
      this.root.addEventListener("focusout", (event) => {
        if (!this.root.contains(event.relatedTarget)) this.close();
      });
      this.panel.addEventListener("mousedown", (event) => {
        if (!event.target.closest("a")) event.preventDefault(); // keep the focus in the field
      });
    }

    schedule() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), DELAY);
    }

    /** Search for what the field holds; a repeated call with the same words waits for the first. */
    search() {
      clearTimeout(this.timer);
      const words = this.input.value.trim().replace(/\s+/g, " ");
      if (words !== this.words) {
        this.words = words;
        this.asked = words ? this.ask(words) : Promise.resolve(this.clear());
      }
      return this.asked;
    }

    async ask(words) {
      try {
        const { count, pages } = await find(words);
        if (words === this.words) this.show(words, count, pages);
      } catch (error) {
        if (words !== this.words) return;
        this.words = "";
        this.tell(explain(error), true);
      }
    }

    clear() {
      this.list.replaceChildren();
      this.status.textContent = "";
      this.close();
    }

    show(words, count, pages) {
      if (!count) {
        this.tell(`没有找到与“${words}”相符的内容。可以换成更短的词，如部门简称或年度。`, true);
        return;
      }
      const options = pages.map((page, place) => resultNode(page, words, `${this.list.id}-${place}`));
      this.list.replaceChildren(...options);
      this.list.hidden = false;
      this.tell(`找到 ${count} 份${count > pages.length ? `，列出最接近的 ${pages.length} 份` : ""}`, false);
      this.list.scrollTop = 0;
    }

    /** Say how the search went; with advice when there is nothing to choose from. */
    tell(sentence, advise) {
      this.status.textContent = sentence;
      this.count.textContent = advise ? "" : sentence;
      this.count.hidden = advise;
      this.advice.hidden = !advise;
      this.advice.replaceChildren(...(advise ? adviceNodes(sentence) : []));
      if (advise) {
        this.list.replaceChildren();
        this.list.hidden = true;
      }
      this.select(-1);
      this.open();
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
      const options = [...this.list.children];
      this.active = place;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
      const chosen = options[this.active];
      if (!chosen) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }

    press(event) {
      if (event.isComposing || event.keyCode === 229) return; // the input method has the key
      const last = this.list.children.length - 1;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && last >= 0) {
        event.preventDefault();
        this.open();
        const next = this.active + step;
        this.select(next > last ? 0 : next < 0 ? last : next);
      } else if (event.key === "Escape" && !this.panel.hidden) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.go();
      }
    }

    /** Open the chosen result, or the first one. */
    async go() {
      await this.search();
      const chosen = this.list.children[Math.max(this.active, 0)];
      if (this.words && chosen) location.assign(chosen.href);
      else this.input.focus();
    }
  }

  /* ---- Start ------------------------------------------------------------------------- */

  const boxes = [
    ...[...document.querySelectorAll(".ep-search-home")].map((root) => new SearchBox(root, "home")),
    ...[...document.querySelectorAll("[data-ep-search]")].map((root) => new SearchBox(root, "header")),
  ];

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey || !boxes.length) return;
    event.preventDefault();
    boxes[0].input.focus();
  });
})();

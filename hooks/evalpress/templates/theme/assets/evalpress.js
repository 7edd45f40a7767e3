/* Small behaviour of the frame: how readers see it, contents, print, copies, menus, tables that scroll. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("frame", key, ...values);
  const root = document.documentElement;

  /* Private windows may refuse: what is chosen then holds for this page only. */
  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch (error) {
      /* nothing is lost but the memory */
    }
  }

  /* A button that turns one way of seeing the site on and off. */
  function setUpSwitch(button, attribute, name, on, off) {
    const isOn = () => root.getAttribute(attribute) === on;
    const show = () => button.setAttribute("aria-pressed", String(isOn()));
    button.addEventListener("click", () => {
      const next = isOn() ? off : on;
      root.setAttribute(attribute, next);
      keep(name, next);
      show();
    });
    show();
  }

  function setUpDisplay(menu) {
    const sizes = [...menu.querySelectorAll("[name=ep-size]")];
    const contrast = menu.querySelector("[name=ep-contrast]");
    const size = root.getAttribute("data-ep-size") || "1";
    sizes.forEach((one) => (one.checked = one.value === size));
    contrast.checked = root.getAttribute("data-ep-contrast") === "high";
    menu.addEventListener("change", (event) => {
      const { name } = event.target;
      const value = event.target === contrast ? (contrast.checked ? "high" : "usual") : event.target.value;
      root.setAttribute(`data-${name}`, value);
      keep(name, value);
    });
  }

  /* Pages without encryption, as many offices have them, may not use the clipboard of today. */
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("refused");
  }

  function setUpCite(menu) {
    const own = document.querySelector("link[rel=canonical]");
    const link = own ? own.href : location.origin + location.pathname + location.search;
    const cite = menu.querySelector("[data-ep-cite]");
    const day = new Date();
    const two = (number) => String(number).padStart(2, "0");
    menu.querySelector("[data-ep-here]").textContent = link;
    menu.querySelector("[data-ep-today]").textContent =
      `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    menu.addEventListener("click", async ({ target }) => {
      const { epCopy } = target.dataset;
      if (!epCopy) return;
      const status = menu.querySelector("[role=status]");
      try {
        await copy(epCopy === "cite" ? cite.textContent.trim() : link);
        status.textContent = menu.dataset.copied;
      } catch (error) {
        status.textContent = menu.dataset.notCopied;
      }
      target.focus();
    });
  }

  function setUpFold(button) {
    const fold = (open) => button.setAttribute("aria-expanded", String(open));
    button.addEventListener("click", () => fold(button.getAttribute("aria-expanded") !== "true"));
    const own = button.parentElement.id;
    if (own) {
      document.querySelectorAll(`a[href="#${own}"]`).forEach((link) =>
        link.addEventListener("click", () => fold(true)));
    }
  }

  /* Marks in the contents of the page the part that is being read. */
  function followReading(list) {
    const parts = [...list.querySelectorAll('a[href^="#"]')]
      .map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))])
      .filter(([, part]) => part);
    let waiting = false;
    const mark = () => {
      waiting = false;
      const here = parts.filter(([, part]) => part.getBoundingClientRect().top < innerHeight / 4).pop();
      parts.forEach(([link]) => {
        if (here && link === here[0]) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    document.addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    }, { passive: true });
    mark();
  }

  /* Headings without a Latin letter or digit were once numbered: _1, _2 and so on. */
  function numbered(id) {
    const number = /^_([1-9]\d*)$/.exec(id);
    const headings = [...document.querySelector(".ep-article").querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const plain = headings.filter((one) => !/[\w-]/.test(one.textContent.normalize("NFKD")));
    return number && plain[number[1] - 1];
  }

  function decoded(written) {
    try {
      return decodeURIComponent(written);
    } catch (error) {
      return written; /* a stray %: no place has one */
    }
  }

  /* What is folded opens where an address leads into it, and on paper. */
  function openTarget() {
    const id = decoded(location.hash.slice(1));
    const named = id && document.getElementById(id);
    const target = named || numbered(id);
    const folds = [];
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS" && !at.open) folds.push(at);
    folds.forEach((fold) => (fold.open = true));
    if (target && (folds.length || !named)) target.scrollIntoView();
  }

  function openOnPaper(paper) {
    const opened = new Set();
    const turn = () => {
      if (paper.matches) {
        document.querySelectorAll(".ep-article details:not([open])").forEach((fold) => opened.add(fold));
      }
      opened.forEach((fold) => (fold.open = paper.matches));
      if (!paper.matches) opened.clear();
    };
    if (paper.addEventListener) paper.addEventListener("change", turn);
    else paper.addListener(turn);
  }

  /* Where a table goes on beyond its sides; how much of a column its right edge would cut through,
     unless that is the only one beside the names of the rows; the columns that are seen whole. */
  function measured(frame) {
    const { left, right } = frame.getBoundingClientRect();
    const fits = frame.scrollWidth <= frame.clientWidth + 1;
    const beyond = frame.scrollWidth - frame.clientWidth - frame.scrollLeft;
    const edges = { frame, fits, before: frame.scrollLeft > 1, after: beyond > 1 };
    const row = frame.querySelector("thead tr:last-child");
    if (fits || !row) return edges;
    const head = row.querySelector(".ep-head");
    const caption = frame.querySelector("caption");
    const names = head ? head.offsetWidth : 0;
    const cells = [...row.cells].map((cell) => [cell, cell.getBoundingClientRect()]);
    const cut = cells.find(([, box]) => box.left < right - 1 && box.right > right + 1);
    const covers = beyond > 1 && cut && cut[0] !== head && cut[1].left - left - names > 40;
    const widths = {
      "--ep-head-width": names,
      "--ep-caption-height": caption ? caption.offsetHeight : 0,
      "--ep-cut": covers ? Math.ceil(right - cut[1].left) : 0,
    };
    const whole = cells.filter(([cell, box]) => covers && cell !== head && box.right <= cut[1].left + 1);
    return Object.assign(edges, { widths, whole, spare: covers ? right - cut[1].left : 0 });
  }

  /* The columns that are seen first share what the one that the edge would cut leaves. */
  function fill({ whole, spare }) {
    for (const [cell, box] of whole || []) {
      cell.style.minWidth = `${Math.floor(box.width + spare / whole.length)}px`;
    }
  }

  function unfill(frame) {
    for (const cell of frame.querySelectorAll("thead tr:last-child > *")) cell.style.minWidth = "";
  }

  function showEdges({ frame, before, after, widths }) {
    frame.classList.toggle("ep-table--left", before);
    frame.classList.toggle("ep-table--right", after);
    for (const [name, width] of Object.entries(widths || {})) frame.style.setProperty(name, `${width}px`);
  }

  /* Where rows are shown as cards, older browsers forget that they belong to a table. */
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

  function rememberTable(table) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
      const head = part.scope === "row" || part.scope === "rowgroup" ? "rowheader" : "columnheader";
      part.setAttribute("role", ROLES[part.tagName] || head);
    }
  }

  /* Code that is wider than its place can be scrolled by keyboard. */
  function reachCode(code) {
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  }

  /* Only a region that really scrolls needs a stop for the Tab key. */
  function reach(frame, fits, number) {
    frame.classList.toggle("ep-table--whole", fits);
    frame.classList.toggle("ep-table--snaps", !fits);
    if (fits) {
      frame.removeAttribute("tabindex");
      return;
    }
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    if (frame.hasAttribute("aria-labelledby")) return;
    const heading = frame.querySelector("caption");
    frame.setAttribute("aria-label", heading ? heading.textContent.trim() : say("scrolling_table", number));
  }

  /* All are measured before the first of them changes, or the browser would lay the page out anew
     for each. */
  function watchTables(frames) {
    const size = (frame) => `${frame.offsetWidth} ${frame.offsetHeight}`;
    const sizes = new Map();
    const update = (changed) => {
      changed.forEach(unfill);
      changed.map(measured).filter(({ before }) => !before).forEach(fill);
      for (const edges of changed.map(measured)) {
        showEdges(edges);
        reach(edges.frame, edges.fits, frames.indexOf(edges.frame) + 1);
      }
      changed.forEach((frame) => sizes.set(frame, size(frame)));
    };
    const observer = "ResizeObserver" in window && new ResizeObserver((entries) =>
      update(entries.map(({ target }) => target).filter((frame) => size(frame) !== sizes.get(frame))));
    update(frames); /* the observer first reports when the browser has already placed all */
    for (const frame of frames) {
      let waiting = false;
      frame.addEventListener("scroll", () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          showEdges(measured(frame));
        });
      }, { passive: true });
      if (observer) observer.observe(frame);
      else frame.tabIndex = 0;
    }
  }

  function setUpPrint(button) {
    button.addEventListener("click", () => window.print());
  }

  /* A menu that lies over the page closes when the reader turns to something else. */
  function setUpMenu(menu) {
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }

  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);
  each(".ep-scheme", (one) => setUpSwitch(one, "data-md-color-scheme", "ep-scheme", "slate", "default"));
  each(".ep-elder", (one) => setUpSwitch(one, "data-ep-elder", "ep-elder", "on", "off"));
  each(".ep-display", setUpDisplay);
  each(".ep-cite", setUpCite);
  each(".ep-fold__button", setUpFold);
  each("#ep-contents", followReading);
  watchTables([...document.querySelectorAll(".ep-table")]);
  each("pre > code", reachCode);
  if (matchMedia("(max-width: 39.99em)").matches) each(".ep-table--cards > table", rememberTable);
  each("[data-ep-print]", setUpPrint);
  window.addEventListener("load", () => each(".ep-search__failed", (note) => (note.hidden = false)));
  each(".ep-data", setUpMenu);
  openTarget();
  window.addEventListener("hashchange", openTarget);
  openOnPaper(matchMedia("print"));
})();

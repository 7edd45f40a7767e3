/* Small behaviour of the frame: light/dark switch, folding contents, print, menus, tables that scroll. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("frame", key, ...values);
  const root = document.documentElement;

  function setUpScheme(button) {
    const show = () => {
      const dark = root.getAttribute("data-md-color-scheme") === "slate";
      button.setAttribute("aria-pressed", String(dark));
    };
    button.addEventListener("click", () => {
      const next = root.getAttribute("data-md-color-scheme") === "slate" ? "default" : "slate";
      root.setAttribute("data-md-color-scheme", next);
      try {
        localStorage.setItem("ep-scheme", next);
      } catch (error) {
        /* private windows may refuse; the switch then holds for this page only */
      }
      show();
    });
    show();
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

  /* What is folded opens where an address leads into it, and on paper. */
  function openTarget() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folds = [];
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS" && !at.open) folds.push(at);
    if (!folds.length) return;
    folds.forEach((fold) => (fold.open = true));
    target.scrollIntoView();
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

  /* Says where a table goes on beyond its sides, and covers the column that its right edge would cut
     through, unless that is the only one beside the names of the rows. */
  function showEdges(frame) {
    const { left, right } = frame.getBoundingClientRect();
    const beyond = frame.scrollWidth - frame.clientWidth - frame.scrollLeft;
    frame.classList.toggle("ep-table--left", frame.scrollLeft > 1);
    frame.classList.toggle("ep-table--right", beyond > 1);
    const row = frame.querySelector("thead tr:last-child");
    if (!row) return;
    const head = row.querySelector(".ep-head");
    const first = head ? head.offsetWidth : 0;
    frame.style.setProperty("--ep-head-width", `${first}px`);
    const cells = [...row.cells].map((cell) => [cell, cell.getBoundingClientRect()]);
    const cut = cells.find(([, box]) => box.left < right - 1 && box.right > right + 1);
    const covers = beyond > 1 && cut && cut[0] !== head && cut[1].left - left - first > 40;
    const caption = frame.querySelector("caption");
    frame.style.setProperty("--ep-caption-height", `${caption ? caption.offsetHeight : 0}px`);
    frame.style.setProperty("--ep-cut", covers ? `${Math.ceil(right - cut[1].left)}px` : "0px");
  }

  /* Only a region that really scrolls needs a stop for the Tab key. */
  function watchOverflow(frame) {
    const heading = frame.querySelector("caption");
    let waiting = false;
    frame.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        showEdges(frame);
      });
    }, { passive: true });
    const update = () => {
      const fits = frame.scrollWidth <= frame.clientWidth + 1;
      frame.classList.toggle("ep-table--whole", fits);
      showEdges(frame);
      frame.classList.toggle("ep-table--snaps", !fits);
      if (fits) {
        frame.removeAttribute("tabindex");
        return;
      }
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      if (!frame.hasAttribute("aria-labelledby")) {
        frame.setAttribute("aria-label", heading ? heading.textContent.trim() : say("scrolling_table"));
      }
    };
    if ("ResizeObserver" in window) new ResizeObserver(update).observe(frame);
    else frame.tabIndex = 0;
  }

  function setUpPrint(button) {
    button.hidden = false;
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
  each(".ep-scheme", setUpScheme);
  each(".ep-fold__button", setUpFold);
  each("#ep-contents", followReading);
  each(".ep-table", watchOverflow);
  each("[data-ep-print]", setUpPrint);
  window.addEventListener("load", () => each(".ep-search__failed", (note) => (note.hidden = false)));
  each(".ep-data", setUpMenu);
  openTarget();
  window.addEventListener("hashchange", openTarget);
  openOnPaper(matchMedia("print"));
})();

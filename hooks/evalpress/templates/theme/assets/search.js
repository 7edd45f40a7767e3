/* The search boxes: one in the header, a large one on the home page. This script only builds them;
   what they do is loaded from search/ when one of them is first used. A box is a plain form that
   leads to the search page, so that Enter works from the first moment. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("search", key, ...values);
  const { base = ".", lists } = document.currentScript.dataset;
  const site = new URL(base.replace(/\/*$/, "/"), location.href);
  const load = (name) => import(new URL(`assets/search/${name}.js`, site).href);
  const isFile = location.protocol === "file:";

  const ICON =
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">' +
    '<circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8"/>' +
    '<path d="m12.8 12.8 4.2 4.2" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>';

  /** Put a search form into `root`; `name` tells the boxes of one page apart. */
  function buildForm(root, name) {
    const form = document.createElement("form");
    form.className = "ep-search__form";
    form.action = new URL("search/", site).href;
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", name === "header" ? say("search") : say("search_site"));
    form.innerHTML =
      `<input class="ep-search__input" type="search" name="q" placeholder="${say("placeholder")}"` +
      ` aria-label="${say("search_reports")}" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search">` +
      `<button class="ep-search__button" type="submit" aria-label="${say("search")}">${ICON}</button>`;
    form.addEventListener("submit", (event) => {
      if (isFile || !form.elements.q.value.trim()) event.preventDefault();
    });
    // An input method may be at work before the rest of the search is loaded.
    const { q } = form.elements;
    q.addEventListener("compositionstart", () => (q.dataset.composing = ""));
    q.addEventListener("compositionend", () => delete q.dataset.composing);
    root.textContent = "";
    root.append(form);
    return form;
  }

  const link = (address, word) => `<a href="${new URL(address, site).href}">${word}</a>`;

  /** Say below the field why there is no answer, and where else to look. */
  function explain(root, words) {
    const said = document.createElement("p");
    said.className = "ep-search__panel ep-search__advice";
    said.setAttribute("role", "status");
    said.innerHTML = words;
    root.append(said);
  }

  /** Opened from a folder, a page may load nothing. */
  function explainFile(root) {
    const ways = lists
      ? link(`${lists}index.html`, say("coverage"))
      : say("either", link("departments/index.html", say("departments")), link("years/index.html", say("years")));
    explain(root, say("opened_as_file", ways));
  }

  /** Start the script behind a field; it may be missing, or too new for the browser. */
  function start(root, name, action) {
    if (isFile) {
      explainFile(root);
      return;
    }
    load(name).then(action).catch(() => {
      const all = link("search/#all", say("all_reports"));
      explain(root, say("not_started", all));
    });
  }

  function setUpBox(root, name) {
    const input = buildForm(root, name).elements.q;
    const wake = () => start(root, "box", (box) => box.start(root, name, site));
    input.addEventListener("focus", wake, { once: true });
    return input;
  }

  function setUpFinder(root) {
    const input = buildForm(root, "finder").elements.q;
    start(root, "finder", (finder) => finder.start(root, site));
    return input;
  }

  const each = (selector, action) => [...document.querySelectorAll(selector)].map(action);
  const inputs = [
    ...each("[data-ep-search-page]", setUpFinder),
    ...each(".ep-search-home", (root) => setUpBox(root, "home")),
    ...each("[data-ep-search]", (root) => setUpBox(root, "header")),
  ];

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey || !inputs.length) return;
    event.preventDefault();
    inputs[0].focus();
  });
})();

/* Lists: rows of a brief list open on a tap, and reports are chosen in any list, two to five, for a
   comparison. The choice holds from page to page until it is used or cleared. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("picks", key, ...values);
  const MOST = 5;
  const STORE = "ep-picked";
  const base = new URL(`${document.currentScript.dataset.base}/`, location.href);
  const ticks = [...document.querySelectorAll(".ep-choose")];

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* ---- rows of two lines --------------------------------------------------------------------- */

  function addOpener(row) {
    const head = row.querySelector("th");
    if (!head) return;
    const name = (head.querySelector("a") || head).textContent.trim();
    const button = make("button", { type: "button", className: "ep-brief__open" });
    button.setAttribute("aria-label", say("all_data", name));
    const open = (now) => {
      row.classList.toggle("ep-open", now);
      button.setAttribute("aria-expanded", String(now));
    };
    button.addEventListener("click", () => open(!row.classList.contains("ep-open")));
    open(false);
    head.append(button);
  }

  document.querySelectorAll(".ep-brief tbody tr:not(.ep-group)").forEach(addOpener);

  /* ---- reports to compare -------------------------------------------------------------------- */

  if (!ticks.length) return;
  let chosen = read();

  function read() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && one.address && one.name) : [];
    } catch (error) {
      return [];
    }
  }

  function keep() {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(chosen));
    } catch (error) {
      /* private windows may refuse; the choice then holds for this page only */
    }
  }

  const status = make("p", { className: "ep-picked__status" });
  status.setAttribute("role", "status");
  const go = make("a", { className: "ep-tool ep-tool--main", textContent: say("compare") });
  const clear = make("button", { type: "button", className: "ep-tool", textContent: say("clear") });
  const bar = make("div", { className: "ep-picked", hidden: true }, status, go, clear);
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", say("chosen_reports"));
  document.querySelector(".ep-page").append(bar);

  const nameOf = (tick) => tick.dataset.name;

  function show() {
    const full = chosen.length >= MOST;
    for (const tick of ticks) {
      tick.checked = chosen.some(({ address }) => address === tick.value);
      tick.disabled = full && !tick.checked;
    }
    bar.hidden = !chosen.length;
    const names = chosen.map(({ name }) => name).join("、");
    const more = chosen.length < 2 ? say("one_more") : full ? say("at_most", MOST) : "";
    status.textContent = chosen.length ? say("chosen", chosen.length, names, more) : "";
    go.hidden = chosen.length < 2;
    const query = chosen.map(({ address }) => `r=${address}`).join("&");
    go.href = `${new URL("compare/", base).pathname}?${query}`;
  }

  function change(to) {
    chosen = to.slice(0, MOST);
    keep();
    show();
  }

  ticks.forEach((tick) => tick.addEventListener("change", () => {
    const others = chosen.filter(({ address }) => address !== tick.value);
    change(tick.checked ? [...others, { address: tick.value, name: nameOf(tick) }] : others);
  }));
  clear.addEventListener("click", () => {
    change([]);
    ticks[0].focus();
  });
  window.addEventListener("pageshow", () => {
    chosen = read();
    show();
  });
  show();
})();

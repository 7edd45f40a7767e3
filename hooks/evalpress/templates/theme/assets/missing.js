/* A page that is not there: the pages above its address that are, by their headings. */
(() => {
  "use strict";

  const place = document.querySelector("[data-ep-missing]");
  const base = place.dataset.epMissing.replace(/\/*$/, "/");

  function above(path) {
    const steps = path.slice(base.length).split("/").filter(Boolean);
    return steps.map((_, at) => `${base}${steps.slice(0, at).join("/")}/`).slice(1).reverse();
  }

  async function heading(address) {
    const answer = await fetch(address);
    if (!answer.ok) return "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("h1");
    return found ? found.textContent.trim() : "";
  }

  function offer(address, text) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    entry.append(link);
    place.querySelector("ul").append(entry);
    place.hidden = false;
  }

  async function look() {
    if (!location.pathname.startsWith(base)) return;
    for (const address of above(location.pathname)) {
      const text = await heading(address).catch(() => "");
      if (text) offer(address, text);
    }
  }

  look();
})();

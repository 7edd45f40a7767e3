/* Before anything is drawn: how this reader wants to see the site. The page says no-js until then. */
(() => {
  "use strict";

  const root = document.documentElement;
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch (error) {
      return null; /* private windows may refuse */
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-md-color-scheme", kept("ep-scheme") || (dark ? "slate" : "default"));
  /* What the address asks a script for: the style keeps its place free. */
  root.setAttribute("data-ep-asked", [...new URLSearchParams(location.search).keys()].join(" "));
  root.classList.remove("no-js");
})();

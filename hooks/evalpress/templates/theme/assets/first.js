/* Before anything is drawn: how this reader wants to see the site, and when. The page says no-js until then. */
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
  const set = (name, value) => value && root.setAttribute(name, value);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const strong = matchMedia("(prefers-contrast: more)").matches;
  root.setAttribute("data-md-color-scheme", kept("ep-scheme") || (dark ? "slate" : "default"));
  /* What the address asks a script for: the style keeps its place free. */
  root.setAttribute("data-ep-asked", [...new URLSearchParams(location.search).keys()].join(" "));
  set("data-ep-size", kept("ep-size"));
  set("data-ep-contrast", kept("ep-contrast") || (strong ? "high" : ""));
  set("data-ep-elder", kept("ep-elder"));
  root.classList.remove("no-js");
  /* Nothing is shown before all beside it is there, or it would move: of browsers that can wait. They
     wait for the beginning of what they are told, so it is what follows. */
  const whole = document.createElement("link");
  whole.rel = "expect";
  whole.href = "#ep-end";
  whole.setAttribute("blocking", "render");
  document.head.append(whole);
})();

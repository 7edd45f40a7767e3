/* Any two reports side by side, put together from the data that lie beside their pages. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("compared", key, ...values);
  const form = document.querySelector("[data-ep-compare]");
  if (!form) return;
  const status = document.querySelector("[data-ep-compare-status]");
  const place = document.querySelector("[data-ep-compared]");
  if (!window.epComparing) {
    status.textContent = say("failed");
    return;
  }
  const {
    ABSENT, ADDRESS, BUDGETS, FIGURE, HIDDEN, OUTCOMES, badge, base, element, fundRows, fundUnit, goalTexts,
    invented, label, lines, linkTo, load, nameOf, notes, oneScheme, origin, outcomeOf, schemeOf, section,
    sectionTexts, shown, table, told, unfolding, valueOr, written,
  } = window.epComparing;

  /* A later report against an earlier one, and one department against another. */
  const CHANGES = {
    head: say("change"), more: say("increased"), less: say("decreased"), up: say("rose"), down: say("fell"), equal: say("level"),
    repeated: say("as_before"),
  };
  const DIFFERENCES = {
    head: say("difference"), more: say("more"), less: say("less"), up: say("higher"), down: say("lower"), equal: say("equal"),
    repeated: say("as_first"),
  };

  /* ---- what was asked for -------------------------------------------------------------- */

  function asked() {
    const query = new URLSearchParams(location.search);
    return ["a", "b"].map((key) => query.get(key) || "");
  }

  /* The departments by id, from the list on the page: each with its name and its own page. */
  const offered = new Map();
  for (const link of document.querySelectorAll("#comparisons tbody th a")) {
    const [, id] = link.href.slice(base.href.length).split("/");
    offered.set(id, { name: link.textContent.trim(), page: link.href, reports: null });
  }
  if (!offered.size || location.protocol === "file:") {
    form.hidden = true;
    if (offered.size) status.textContent = say("opened_as_file");
    return;
  }

  /* The reports of a department, newest first, from its own page: [{ address, label }]. */
  function reportsOf(id) {
    const department = offered.get(id);
    if (!department.reports) {
      department.reports = read(department.page).catch((error) => {
        department.reports = null;
        throw error;
      });
    }
    return department.reports;
  }

  async function read(page) {
    const answer = await fetch(page);
    if (!answer.ok) throw new TypeError(page);
    const listed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const reports = [];
    for (const row of listed.querySelectorAll("#documents tbody tr")) {
      const [, ...project] = row.cells[0].textContent.trim().split("：");
      for (const link of row.cells[1].querySelectorAll("a")) {
        const target = new URL(link.getAttribute("href"), page).href;
        const label = [link.textContent, project.join("：")].filter(Boolean).join(" ");
        reports.push({ address: target.slice(base.href.length).replace(/\/$/, ""), label });
      }
    }
    return reports.sort((one, other) => other.address.split("/")[1] - one.address.split("/")[1]);
  }

  const SIDES = ["a", "b"].map((key) => ({
    department: form.elements[`${key}-department`], report: form.elements[`${key}-report`],
  }));

  function options(select, entries) {
    fillWith(select, entries.map(([value, label]) => element("option", { value }, label)));
  }

  /* Offer the reports of the department that is chosen, and choose this one if it is there. */
  async function offerReports(side, wanted) {
    const id = side.department.value;
    options(side.report, []);
    try {
      const reports = await reportsOf(id);
      if (side.department.value !== id) return;
      options(side.report, reports.map(({ address, label }) => [address, label]));
      if (reports.some(({ address }) => address === wanted)) side.report.value = wanted;
    } catch (error) {
      status.textContent = say("failed");
    }
  }

  function fill(addresses) {
    SIDES.forEach((side, index) => {
      const id = addresses[index].split("/")[0];
      if (offered.has(id)) side.department.value = id;
      offerReports(side, addresses[index]);
    });
  }

  function fillWith(container, nodes) {
    container.textContent = "";
    container.append(...nodes);
  }

  async function show(addresses) {
    fillWith(place, []);
    if (!addresses.every((address) => ADDRESS.test(address))) {
      status.textContent = addresses.some(Boolean) ? say("bad_address") : "";
      return;
    }
    if (addresses[0] === addresses[1]) {
      status.textContent = say("same_report");
      return;
    }
    status.textContent = say("reading_two");
    try {
      const pair = await Promise.all(addresses.map(load));
      if (addresses.join() !== asked().join()) return;
      fillWith(place, compared(pair));
      window.epTakes(place, pair);
      status.textContent = say("compared_two");
    } catch (error) {
      status.textContent = error instanceof TypeError ? say("failed") : error.message;
    }
  }

  /* ---- figures as texts: they are compared and subtracted as they were written ----------- */

  function scaled(text, places) {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  }

  function change(words, old, now, unit) {
    if (!old || !now || !FIGURE.test(old) || !FIGURE.test(now)) return null;
    const places = Math.max(...[old, now].map((text) => (text.split(".")[1] || "").length));
    const difference = scaled(now, places) - scaled(old, places);
    if (difference === 0n) return words.equal;
    const size = (difference < 0n ? -difference : difference).toString().padStart(places + 1, "0");
    const apart = shown(places ? `${size.slice(0, -places)}.${size.slice(-places)}` : size);
    const more = difference > 0n;
    if (unit === "%") return say("percentage_points", more ? words.up : words.down, apart);
    return `${more ? words.more : words.less}${apart}${unit}`;
  }

  /* ---- the tables ------------------------------------------------------------------------ */

  /* Gives true where the two are years of one document. */
  function isOneDocument([one, other]) {
    return one.department.id === other.department.id && one.slug === other.slug;
  }

  /* The keys of two maps, in the order of the second. */
  const keysOf = (known) => [...new Set([...known[1].keys(), ...known[0].keys()])];

  const both = (pair, of) => say("of_both", pair[0].label, pair[1].label, of);

  function compared(found) {
    const same = isOneDocument(found);
    label(found, !same);
    const pair = same && found[0].year > found[1].year ? [found[1], found[0]] : found;
    pair.words = same ? CHANGES : DIFFERENCES;
    pair.mixed = origin(pair[0]) !== origin(pair[1]);
    return [
      links(pair),
      ...caveats(pair, same),
      ...section(say("figures"), figures(pair)),
      ...section(say("dimensions"), dimensions(pair)),
      ...section(say("funds"), funds(pair)),
      ...section(say("indicators"), same ? indicators(pair) : outcomes(pair)),
      ...section(say("problems"), problems(pair)),
      ...section(say("goals"), goals(pair)),
      ...section(say("texts"), texts(pair)),
    ];
  }

  function links(pair) {
    const [one, other] = pair.map(linkTo);
    return element("p", {}, say("reports"), one, "、", other);
  }

  function caveats(pair, same) {
    const said = [];
    if (!oneScheme(pair)) said.push(say("two_schemes", pair.map(schemeOf).join("；")));
    if (!same) said.push(say("two_subjects"));
    if (pair.mixed) said.push(say("two_origins", pair.map(origin).join("；")));
    return notes([...said, ...invented(pair)]);
  }

  function columns(first, pair, last = pair.words.head, numeric = true) {
    return [
      { name: first },
      ...pair.map((report) => ({ name: report.label, numeric })),
      ...(last ? [{ name: last }] : []),
    ];
  }

  function figures(pair) {
    const one = (name, read, start, unit, comparable) => {
      const values = pair.map((report) => read(report.assessed));
      const both = values[0] !== undefined && values[1] !== undefined;
      return [
        name,
        ...pair.map((report, index) => valueOr(report, values[index], start, unit === "%" ? "%" : "")),
        comparable && !pair.mixed ? change(pair.words, ...values, unit) : both ? say("not_comparable") : null,
      ];
    };
    const scored = oneScheme(pair);
    const units = pair.map((report) => (report.assessed.money || {}).unit);
    const unit = units[0] || units[1] || "";
    const money = (keys) => (found) => {
      const amounts = found.money || {};
      return amounts[keys.find((key) => amounts[key] !== undefined)];
    };
    const rows = [
      one(say("score"), (found) => found.score, "scores/total", say("points"), scored),
      one(say("share"), (found) => found.share, "scores/total", "%", scored),
      [say("grade"), ...pair.map((report) => valueOr(report, report.assessed.grade_word, "scores/grade")), null],
      one(say("rate"), (found) => (found.execution_rate || {}).percent, "funds", "%", true),
    ];
    for (const [name, keys] of [[say("budget_amount"), BUDGETS], [say("executed_amount"), ["executed"]]]) {
      rows.push(one(`${name}（${units[0] === units[1] ? unit : units.map((u) => u || ABSENT).join("；")}）`,
        money(keys), "funds", unit, units[0] === units[1]));
    }
    return table("figures-table", both(pair, say("figures")), columns(say("item"), pair), rows);
  }

  function dimensions(pair) {
    const scores = pair.map((report) =>
      new Map(((report.content.scores || {}).items || []).map((item) => [item.name, item])));
    const names = keysOf(scores);
    if (!names.length) return null;
    const comparable = oneScheme(pair) && !pair.mixed;
    const rows = names.map((name) => {
      const values = scores.map((known) => (known.get(name) || {}).score);
      const shown = pair.map((report, index) => {
        const item = scores[index].get(name);
        return item ? valueOr(report, item.score, `scores/${item.id || item.name}`) : null;
      });
      return [name, ...shown, comparable ? change(pair.words, ...values, say("points")) : null];
    });
    return table("dimensions-table", both(pair, say("dimensions")), columns(say("dimension"), pair), rows);
  }

  function funds(pair) {
    const known = pair.map((report) => new Map(fundRows(report)));
    const ids = keysOf(known);
    if (!ids.length) return null;
    const rows = ids.map((id) => {
      const named = known[1].get(id) || known[0].get(id);
      const cells = pair.flatMap((report, index) => {
        const row = known[index].get(id);
        return ["budget", "executed"].map(
          (key) => (row ? valueOr(report, row[key], `funds/${id}`) : null));
      });
      return [named.name, ...cells];
    });
    const units = pair.map(fundUnit);
    const heads = pair.flatMap((report, index) => [say("budget_amount"), say("executed_amount")].map((name) => ({
      name: `${report.label}${name}${units[0] === units[1] ? "" : `（${units[index]}）`}`,
      numeric: true,
    })));
    const caption = both(pair, say("funds")) + (units[0] && units[0] === units[1] ? say("in_unit", units[0]) : "");
    return table("funds-table", caption, [{ name: say("item") }, ...heads], rows);
  }

  function cellOf(report, indicator) {
    const said = told(report, indicator, ["target", "actual", "score"]);
    return [...lines(said), ...(said.length ? [element("br")] : []), badge(outcomeOf(report, indicator))];
  }

  function indicators(pair) {
    const known = pair.map((report) =>
      new Map((report.content.indicators || []).map((indicator) => [indicator.id, indicator])));
    const ids = keysOf(known);
    if (!known[0].size || !known[1].size) return null;
    const rows = ids.map((id) => {
      const found = known.map((map) => map.get(id));
      const cells = pair.map((report, index) =>
        (found[index] ? cellOf(report, found[index]) : say("not_listed")));
      return [nameOf(found[1] || found[0]), ...cells, lines(changes(pair, found))];
    });
    return table("indicators-table", both(pair, say("indicators")), columns(say("indicator_name"), pair, pair.words.head, false), rows);
  }

  function changes(pair, [old, now]) {
    if (!old || !now) return [old ? say("no_longer_listed") : say("newly_listed")];
    const said = [];
    const targets = [old, now].map((one) => written(one.target));
    if (targets[0] && targets[1] && targets[0] !== targets[1]) said.push(say("target_changed"));
    const results = [old, now].map((one, index) => outcomeOf(pair[index], one));
    if (results[0] && results[1] && results[0] !== results[1]) {
      said.push(say("outcome_changed", OUTCOMES[results[0]], OUTCOMES[results[1]]));
    }
    return said.length ? said : [ABSENT];
  }

  function outcomes(pair) {
    const counted = pair.map((report) => {
      const count = new Map();
      for (const indicator of report.content.indicators || []) {
        const name = OUTCOMES[outcomeOf(report, indicator)] || HIDDEN;
        count.set(name, (count.get(name) || 0) + 1);
      }
      return count;
    });
    if (!counted[0].size && !counted[1].size) return null;
    const rows = [...Object.values(OUTCOMES), HIDDEN]
      .filter((name) => counted.some((count) => count.has(name)))
      .map((name) => [name, ...counted.map((count) => String(count.get(name) || 0))]);
    return table("outcomes-table", both(pair, say("outcome_counts")), columns(say("outcome"), pair, ""), rows);
  }

  function problems(pair) {
    const rows = pair.flatMap((report) => (report.content.problems || [])
      .filter((problem) => problem.text)
      .map((problem) => [problem.text, report.label, problem.measure || null]));
    const heads = [{ name: say("problems") }, { name: say("report") }, { name: say("measure") }];
    return rows.length ? table("problems-table", both(pair, say("problems")), heads, rows) : null;
  }

  /* ---- goals and texts ------------------------------------------------------------------- */

  /* Rows of two maps from a key to { name, texts }: the name, and what each report says there. */
  function rowsOf(known, show) {
    const keys = keysOf(known);
    return keys.map((key) => {
      const found = known.map((map) => map.get(key));
      const texts = found.map((one) => (one ? one.texts : []));
      return [(found[1] || found[0]).name, ...show(texts)];
    });
  }

  const paragraphs = (texts) => lines(texts.flatMap((text) => text.split("\n")));

  const GOALS = { target: say("expected"), indicator: say("indicators"), actual: say("achieved") };

  /* What says something, by its key. */
  const saying = (entries) => new Map(entries.filter(([, { texts }]) => texts.length));

  function goalsOf(report) {
    const { overall, items = [] } = report.content.goals || {};
    return saying(goalTexts([overall, ...items], GOALS));
  }

  function goals(pair) {
    const rows = rowsOf(pair.map(goalsOf), (texts) => texts.map(paragraphs));
    const heads = columns(say("target"), pair, "", false);
    return rows.length ? table("goals-table", both(pair, say("goals_and_results")), heads, rows) : null;
  }

  function texts(pair) {
    const marked = ([old, now]) => [paragraphs(old), now.flatMap((text, index) => [
      ...(index ? [element("br")] : []),
      ...paragraphs([text]),
      ...(old.includes(text) ? [" ", element("span", { class: "ep-move" }, pair.words.repeated)] : []),
    ])];
    const rows = rowsOf(pair.map((report) => saying(sectionTexts(report))), marked);
    if (!rows.length) return null;
    const made = table("texts-table", both(pair, say("texts")), columns(say("section"), pair, "", false), rows);
    return unfolding(made, say("unfold_two"));
  }

  /* ---- set up ---------------------------------------------------------------------------- */

  SIDES.forEach((side) => {
    options(side.department, [...offered].map(([id, { name }]) => [id, name]));
    side.department.addEventListener("change", () => offerReports(side, ""));
  });
  /* Two different reports to begin with: the newest and the one before it, or that of another
     department. */
  if (SIDES[0].report.options.length > 1) {
    SIDES[0].report.selectedIndex = 1;
  } else if (SIDES[1].department.options.length > 1) {
    SIDES[1].department.selectedIndex = 1;
    offerReports(SIDES[1]);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [a, b] = SIDES.map(({ report }) => report.value);
    if (!a || !b) return;
    history.pushState(null, "", `?a=${a}&b=${b}`);
    show([a, b]);
  });
  window.addEventListener("popstate", () => {
    fill(asked());
    show(asked());
  });
  fill(asked());
  show(asked());
})();

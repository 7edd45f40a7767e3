/* Any two reports side by side, put together from the data that lie beside their pages. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("compared", key, ...values);
  const form = document.querySelector("[data-ep-compare]");
  if (!form) return;
  const status = document.querySelector("[data-ep-compare-status]");
  const place = document.querySelector("[data-ep-compared]");
  const base = new URL(`${document.currentScript.dataset.base}/`, location.href);

  const OUTCOMES = {
    met: say("met"), missed: say("missed"), unknown: say("unknown"),
  };
  const HIDDEN = say("withheld");
  const ABSENT = "—";
  const FAILED = say("failed");
  const BUDGETS = ["budget", "adjusted", "initial", "appropriated"];

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

  const ADDRESS = /^[a-z0-9-]+\/\d{4}(\/[a-z0-9-]+)?$/;

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
      status.textContent = FAILED;
    }
  }

  function fill(addresses) {
    SIDES.forEach((side, index) => {
      const id = addresses[index].split("/")[0];
      if (offered.has(id)) side.department.value = id;
      offerReports(side, addresses[index]);
    });
  }

  async function load(address) {
    const file = `${address}/${address.replace(/\//g, "-")}.json`;
    const answer = await fetch(new URL(file, base));
    if (!answer.ok) throw new Error(say("no_report", address));
    return answer.json();
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
      status.textContent = error instanceof TypeError ? FAILED : error.message;
    }
  }

  /* ---- making elements; all text goes in as text ---------------------------------------- */

  function element(name, options = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (value !== undefined && value !== "") made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function fillWith(container, nodes) {
    container.textContent = "";
    container.append(...nodes);
  }

  /* Lines of a cell, parted by line ends. */
  function lines(texts) {
    return texts.flatMap((text, index) => (index ? [element("br"), text] : [text]));
  }

  function table(id, caption, columns, rows) {
    const cell = (content, index) => {
      const kind = index === 0 ? "th" : "td";
      const options = { role: index ? "cell" : "rowheader", "data-label": columns[index].name };
      if (index === 0) options.scope = "row";
      if (columns[index].numeric) options.class = "ep-number";
      const isEmpty = content === null || content === undefined || content.length === 0;
      const filled = isEmpty ? ABSENT : content;
      return element(kind, options, ...(Array.isArray(filled) ? filled : [filled]));
    };
    const heads = columns.map((column) => element(
      "th",
      { scope: "col", role: "columnheader", class: column.numeric ? "ep-number" : "" },
      column.name,
    ));
    const body = rows.map((row) => element("tr", { role: "row" }, ...row.map(cell)));
    return element(
      "div",
      { class: "ep-table ep-table--cards", role: "region", tabindex: "0", id, "aria-labelledby": `${id}-caption` },
      element(
        "table",
        { role: "table" },
        element("caption", { id: `${id}-caption` }, caption),
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
        element("tbody", { role: "rowgroup" }, ...body),
      ),
    );
  }

  /* ---- figures as texts: they are compared and subtracted as they were written ----------- */

  /* Thousands parted as on every page. */
  function grouped(text) {
    const [whole, part] = text.split(".");
    const shown = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return part === undefined ? shown : `${shown}.${part}`;
  }

  const FIGURE = /^-?\d+(\.\d+)?$/;
  const shownAs = (value) => (FIGURE.test(value) ? grouped(value) : value);

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
    const shown = grouped(places ? `${size.slice(0, -places)}.${size.slice(-places)}` : size);
    const more = difference > 0n;
    if (unit === "%") return say("percentage_points", more ? words.up : words.down, shown);
    return `${more ? words.more : words.less}${shown}${unit}`;
  }

  function hidden(report, start) {
    return Object.keys(report.withheld || {}).some(
      (name) => `${start}/`.startsWith(`${name}/`) || name.startsWith(`${start}/`),
    );
  }

  /* ---- the tables ------------------------------------------------------------------------ */

  /* Name each report by what tells the two apart: years, departments, projects. Gives true where
     they are years of one document. */
  function label(pair) {
    const same = (read) => read(pair[0]) === read(pair[1]);
    const oneDepartment = same((report) => report.department.id);
    const oneYear = same((report) => report.year);
    const oneDocument = oneDepartment && same((report) => report.slug);
    for (const report of pair) {
      const name = oneDepartment ? "" : report.department.short || report.department.name;
      const year = oneYear && !oneDepartment ? "" : say("of_year", report.year);
      const project = report.slug ? report.content.project_name || report.kind.name : "";
      report.label = `${name}${year}${oneDocument ? "" : project}`;
    }
    return oneDocument;
  }

  /* The keys of two maps, in the order of the second. */
  const keysOf = (known) => [...new Set([...known[1].keys(), ...known[0].keys()])];

  const yearOf = (report) => report.label;
  const both = (pair, of) => say("of_both", pair[0].label, pair[1].label, of);

  function compared(found) {
    const same = label(found);
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

  function section(title, content) {
    return content ? [element("h2", {}, title), content] : [];
  }

  function links(pair) {
    const made = pair.map((report) =>
      element("a", { href: new URL(report.address, base).pathname }, report.title));
    return element("p", {}, say("reports"), made[0], "、", made[1]);
  }

  function caveats(pair, same) {
    const said = [];
    const names = pair.map((report) => (report.assessed.scheme || {}).name || say("no_scheme"));
    if (!sameScheme(pair)) {
      said.push(say("two_schemes", names.join("；")));
    }
    if (!same) said.push(say("two_subjects"));
    if (pair.mixed) {
      said.push(say("two_origins", pair.map(origin).join("；")));
    }
    const invented = pair.map((report) => report.provenance).filter((found) => found.id !== "real");
    said.push(...new Set(invented.map((found) => `${found.name}：${found.note}`)));
    return said.map((text) => element("p", { class: "ep-note ep-caveat" }, text));
  }

  const origin = (report) => `${report.region.name}，${report.provenance.name}`;

  function sameScheme(pair) {
    const [one, other] = pair.map((report) => report.assessed);
    return (one.scheme || {}).id === (other.scheme || {}).id && one.full_marks === other.full_marks;
  }

  function columns(first, pair, last = pair.words.head, numeric = true) {
    return [
      { name: first },
      ...pair.map((report) => ({ name: yearOf(report), numeric })),
      ...(last ? [{ name: last }] : []),
    ];
  }

  function valueOr(report, value, start, unit = "") {
    if (value === undefined || value === null) return hidden(report, start) ? HIDDEN : null;
    return `${shownAs(`${value}`)}${unit === "%" ? "%" : ""}`;
  }

  function figures(pair) {
    const one = (name, read, start, unit, comparable) => {
      const values = pair.map((report) => read(report.assessed));
      const both = values[0] !== undefined && values[1] !== undefined;
      return [
        name,
        ...pair.map((report, index) => valueOr(report, values[index], start, unit)),
        comparable && !pair.mixed ? change(pair.words, ...values, unit) : both ? say("not_comparable") : null,
      ];
    };
    const scored = sameScheme(pair);
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
    const comparable = sameScheme(pair) && !pair.mixed;
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

  function amounts(report) {
    const about = (report.tables || {})[""] || {};
    const meanings = new Map((about.columns || []).map((column) => [column.id, column.meaning]));
    const read = (row, wanted) => {
      const found = Object.entries(row.amounts || {}).find(
        ([id, value]) => value !== null && (meanings.get(id) || id) === wanted);
      return found && found[1];
    };
    const rows = ((report.content.funds || {}).rows || []).map((row) => [row.id, {
      name: row.name || (about.rows || {})[row.id] || row.id,
      budget: BUDGETS.map((key) => read(row, key)).find((value) => value !== undefined),
      executed: read(row, "executed"),
    }]);
    return new Map(rows);
  }

  function funds(pair) {
    const known = pair.map(amounts);
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
    const units = pair.map((report) => ((report.tables || {})[""] || {}).unit || "");
    const heads = pair.flatMap((report, index) => [say("budget_amount"), say("executed_amount")].map((name) => ({
      name: `${yearOf(report)}${name}${units[0] === units[1] ? "" : `（${units[index]}）`}`,
      numeric: true,
    })));
    const caption = both(pair, say("funds")) + (units[0] && units[0] === units[1] ? say("in_unit", units[0]) : "");
    return table("funds-table", caption, [{ name: say("item") }, ...heads], rows);
  }

  const written = (measure) => (measure ? measure.written || String(measure) : null);
  const nameOf = (indicator) => indicator.name || indicator.text || indicator.level2 || indicator.id;

  function told(report, indicator) {
    const start = `indicators/${indicator.id}`;
    const outcome = (report.assessed.outcomes || {})[indicator.id];
    const target = written(indicator.adjusted_target || indicator.target);
    const parts = [
      [say("target"), valueOr(report, target, `${start}/target`)],
      [say("actual"), valueOr(report, written(indicator.actual), `${start}/actual`)],
      [say("score"), valueOr(report, indicator.score, `${start}/score`)],
    ];
    const said = parts.filter(([, value]) => value !== null).map(([name, value]) => `${name} ${value}`);
    const badge = element(
      "span", { class: `ep-outcome ep-outcome--${outcome || "withheld"}` }, OUTCOMES[outcome] || HIDDEN);
    return [...lines(said), ...(said.length ? [element("br")] : []), badge];
  }

  function indicators(pair) {
    const known = pair.map((report) =>
      new Map((report.content.indicators || []).map((indicator) => [indicator.id, indicator])));
    const ids = keysOf(known);
    if (!known[0].size || !known[1].size) return null;
    const rows = ids.map((id) => {
      const found = known.map((map) => map.get(id));
      const cells = pair.map((report, index) =>
        (found[index] ? told(report, found[index]) : say("not_listed")));
      return [nameOf(found[1] || found[0]), ...cells, lines(changes(pair, found))];
    });
    return table("indicators-table", both(pair, say("indicators")), columns(say("indicator_name"), pair, pair.words.head, false), rows);
  }

  function changes(pair, [old, now]) {
    if (!old || !now) return [old ? say("no_longer_listed") : say("newly_listed")];
    const said = [];
    const targets = [old, now].map((one) => written(one.target));
    if (targets[0] && targets[1] && targets[0] !== targets[1]) said.push(say("target_changed"));
    const results = [old, now].map((one, index) => (pair[index].assessed.outcomes || {})[one.id]);
    if (results[0] && results[1] && results[0] !== results[1]) {
      said.push(say("outcome_changed", OUTCOMES[results[0]], OUTCOMES[results[1]]));
    }
    return said.length ? said : [ABSENT];
  }

  function outcomes(pair) {
    const counted = pair.map((report) => {
      const count = new Map();
      for (const indicator of report.content.indicators || []) {
        const name = OUTCOMES[(report.assessed.outcomes || {})[indicator.id]] || HIDDEN;
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
      .map((problem) => [problem.text, yearOf(report), problem.measure || null]));
    const heads = [{ name: say("problems") }, { name: say("report") }, { name: say("measure") }];
    return rows.length ? table("problems-table", both(pair, say("problems")), heads, rows) : null;
  }

  /* ---- goals and texts ------------------------------------------------------------------- */

  const SAYS = ["label", "heading", "text", "withheld", "markdown", "list", "content"];
  const SILENT = ["columns", "picture", "show"];

  /* The sentences of blocks, in their order: no tables, pictures, numbers or ids. */
  function textsOf(node) {
    if (typeof node === "string") return [node];
    if (Array.isArray(node)) return node.flatMap(textsOf);
    if (!node || SILENT.some((key) => key in node)) return [];
    return SAYS.flatMap((key) => (key in node ? textsOf(node[key]) : []));
  }

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

  function goalsOf(report) {
    const { overall, items = [] } = report.content.goals || {};
    const entries = [overall, ...items].filter(Boolean).flatMap((goal) =>
      Object.entries(GOALS).map(([key, kind]) => [
        `${goal.id} ${key}`, { name: `${goal.name || say("overall_goal")}：${kind}`, texts: textsOf(goal[key]) },
      ]));
    return new Map(entries.filter(([, { texts }]) => texts.length));
  }

  function goals(pair) {
    const rows = rowsOf(pair.map(goalsOf), (texts) => texts.map(paragraphs));
    const heads = columns(say("target"), pair, "", false);
    return rows.length ? table("goals-table", both(pair, say("goals_and_results")), heads, rows) : null;
  }

  function sectionsOf(report) {
    const { body = {} } = report.content;
    const headings = report.sections || {};
    const keys = [...new Set([...Object.keys(headings), ...Object.keys(body)])];
    const entries = keys.map((key) => [key, {
      name: body[key].heading || headings[key] || say("beginning"), texts: textsOf(body[key].content),
    }]);
    return new Map(entries.filter(([, { texts }]) => texts.length));
  }

  function texts(pair) {
    const marked = ([old, now]) => [paragraphs(old), now.flatMap((text, index) => [
      ...(index ? [element("br")] : []),
      ...paragraphs([text]),
      ...(old.includes(text) ? [" ", element("span", { class: "ep-move" }, pair.words.repeated)] : []),
    ])];
    const rows = rowsOf(pair.map(sectionsOf), marked);
    if (!rows.length) return null;
    const made = table("texts-table", both(pair, say("texts")), columns(say("section"), pair, "", false), rows);
    const note = element("p", { class: "ep-note" }, say("texts_only"));
    const summary = element("summary", {}, say("unfold_two"));
    return element("details", { class: "ep-unfold" }, summary, made, note);
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

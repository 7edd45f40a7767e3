/* What every comparison of reports in the browser is made of: reports read from the data that lie
   beside their pages, what they hold, and tables of it. All text goes in as text. */
window.epComparing = (() => {
  "use strict";

  const say = (key, ...values) => window.epSay("compared", key, ...values);
  const base = new URL(`${document.currentScript.dataset.base}/`, location.href);

  const ADDRESS = /^[a-z0-9-]+\/\d{4}(\/[a-z0-9-]+)?$/;
  const FIGURE = /^-?\d+(\.\d+)?$/;
  const OUTCOMES = { met: say("met"), missed: say("missed"), unknown: say("unknown") };
  const HIDDEN = say("withheld");
  const ABSENT = "—";
  const BUDGETS = ["budget", "adjusted", "initial", "appropriated"];

  async function load(address) {
    const answer = await fetch(new URL(`${address}/${address.replace(/\//g, "-")}.json`, base));
    if (!answer.ok) throw new Error(say("no_report", address));
    return answer.json();
  }

  /* ---- elements -------------------------------------------------------------------------- */

  function element(name, options = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (value !== undefined && value !== "") made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  /* Lines of a cell, parted by line ends. */
  function lines(texts) {
    return texts.flatMap((text, index) => (index ? [element("br"), text] : [text]));
  }

  /* A table; on a narrow screen each row becomes a card. The first column names the rows, the
     others are { name, numeric }. */
  function table(id, caption, columns, rows, style = "") {
    const cell = (content, index) => {
      const options = index
        ? { role: "cell", "data-label": columns[index].name, class: columns[index].numeric ? "ep-number" : "" }
        : { role: "rowheader", scope: "row" };
      const isEmpty = content === null || content === undefined || content.length === 0;
      const filled = isEmpty ? ABSENT : content;
      return element(index ? "td" : "th", options, ...(Array.isArray(filled) ? filled : [filled]));
    };
    const heads = columns.map(({ name, numeric }, index) => element(
      "th",
      { scope: "col", role: "columnheader", class: index ? (numeric ? "ep-number" : "") : "ep-head" },
      name,
    ));
    const body = rows.map((row) => element("tr", { role: "row" }, ...row.map(cell)));
    return element(
      "div",
      {
        class: ["ep-table ep-table--cards", style].filter(Boolean).join(" "), role: "region", tabindex: "0", id,
        "aria-labelledby": `${id}-caption`,
      },
      element(
        "table",
        { role: "table" },
        element("caption", { id: `${id}-caption` }, caption),
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
        element("tbody", { role: "rowgroup" }, ...body),
      ),
    );
  }

  const section = (title, made) => (made ? [element("h2", {}, title), made] : []);
  const notes = (said) => said.map((text) => element("p", { class: "ep-note ep-caveat" }, text));
  const linkTo = (report) => element("a", { href: new URL(report.address, base).pathname }, report.title);

  function unfolding(made, title) {
    const note = element("p", { class: "ep-note" }, say("texts_only"));
    return element("details", { class: "ep-unfold" }, element("summary", {}, title), made, note);
  }

  /* ---- what reports hold ----------------------------------------------------------------- */

  /* A figure with its thousands parted as on every page; any other text as it is. */
  function shown(value) {
    const text = `${value}`;
    if (!FIGURE.test(text)) return text;
    const [whole, part] = text.split(".");
    const parted = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return part === undefined ? parted : `${parted}.${part}`;
  }

  function hidden(report, start) {
    return Object.keys(report.withheld || {}).some(
      (name) => `${start}/`.startsWith(`${name}/`) || name.startsWith(`${start}/`),
    );
  }

  function valueOr(report, value, start, unit = "") {
    if (value === undefined || value === null) return hidden(report, start) ? HIDDEN : null;
    return `${shown(value)}${unit}`;
  }

  const all = (reports, read) => new Set(reports.map(read)).size === 1;
  const origin = (report) => `${report.region.name}，${report.provenance.name}`;
  const schemeOf = (report) => (report.assessed.scheme || {}).name || say("no_scheme");
  const oneScheme = (reports) => all(reports, ({ assessed }) =>
    JSON.stringify([(assessed.scheme || {}).id, assessed.full_marks]));

  /* What is said of reports that are no real ones. */
  function invented(reports) {
    const found = reports.map((report) => report.provenance).filter(({ id }) => id !== "real");
    return [...new Set(found.map(({ name, note }) => `${name}：${note}`))];
  }

  /* Name each report by what tells them apart: years, departments, projects. */
  function label(reports, withProject) {
    const oneDepartment = all(reports, (report) => report.department.id);
    const oneYear = all(reports, (report) => report.year);
    for (const report of reports) {
      const name = oneDepartment ? "" : report.department.short || report.department.name;
      const year = oneYear && !oneDepartment ? "" : say("of_year", report.year);
      const project = report.slug && withProject ? report.content.project_name || report.kind.name : "";
      report.label = `${name}${year}${project}`;
    }
  }

  /* The rows of the fund table: [id, { name, budget, executed }]. */
  function fundRows(report) {
    const about = (report.tables || {})[""] || {};
    const meanings = new Map((about.columns || []).map((column) => [column.id, column.meaning]));
    const read = (row, keys) => keys.map((key) => Object.entries(row.amounts || {}).find(
      ([id, value]) => value !== null && (meanings.get(id) || id) === key)).filter(Boolean).map(([, value]) => value)[0];
    return ((report.content.funds || {}).rows || []).map((row) => [row.id, {
      name: row.name || (about.rows || {})[row.id] || row.id,
      budget: read(row, BUDGETS),
      executed: read(row, ["executed"]),
    }]);
  }

  const fundUnit = (report) => ((report.tables || {})[""] || {}).unit || "";
  const written = (measure) => (measure ? measure.written || String(measure) : null);
  const nameOf = (indicator) => indicator.name || indicator.text || indicator.level2 || indicator.id;
  const outcomeOf = (report, indicator) => (report.assessed.outcomes || {})[indicator.id];

  function badge(outcome) {
    return element("span", { class: `ep-outcome ep-outcome--${outcome || "withheld"}` }, OUTCOMES[outcome] || HIDDEN);
  }

  const SAID = { target: say("target"), actual: say("actual"), score: say("score") };
  const SHORT = 16; // signs of a value that stays with its unit in a line

  /* What an indicator says of some of these, a piece for each: its target, what it reached, its score. */
  function told(report, indicator, names) {
    const start = `indicators/${indicator.id}`;
    const values = {
      target: written(indicator.adjusted_target || indicator.target),
      actual: written(indicator.actual),
      score: indicator.score,
    };
    return names.map((name) => [SAID[name], valueOr(report, values[name], `${start}/${name}`)])
      .filter(([, value]) => value !== null)
      .map(([name, value]) => element(
        "span", {}, `${name} `, value.length > SHORT ? value : element("span", { class: "ep-value" }, value)));
  }

  const SAYS = ["label", "heading", "text", "withheld", "markdown", "list", "content"];
  const SILENT = ["columns", "picture", "show"];

  /* The sentences of blocks, in their order: no tables, pictures, numbers or ids. */
  function textsOf(node) {
    if (typeof node === "string") return [node];
    if (Array.isArray(node)) return node.flatMap(textsOf);
    if (!node || SILENT.some((key) => key in node)) return [];
    return SAYS.flatMap((key) => (key in node ? textsOf(node[key]) : []));
  }

  /* Goals, and what the sections say: [key, { name, texts }]. */
  function goalTexts(found, kinds) {
    return found.filter(Boolean).flatMap((goal) => Object.entries(kinds).map(([key, kind]) => [
      `${goal.id} ${key}`, { name: `${goal.name || say("overall_goal")}：${kind}`, texts: textsOf(goal[key]) },
    ]));
  }

  function sectionTexts(report) {
    const { body = {} } = report.content;
    const headings = report.sections || {};
    const keys = [...new Set([...Object.keys(headings), ...Object.keys(body)])].filter((key) => body[key]);
    return keys.map((key) => [key, {
      name: body[key].heading || headings[key] || say("beginning"), texts: textsOf(body[key].content),
    }]);
  }

  return {
    ABSENT, ADDRESS, BUDGETS, FIGURE, HIDDEN, OUTCOMES,
    all, badge, base, element, fundRows, fundUnit, goalTexts, invented, label, lines, linkTo, load, nameOf, notes,
    oneScheme, origin, outcomeOf, schemeOf, section, sectionTexts, shown, table, told, unfolding, valueOr, written,
  };
})();

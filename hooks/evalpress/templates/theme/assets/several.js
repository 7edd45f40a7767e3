/* Two to five reports side by side, from the data that lie beside their pages. The address names
   them (?r=education/2025&r=health/2025), so that a comparison can be passed on. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("compared", key, ...values);
  const place = document.querySelector("[data-ep-several]");
  const asked = new URLSearchParams(location.search).getAll("r");
  if (!place || !asked.length) return;
  const status = document.querySelector("[data-ep-several-status]");
  const base = new URL(`${document.currentScript.dataset.base}/`, location.href);
  const ADDRESS = /^[a-z0-9-]+\/\d{4}(\/[a-z0-9-]+)?$/;
  const OUTCOMES = { met: say("met"), missed: say("missed"), unknown: say("unknown") };
  const HIDDEN = say("withheld");
  const ABSENT = "—";
  const BUDGETS = ["budget", "adjusted", "initial", "appropriated"];
  const GOALS = { target: say("expected"), actual: say("achieved") };

  /* ---- elements and texts; all text goes in as text ------------------------------------------ */

  function element(name, options = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (value !== undefined && value !== "") made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  function drawn(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /** Lines of a cell, parted by line ends; nothing where there are none. */
  function lines(texts) {
    const made = texts.flatMap((text, index) => (index ? [element("br"), text] : [text]));
    return made.length ? made : null;
  }

  const FIGURE = /^-?\d+(\.\d+)?$/;

  /** A figure with its thousands parted as on every page; any other text as it is. */
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

  /* A table: what is compared in rows, a report in each column; on a narrow screen each row
     becomes a card with the reports one below the other. */
  function table(id, caption, first, reports, rows, numeric = false) {
    const names = [first, ...reports.map((report) => report.label)];
    const kept = rows.filter(([, ...cells]) => cells.some((content) => content !== null));
    if (!kept.length) return null;
    const cell = (content, index) => {
      const options = index
        ? { role: "cell", "data-label": names[index], class: numeric ? "ep-number" : "" }
        : { role: "rowheader", scope: "row" };
      const filled = content === null || content === undefined ? ABSENT : content;
      return element(index ? "td" : "th", options, ...(Array.isArray(filled) ? filled : [filled]));
    };
    const heads = names.map((name, index) => element(
      "th",
      { scope: "col", role: "columnheader", class: index ? (numeric ? "ep-number" : "") : "ep-head" },
      name,
    ));
    const body = kept.map((row) => element("tr", { role: "row" }, ...row.map(cell)));
    return element(
      "div",
      { class: "ep-table ep-table--cards ep-several", role: "region", tabindex: "0", id, "aria-labelledby": `${id}-caption` },
      element(
        "table",
        { role: "table" },
        element("caption", { id: `${id}-caption` }, caption),
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
        element("tbody", { role: "rowgroup" }, ...body),
      ),
    );
  }

  function section(title, made) {
    return made ? [element("h2", {}, title), made] : [];
  }

  /* ---- what the reports are called ----------------------------------------------------------- */

  const origin = (report) => `${report.region.name}，${report.provenance.name}`;
  const schemeOf = (report) => (report.assessed.scheme || {}).name || say("no_scheme");
  const all = (reports, read) => new Set(reports.map(read)).size === 1;

  function label(reports) {
    const oneDepartment = all(reports, (report) => report.department.id);
    const oneYear = all(reports, (report) => report.year);
    for (const report of reports) {
      const name = oneDepartment ? "" : report.department.short || report.department.name;
      const year = oneYear && !oneDepartment ? "" : say("of_year", report.year);
      const project = report.slug ? report.content.project_name || report.kind.name : "";
      report.label = `${name}${year}${project}`;
    }
  }

  const isOneDocument = (reports) => all(reports, (report) => `${report.department.id}/${report.slug || ""}`);

  function links(reports) {
    const entries = reports.map((report) => {
      const rest = reports.filter((other) => other !== report).map(keyOf);
      const drop = element(
        "a",
        { class: "ep-tool", href: `?${rest.map((key) => `r=${key}`).join("&")}`, "aria-label": say("remove_named", report.label) },
        say("remove"),
      );
      const title = element("a", { href: new URL(report.address, base).pathname }, report.title);
      return element("li", {}, title, " ", reports.length > 2 ? drop : null);
    });
    return element("ul", { class: "ep-several__list" }, ...entries);
  }

  const keyOf = (report) => report.address.replace(/\/$/, "");

  function caveats(reports) {
    const said = [];
    if (!all(reports, (report) => JSON.stringify([(report.assessed.scheme || {}).id, report.assessed.full_marks]))) {
      said.push(say("several_schemes", [...new Set(reports.map(schemeOf))].join("；")));
    }
    if (!all(reports, origin)) {
      said.push(say("several_origins", [...new Set(reports.map(origin))].join("；")));
    }
    const invented = reports.map((report) => report.provenance).filter((found) => found.id !== "real");
    said.push(...new Set(invented.map((found) => `${found.name}：${found.note}`)));
    return said.map((text) => element("p", { class: "ep-note ep-caveat" }, text));
  }

  /* ---- the subjects -------------------------------------------------------------------------- */

  function targets(report) {
    const found = report.assessed.targets;
    if (!found) return null;
    const asked = found.met + found.missed + found.unjudged;
    const rest = [[say("missed"), found.missed], [say("unknown"), found.unjudged]].filter(([, count]) => count);
    const shares = [["met", found.met], ["missed", found.missed], ["unknown", found.unjudged]];
    const bar = drawn("svg", { class: "ep-share", viewBox: `0 0 ${asked} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
    let at = 0;
    for (const [name, count] of shares) {
      if (count) bar.append(drawn("rect", { class: `ep-share--${name}`, x: at, width: count, height: 1 }));
      at += count;
    }
    const said = rest.map(([name, count]) => say("counted", name, count)).join("，");
    return [say("met_of", found.met, asked), bar, said];
  }

  function figures(reports) {
    const row = (name, read, start, unit) => [
      name, ...reports.map((report) => valueOr(report, read(report.assessed), start, unit)),
    ];
    const money = (name, keys) => [name, ...reports.map((report) => {
      const found = report.assessed.money || {};
      const key = keys.find((one) => found[one] !== undefined);
      return valueOr(report, key && found[key], "funds", ` ${found.unit || ""}`);
    })];
    const rows = [
      row(say("score"), (found) => found.score, "scores/total", ""),
      row(say("share"), (found) => found.share, "scores/total", "%"),
      [say("grade"), ...reports.map((report) => valueOr(report, report.assessed.grade_word, "scores/grade"))],
      [say("targets_met"), ...reports.map(targets)],
      row(say("rate"), (found) => (found.execution_rate || {}).percent, "funds", "%"),
      money(say("budget_amount"), BUDGETS),
      money(say("executed_amount"), ["executed"]),
    ];
    return table("several-figures", say("figures"), say("item"), reports, rows, true);
  }

  /** Rows by key: the name that the first report gives, and what each report says. */
  function joined(reports, entriesOf, show) {
    const known = reports.map((report) => new Map(entriesOf(report)));
    const keys = [...new Set(known.flatMap((map) => [...map.keys()]))];
    return keys.map((key) => {
      const named = known.find((map) => map.has(key)).get(key);
      const cells = known.map((map, index) => (map.has(key) ? show(reports[index], map.get(key), key) : null));
      return [named.name, ...cells];
    });
  }

  function dimensions(reports) {
    const entries = (report) => ((report.content.scores || {}).items || []).map((item) => [item.name, item]);
    const show = (report, item) => {
      const value = valueOr(report, item.score, `scores/${item.id || item.name}`);
      return value && item.full_marks ? `${value}／${shown(item.full_marks)}` : value;
    };
    return table("several-dimensions", say("dimensions"), say("dimension"), reports, joined(reports, entries, show), true);
  }

  function fundRows(report) {
    const about = (report.tables || {})[""] || {};
    const meanings = new Map((about.columns || []).map((column) => [column.id, column.meaning]));
    const read = (row, keys) => {
      for (const key of keys) {
        const found = Object.entries(row.amounts || {}).find(
          ([id, value]) => value !== null && (meanings.get(id) || id) === key);
        if (found) return found[1];
      }
      return undefined;
    };
    return ((report.content.funds || {}).rows || []).map((row) => [row.id, {
      name: row.name || (about.rows || {})[row.id] || row.id,
      parts: [[say("budget"), read(row, BUDGETS)], [say("executed"), read(row, ["executed"])]],
    }]);
  }

  function funds(reports) {
    const unit = (report) => ((report.tables || {})[""] || {}).unit || "";
    const show = (report, row, id) => lines(row.parts
      .map(([name, value]) => [name, valueOr(report, value, `funds/${id}`, ` ${unit(report)}`)])
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name} ${value}`));
    return table("several-funds", say("funds"), say("item"), reports, joined(reports, fundRows, show), true);
  }

  const written = (measure) => (measure ? measure.written || String(measure) : null);
  const nameOf = (indicator) => indicator.name || indicator.text || indicator.level2 || indicator.id;

  function told(report, indicator) {
    const start = `indicators/${indicator.id}`;
    const target = written(indicator.adjusted_target || indicator.target);
    return [
      [say("target"), valueOr(report, target, `${start}/target`)],
      [say("actual"), valueOr(report, written(indicator.actual), `${start}/actual`)],
    ].filter(([, value]) => value !== null).map(([name, value]) => `${name} ${value}`);
  }

  function badge(outcome) {
    return element("span", { class: `ep-outcome ep-outcome--${outcome || "withheld"}` }, OUTCOMES[outcome] || HIDDEN);
  }

  const outcomeOf = (report, indicator) => (report.assessed.outcomes || {})[indicator.id];

  /* Years of one document indicator by indicator; of others what each of them missed. */
  function indicators(reports) {
    const entries = (report) => (report.content.indicators || []).map((one) => [one.id, { ...one, name: nameOf(one) }]);
    if (isOneDocument(reports)) {
      const show = (report, one) => [...(lines(told(report, one)) || []), " ", badge(outcomeOf(report, one))];
      return table("several-indicators", say("indicators"), say("indicator_name"), reports, joined(reports, entries, show));
    }
    const missed = reports.map((report) => lines((report.content.indicators || [])
      .filter((one) => outcomeOf(report, one) === "missed")
      .map((one) => `${nameOf(one)}：${told(report, one).join("，")}`)));
    return table("several-indicators", say("missed_indicators"), say("indicator"), reports, [[say("missed"), ...missed]]);
  }

  function problems(reports) {
    const cells = reports.map((report) => lines((report.content.problems || [])
      .filter((problem) => problem.text)
      .map((problem, index) => `${index + 1}. ${problem.text}`)));
    return table("several-problems", say("existing_problems"), say("content"), reports, [[say("problems"), ...cells]]);
  }

  const SAYS = ["label", "heading", "text", "withheld", "markdown", "list", "content"];
  const SILENT = ["columns", "picture", "show"];

  /** The sentences of blocks, in their order: no tables, pictures, numbers or ids. */
  function textsOf(node) {
    if (typeof node === "string") return [node];
    if (Array.isArray(node)) return node.flatMap(textsOf);
    if (!node || SILENT.some((key) => key in node)) return [];
    return SAYS.flatMap((key) => (key in node ? textsOf(node[key]) : []));
  }

  function goals(reports) {
    const entries = (report) => {
      const { overall, items = [] } = report.content.goals || {};
      const found = isOneDocument(reports) ? [overall, ...items] : [overall];
      return found.filter(Boolean).flatMap((goal) => Object.entries(GOALS).map(([key, kind]) => [
        `${goal.id} ${key}`, { name: `${goal.name || say("overall_goal")}：${kind}`, texts: textsOf(goal[key]) },
      ]));
    };
    const show = (report, goal) => lines(goal.texts);
    return table("several-goals", say("goals"), say("target"), reports, joined(reports, entries, show));
  }

  function texts(reports) {
    const entries = (report) => {
      const { body = {} } = report.content;
      const headings = report.sections || {};
      const keys = [...new Set([...Object.keys(headings), ...Object.keys(body)])].filter((key) => body[key]);
      return keys.map((key) => [key, {
        name: body[key].heading || headings[key] || say("beginning"), texts: textsOf(body[key].content),
      }]);
    };
    const rows = joined(reports, entries, (report, part) => lines(part.texts));
    const made = table("several-texts", say("texts"), say("section"), reports, rows);
    if (!made) return null;
    const note = element("p", { class: "ep-note" }, say("texts_only"));
    return element("details", { class: "ep-unfold" }, element("summary", {}, say("unfold_several")), made, note);
  }

  function compared(reports) {
    label(reports);
    return [
      links(reports),
      ...caveats(reports),
      ...section(say("figures"), figures(reports)),
      ...section(say("dimensions"), dimensions(reports)),
      ...section(say("funds"), funds(reports)),
      ...section(say("indicators"), indicators(reports)),
      ...section(say("problems"), problems(reports)),
      ...section(say("goals"), goals(reports)),
      ...section(say("texts"), texts(reports)),
    ];
  }

  /* ---- set up -------------------------------------------------------------------------------- */

  async function load(address) {
    const answer = await fetch(new URL(`${address}/${address.replace(/\//g, "-")}.json`, base));
    if (!answer.ok) throw new Error(say("no_report", address));
    return answer.json();
  }

  function refusal(addresses) {
    if (!addresses.every((address) => ADDRESS.test(address))) return say("bad_address");
    if (addresses.length < 2) return say("choose_two_to_five");
    if (addresses.length > 5) return say("five_at_most");
    if (location.protocol === "file:") return say("opened_as_file");
    return "";
  }

  async function show() {
    const addresses = [...new Set(asked)];
    status.textContent = refusal(addresses) || say("reading");
    if (refusal(addresses)) return;
    try {
      const reports = await Promise.all(addresses.map(load));
      place.append(...compared(reports));
      window.epTakes(place, reports);
      status.textContent = say("compared_several", addresses.length);
    } catch (error) {
      status.textContent = error instanceof TypeError ? say("failed") : error.message;
    }
  }

  show();
})();

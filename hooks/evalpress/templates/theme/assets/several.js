/* Two to five reports side by side, from the data that lie beside their pages. The address names
   them (?r=education/2025&r=health/2025), so that a comparison can be passed on. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("compared", key, ...values);
  const place = document.querySelector("[data-ep-several]");
  const asked = new URLSearchParams(location.search).getAll("r");
  if (!place || !asked.length) return;
  const status = document.querySelector("[data-ep-several-status]");
  if (!window.epComparing) {
    status.textContent = say("failed");
    return;
  }
  const {
    ADDRESS, BUDGETS, all, badge, element, fundRows, fundUnit, goalTexts, invented, label, lines, linkTo, load,
    nameOf, notes, oneScheme, origin, outcomeOf, schemeOf, section, sectionTexts, shown, told, unfolding, valueOr,
    ...parts
  } = window.epComparing;
  const GOALS = { target: say("expected"), actual: say("achieved") };

  function drawn(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /* A report in each column, what is compared in rows; rows that say nothing of any are left out. */
  function table(id, caption, first, reports, rows, numeric = false) {
    const columns = [{ name: first }, ...reports.map((report) => ({ name: report.label, numeric }))];
    const kept = rows.filter(([, ...cells]) => cells.some((content) => content !== null && content.length));
    return kept.length ? parts.table(id, caption, columns, kept, "ep-several") : null;
  }

  /* ---- what the reports are called ----------------------------------------------------------- */

  const isOneDocument = (reports) => all(reports, (report) => `${report.department.id}/${report.slug || ""}`);

  function links(reports) {
    const entries = reports.map((report) => {
      const rest = reports.filter((other) => other !== report).map(keyOf);
      const drop = element(
        "a",
        { class: "ep-tool", href: `?${rest.map((key) => `r=${key}`).join("&")}`, "aria-label": say("remove_named", report.label) },
        say("remove"),
      );
      return element("li", {}, linkTo(report), " ", reports.length > 2 ? drop : null);
    });
    return element("ul", { class: "ep-several__list" }, ...entries);
  }

  const keyOf = (report) => report.address.replace(/\/$/, "");

  function caveats(reports) {
    const said = [];
    if (!oneScheme(reports)) said.push(say("several_schemes", [...new Set(reports.map(schemeOf))].join("；")));
    if (!all(reports, origin)) said.push(say("several_origins", [...new Set(reports.map(origin))].join("；")));
    return notes([...said, ...invented(reports)]);
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

  function funds(reports) {
    const show = (report, row, id) => lines([[say("budget"), row.budget], [say("executed"), row.executed]]
      .map(([name, value]) => [name, valueOr(report, value, `funds/${id}`, ` ${fundUnit(report)}`)])
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name} ${value}`));
    return table("several-funds", say("funds"), say("item"), reports, joined(reports, fundRows, show), true);
  }

  const SAID = ["target", "actual"];
  const parted = (pieces) => pieces.flatMap((piece, index) => (index ? ["，", piece] : [piece]));

  /* Years of one document indicator by indicator; of others what each of them missed. */
  function indicators(reports) {
    const entries = (report) => (report.content.indicators || []).map((one) => [one.id, { ...one, name: nameOf(one) }]);
    if (isOneDocument(reports)) {
      const show = (report, one) => [...lines(told(report, one, SAID)), " ", badge(outcomeOf(report, one))];
      return table("several-indicators", say("indicators"), say("indicator_name"), reports, joined(reports, entries, show));
    }
    const missed = reports.map((report) => lines((report.content.indicators || [])
      .filter((one) => outcomeOf(report, one) === "missed")
      .map((one) => element("span", {}, `${nameOf(one)}：`, ...parted(told(report, one, SAID))))));
    return table("several-indicators", say("missed_indicators"), say("indicator"), reports, [[say("missed"), ...missed]]);
  }

  function problems(reports) {
    const cells = reports.map((report) => lines((report.content.problems || [])
      .filter((problem) => problem.text)
      .map((problem, index) => `${index + 1}. ${problem.text}`)));
    return table("several-problems", say("existing_problems"), say("content"), reports, [[say("problems"), ...cells]]);
  }

  function goals(reports) {
    const entries = (report) => {
      const { overall, items = [] } = report.content.goals || {};
      return goalTexts(isOneDocument(reports) ? [overall, ...items] : [overall], GOALS);
    };
    const rows = joined(reports, entries, (report, goal) => lines(goal.texts));
    return table("several-goals", say("goals"), say("target"), reports, rows);
  }

  function texts(reports) {
    const rows = joined(reports, sectionTexts, (report, part) => lines(part.texts));
    const made = table("several-texts", say("texts"), say("section"), reports, rows);
    return made && unfolding(made, say("unfold_several"));
  }

  function compared(reports) {
    label(reports, true);
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

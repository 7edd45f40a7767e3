/* Two to five reports side by side, from the data that lie beside their pages. The address names
   them (?r=education/2025&r=health/2025), so that a comparison can be passed on. */
(() => {
  "use strict";

  const place = document.querySelector("[data-ep-several]");
  const asked = new URLSearchParams(location.search).getAll("r");
  if (!place || !asked.length) return;
  const status = document.querySelector("[data-ep-several-status]");
  const base = new URL(`${document.currentScript.dataset.base}/`, location.href);
  const ADDRESS = /^[a-z0-9-]+\/\d{4}(\/[a-z0-9-]+)?$/;
  const OUTCOMES = { met: "达到", missed: "未达到", unknown: "未作判断" };
  const HIDDEN = "不公开";
  const ABSENT = "—";
  const BUDGETS = ["budget", "adjusted", "initial", "appropriated"];
  const GOALS = { target: "预期目标", actual: "实际完成情况" };

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
  const schemeOf = (report) => (report.assessed.scheme || {}).name || "未载明方案";
  const all = (reports, read) => new Set(reports.map(read)).size === 1;

  function label(reports) {
    const oneDepartment = all(reports, (report) => report.department.id);
    const oneYear = all(reports, (report) => report.year);
    for (const report of reports) {
      const name = oneDepartment ? "" : report.department.short || report.department.name;
      const year = oneYear && !oneDepartment ? "" : `${report.year}年度`;
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
        { class: "ep-tool", href: `?${rest.map((key) => `r=${key}`).join("&")}`, "aria-label": `移去${report.label}` },
        "移去",
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
      said.push(`各份报告的权重方案不全相同（${[...new Set(reports.map(schemeOf))].join("；")}），得分不可直接比较。`);
    }
    if (!all(reports, origin)) {
      said.push(`各份报告的地区或数据性质不同（${[...new Set(reports.map(origin))].join("；")}），数字不可直接比较。`);
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
    const rest = [["未达到", found.missed], ["未作判断", found.unjudged]].filter(([, count]) => count);
    const shares = [["met", found.met], ["missed", found.missed], ["unknown", found.unjudged]];
    const bar = drawn("svg", { class: "ep-share", viewBox: `0 0 ${asked} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
    let at = 0;
    for (const [name, count] of shares) {
      if (count) bar.append(drawn("rect", { class: `ep-share--${name}`, x: at, width: count, height: 1 }));
      at += count;
    }
    const said = rest.map(([name, count]) => `${name} ${count} 项`).join("，");
    return [`${found.met} / ${asked} 项`, bar, said];
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
      row("得分", (found) => found.score, "scores/total", ""),
      row("得分占满分的比例", (found) => found.share, "scores/total", "%"),
      ["等级", ...reports.map((report) => valueOr(report, report.assessed.grade_word, "scores/grade"))],
      ["达到目标（程序计算）", ...reports.map(targets)],
      row("预算执行率", (found) => (found.execution_rate || {}).percent, "funds", "%"),
      money("预算（拨付）数", BUDGETS),
      money("执行数", ["executed"]),
    ];
    return table("several-figures", "主要数据", "项目", reports, rows, true);
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
    return table("several-dimensions", "各项得分", "评价内容", reports, joined(reports, entries, show), true);
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
      parts: [["预算", read(row, BUDGETS)], ["执行", read(row, ["executed"])]],
    }]);
  }

  function funds(reports) {
    const unit = (report) => ((report.tables || {})[""] || {}).unit || "";
    const show = (report, row, id) => lines(row.parts
      .map(([name, value]) => [name, valueOr(report, value, `funds/${id}`, ` ${unit(report)}`)])
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name} ${value}`));
    return table("several-funds", "资金", "项目", reports, joined(reports, fundRows, show), true);
  }

  const written = (measure) => (measure ? measure.written || String(measure) : null);
  const nameOf = (indicator) => indicator.name || indicator.text || indicator.level2 || indicator.id;

  function told(report, indicator) {
    const start = `indicators/${indicator.id}`;
    const target = written(indicator.adjusted_target || indicator.target);
    return [
      ["目标", valueOr(report, target, `${start}/target`)],
      ["实际", valueOr(report, written(indicator.actual), `${start}/actual`)],
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
      return table("several-indicators", "绩效指标", "三级指标", reports, joined(reports, entries, show));
    }
    const missed = reports.map((report) => lines((report.content.indicators || [])
      .filter((one) => outcomeOf(report, one) === "missed")
      .map((one) => `${nameOf(one)}：${told(report, one).join("，")}`)));
    return table("several-indicators", "未达到目标的指标（程序计算）", "指标", reports, [["未达到", ...missed]]);
  }

  function problems(reports) {
    const cells = reports.map((report) => lines((report.content.problems || [])
      .filter((problem) => problem.text)
      .map((problem, index) => `${index + 1}. ${problem.text}`)));
    return table("several-problems", "存在的问题", "内容", reports, [["问题", ...cells]]);
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
        `${goal.id} ${key}`, { name: `${goal.name || "总体目标"}：${kind}`, texts: textsOf(goal[key]) },
      ]));
    };
    const show = (report, goal) => lines(goal.texts);
    return table("several-goals", "年度目标", "目标", reports, joined(reports, entries, show));
  }

  function texts(reports) {
    const entries = (report) => {
      const { body = {} } = report.content;
      const headings = report.sections || {};
      const keys = [...new Set([...Object.keys(headings), ...Object.keys(body)])].filter((key) => body[key]);
      return keys.map((key) => [key, {
        name: body[key].heading || headings[key] || "开头", texts: textsOf(body[key].content),
      }]);
    };
    const rows = joined(reports, entries, (report, part) => lines(part.texts));
    const made = table("several-texts", "正文", "章节", reports, rows);
    if (!made) return null;
    const note = element("p", { class: "ep-note" }, "只列文字；表格和图片见报告原页。");
    return element("details", { class: "ep-unfold" }, element("summary", {}, "展开各份报告的正文"), made, note);
  }

  function compared(reports) {
    label(reports);
    return [
      links(reports),
      ...caveats(reports),
      ...section("主要数据", figures(reports)),
      ...section("各项得分", dimensions(reports)),
      ...section("资金", funds(reports)),
      ...section("绩效指标", indicators(reports)),
      ...section("问题", problems(reports)),
      ...section("年度目标", goals(reports)),
      ...section("正文", texts(reports)),
    ];
  }

  /* ---- set up -------------------------------------------------------------------------------- */

  async function load(address) {
    const answer = await fetch(new URL(`${address}/${address.replace(/\//g, "-")}.json`, base));
    if (!answer.ok) throw new Error(`没有找到 ${address} 的报告，可能尚未公开。`);
    return answer.json();
  }

  function refusal(addresses) {
    if (!addresses.every((address) => ADDRESS.test(address))) return "网址里的报告编号不对，请重新选择。";
    if (addresses.length < 2) return "请选择两份到五份不同的报告。";
    if (addresses.length > 5) return "一次最多对照五份报告。";
    if (location.protocol === "file:") return "直接打开文件时不能对照，请通过网站打开。";
    return "";
  }

  async function show() {
    const addresses = [...new Set(asked)];
    status.textContent = refusal(addresses) || "正在读取报告……";
    if (refusal(addresses)) return;
    try {
      place.append(...compared(await Promise.all(addresses.map(load))));
      status.textContent = `已对照下面 ${addresses.length} 份报告，本页网址可以转给别人。`;
    } catch (error) {
      status.textContent = error instanceof TypeError ? "读取失败，请稍后再试。" : error.message;
    }
  }

  show();
})();

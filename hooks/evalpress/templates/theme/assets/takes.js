/* A table that a script has made -> a link below it that saves what it shows, as exports/shown.py
   does for the tables of pages: figures without what parts their thousands, nothing where there is
   a dash, texts that no spreadsheet runs. */
window.epTakes = (() => {
  "use strict";

  const say = (key, ...values) => window.epSay("compared", key, ...values);
  const NUMBERS = /^(several-)?(figures|dimensions|funds|indicators|outcomes)(-table)?$/;
  const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]/;
  const NUMBER = /^[-+]?\d+(\.\d+)?%?$/;
  const CODE =
    /^(0\d+|\d{16,}|\d+(\.\d+)?[eE]\d+|\d{1,4}[-/]\d{1,2}|\d{1,2}\/\d{1,2}\/\d{1,4}|\d{1,2}:\d{2}(:\d{2})?)$/;
  const ABSENT = "—";
  const MARK = "\uFEFF";

  function words(node) {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("br").forEach((end) => end.replaceWith(" "));
    copy.querySelectorAll("[aria-hidden=true]").forEach((drawing) => drawing.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function value(cell) {
    const said = words(cell);
    if (said === ABSENT) return "";
    return cell.classList.contains("ep-number") ? said.replace(/(\d),(?=\d{3})/g, "$1") : said;
  }

  const harmless = (text) => ((FORMULA.test(text) && !NUMBER.test(text)) || CODE.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const line = (cells) => `${cells.map(harmless).map(quoted).join(",")}\r\n`;

  /** What a file says of its data: how real they are, and of which region. */
  const sourceOf = ({ provenance, region }) => `${provenance.name}　${region.name}`;

  function fileOf(table, source) {
    const caption = words(table.caption);
    const heads = [...table.tHead.rows[0].cells].map(words);
    const rows = [...table.tBodies[0].rows].map((row) => [source, caption, ...[...row.cells].map(value)]);
    return MARK + [[say("source"), say("subject"), ...heads], ...rows].map(line).join("");
  }

  function offer(region, source) {
    const table = region.querySelector("table");
    const link = document.createElement("a");
    link.textContent = say("take");
    link.download = `${words(table.caption)}.csv`;
    link.href = URL.createObjectURL(new Blob([fileOf(table, source)], { type: "text/csv" }));
    const place = document.createElement("div");
    place.className = "ep-take ep-web";
    place.append(link);
    region.after(place);
  }

  /** Offer every table of figures in `place`, which compares these reports. */
  return (place, reports) => {
    const source = [...new Set(reports.map(sourceOf))].join("；");
    for (const region of place.querySelectorAll(".ep-table")) {
      if (NUMBERS.test(region.id)) offer(region, source);
    }
  };
})();

/* Tables to sort and to filter. The server sends them complete, with the controls above them; here
   column heads become buttons. What was chosen stands in the page's address, so that it can
   be passed on. Rows are never ranked across the facet that a column is sorted within. */
(() => {
  "use strict";

  const say = (key, ...values) => window.epSay("lists", key, ...values);
  const collator = new Intl.Collator("zh-CN", { numeric: true });

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /** One table with its rows, its sortable columns and what is chosen. */
  class List {
    constructor(frame) {
      this.frame = frame;
      this.table = frame.querySelector("table");
      this.body = this.table.tBodies[0];
      this.rows = [...this.body.rows];
      this.heads = [...this.table.querySelectorAll("th[data-key]")];
      this.bar = frame.previousElementSibling;
      this.selects = new Map([...this.bar.querySelectorAll("[data-facet]")].map((one) => [one.dataset.facet, one]));
      this.chosen = { words: "", sort: "", down: false };
      this.build();
      this.read();
      this.show(false);
    }

    /** The values of a facet, in the order of the rows, with how many rows have each. */
    values(key) {
      const found = new Map();
      for (const row of this.rows) {
        const value = row.dataset[key];
        if (value) found.set(value, (found.get(value) || 0) + 1);
      }
      return found;
    }

    /* ---- controls ---- */

    build() {
      this.words = this.bar.querySelector("input");
      this.order = this.bar.querySelector("[data-order]");
      this.clear = this.bar.querySelector(".ep-finder__clear");
      this.status = this.bar.querySelector(".ep-finder__status");
      this.words.addEventListener("input", () => this.choose({ words: this.words.value }));
      this.selects.forEach((select, key) =>
        select.addEventListener("change", () => this.choose({ [key]: select.value })));
      this.order.addEventListener("change", () => {
        const [sort, way] = this.order.value.split(".");
        this.choose({ sort, down: way === "desc" });
      });
      this.clear.addEventListener("click", () => this.reset());
      this.bar.addEventListener("submit", (event) => event.preventDefault());
      this.heads.forEach((head) => this.buildHead(head));
    }

    isNumeric(head) {
      return head.classList.contains("ep-number");
    }

    /* Where rows are cards, heads are only read aloud, and the select does their work. */
    buildHead(head) {
      const isCard = this.frame.classList.contains("ep-table--cards");
      if (isCard && matchMedia("(max-width: 39.99em)").matches) return;
      const button = make("button", { type: "button", className: "ep-sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const again = this.chosen.sort === head.dataset.key;
        this.choose({
          sort: head.dataset.key,
          down: again ? !this.chosen.down : this.isNumeric(head),
        });
      });
    }

    /* ---- what is chosen ---- */

    choose(change) {
      Object.assign(this.chosen, change);
      this.show(true);
    }

    reset() {
      this.chosen = { words: "", sort: "", down: false };
      this.show(true);
      this.words.focus();
    }

    parameter(name) {
      return `${this.frame.id}.${name}`;
    }

    /** Take over what the address says, as far as the table has it. */
    read() {
      const asked = new URLSearchParams(location.search);
      this.chosen.words = asked.get(this.parameter("q")) || "";
      const [sort, way] = (asked.get(this.parameter("sort")) || "").split(".");
      if (this.heads.some((head) => head.dataset.key === sort)) {
        this.chosen.sort = sort;
        this.chosen.down = way === "desc";
      }
      for (const key of this.selects.keys()) {
        const value = asked.get(this.parameter(key)) || "";
        if (this.values(key).has(value)) this.chosen[key] = value;
      }
    }

    write() {
      const address = new URL(location.href);
      const { words, sort, down } = this.chosen;
      const wanted = { q: words.trim(), sort: sort && `${sort}.${down ? "desc" : "asc"}` };
      for (const key of this.selects.keys()) wanted[key] = this.chosen[key] || "";
      for (const [name, value] of Object.entries(wanted)) {
        if (value) address.searchParams.set(this.parameter(name), value);
        else address.searchParams.delete(this.parameter(name));
      }
      history.replaceState(history.state, "", address);
    }

    /* ---- rows ---- */

    fits(row) {
      const words = this.chosen.words.trim().toLowerCase().split(/\s+/);
      const text = row.textContent.toLowerCase();
      const facets = [...this.selects.keys()].every((key) => !this.chosen[key] || row.dataset[key] === this.chosen[key]);
      return facets && words.every((word) => text.includes(word));
    }

    /** What a row is sorted by; null where it has no value. */
    value(row, column, numeric) {
      const cell = row.cells[column];
      if (!cell || cell.classList.contains("ep-absent")) return null;
      const said = cell.dataset.sort || cell.textContent.trim();
      if (!numeric && !cell.dataset.sort) return said;
      const number = parseFloat(said.replace(/,/g, ""));
      return Number.isNaN(number) ? null : number;
    }

    sorted(rows, head) {
      if (!head) return rows;
      const column = head.cellIndex;
      const numeric = this.isNumeric(head);
      const keyed = rows.map((row) => [this.value(row, column, numeric), row]);
      const sign = this.chosen.down ? -1 : 1;
      keyed.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null);
        const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);
        return sign * order;
      });
      return keyed.map(([, row]) => row);
    }

    /** The rows apart by the facet that a column is sorted within, each group under its name. */
    grouped(rows, facet) {
      const names = [...this.values(facet).keys()];
      const groups = names.map((name) => [name, rows.filter((row) => row.dataset[facet] === name)]);
      const rest = rows.filter((row) => !row.dataset[facet]);
      const shown = groups.filter(([, members]) => members.length);
      return [...shown.flatMap(([name, members]) => [this.groupRow(name), ...members]), ...rest];
    }

    groupRow(name) {
      const cell = make("th", { scope: "rowgroup", colSpan: this.table.tHead.rows[0].cells.length, textContent: name });
      cell.setAttribute("role", "rowheader");
      const row = make("tr", { className: "ep-group ep-group--made" }, cell);
      row.setAttribute("role", "row");
      return row;
    }

    show(byReader) {
      const head = this.heads.find((one) => one.dataset.key === this.chosen.sort);
      const fitting = this.rows.filter((row) => this.fits(row));
      const within = head && head.dataset.within;
      let shown = this.sorted(fitting, head);
      if (within) shown = this.grouped(shown, within);
      this.rows.forEach((row) => (row.hidden = true));
      fitting.forEach((row) => (row.hidden = false));
      const hidden = this.rows.filter((row) => row.hidden);
      this.body.textContent = "";
      this.body.append(...shown, ...hidden);
      this.tell(head, fitting.length, within);
      if (byReader) this.write();
    }

    tell(head, count, within) {
      const { words, sort, down } = this.chosen;
      this.heads.forEach((one) => one.removeAttribute("aria-sort"));
      if (head) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      if (this.words.value !== words) this.words.value = words;
      this.selects.forEach((select, key) => (select.value = this.chosen[key] || ""));
      this.order.value = sort ? `${sort}.${down ? "desc" : "asc"}` : "";
      const unit = this.frame.dataset.sortable;
      const all = this.rows.length;
      const found = count === all ? say("count", all, unit) : say("shown", count, unit, all, unit);
      const order = head ? `，${this.order.selectedOptions[0].text}` : "";
      const note = within ? this.frame.dataset.withinNote : "";
      this.status.textContent = `${found}${order}。${count ? "" : say("none")}${note}`;
      this.clear.hidden = count === all && !head;
    }
  }

  document.querySelectorAll("[data-sortable]").forEach((frame) => new List(frame));
})();

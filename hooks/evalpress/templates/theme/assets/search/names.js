/* The list of names: every department with all its names, every report with its title. It answers
   a name, a title or a year without the full text. */

import { fetchFile } from "./files.js";
import { alike, searchWords, squeeze } from "./text.js";
import { say } from "./said.js";

const OVERALL = "";

/** Load the list; `site` is the address of the site's root. */
export async function loadNames(site) {
  return new Names(await (await fetchFile(site, "search/names.json")).json());
}

export class Names {
  constructor(list) {
    this.grades = list.grades;
    this.departments = list.departments.map((row) => readDepartment(row, list));
    this.reports = this.departments.flatMap((department) => department.reports);
    const years = new Set(this.reports.map((report) => report.year));
    this.yearPages = [...years].sort((a, b) => b - a).map(yearPage);
    this.index = list.index;
  }

  /** Every page in the order of the index. */
  inOrder() {
    const years = new Map(this.yearPages.map((page) => [page.address, page]));
    const own = this.departments.flatMap((department) => [department, ...department.reports]);
    const others = this.index.others.map(([address, title, kind]) =>
      years.get(address) || { type: "page", address, title, kind });
    return [...own, ...others];
  }

  /** Everything that goes by this name, nearest first; `exact` when the name is no mere part. */
  find(query) {
    const { years, words } = readQuery(query);
    const joined = words.join("");
    const whole = squeeze(query);
    const titled = this.reports.filter((report) => report.plainTitle === whole);
    if (titled.length) return { exact: true, pages: titled };
    if (!joined) return { exact: years.size > 0, pages: this.ofYears(years) };
    return this.byDepartment(joined, years) || this.byProject(joined, words, years);
  }

  /** A year alone: its page, then its overall reports. */
  ofYears(years) {
    const pages = this.yearPages.filter((page) => years.has(page.year));
    const overall = this.reports.filter((report) => years.has(report.year) && report.slug === OVERALL);
    return [...pages, ...overall];
  }

  /** The departments that go by the name, with all their reports, under whatever name. */
  byDepartment(joined, years) {
    const near = this.departments.map((department) => nearness(department, joined));
    const best = Math.min(...near);
    if (best === Infinity) return null;
    const found = this.departments.filter((_, place) => near[place] === best);
    const others = this.departments.filter((_, place) => near[place] > best && near[place] < Infinity);
    const pages = [found, others].flatMap((group) => order(group, group.flatMap((d) => d.reports), years));
    return { exact: best === 0, pages };
  }

  /** Reports by project, or by department and project or kind together. */
  byProject(joined, words, years) {
    const near = (report) => {
      if (report.plainProject && report.plainProject === joined) return 0;
      if (report.plainProject.includes(joined)) return 1;
      return fits(report, joined, words) ? 2 : Infinity;
    };
    const found = this.reports
      .map((report) => ({ report, near: near(report) }))
      .filter((one) => one.near < Infinity && isOfYears(one.report, years));
    found.sort((a, b) => a.near - b.near || newestFirst(a.report, b.report));
    return { exact: found.length > 0 && found[0].near === 0, pages: found.map((one) => one.report) };
  }

  /** Departments whose names are most like a query that found nothing. */
  nearest(query, count) {
    const asked = new Set(searchWords(query));
    const likeness = (department) =>
      Math.max(...department.keys.map((key) => {
        const words = searchWords(key);
        const shared = words.filter((word) => asked.has(word)).length;
        return (2 * shared) / (words.length + asked.size || 1);
      }));
    return this.departments
      .map((department) => ({ department, like: likeness(department) }))
      .filter((one) => one.like > 0.2)
      .sort((a, b) => b.like - a.like)
      .slice(0, count)
      .map((one) => one.department);
  }
}

/* ---- reading ----------------------------------------------------------------------------- */

function readDepartment([id, group, short, names, others, series], list) {
  const department = {
    type: "department", address: `${id}/`, title: names[names.length - 1][0], short, group: list.groups[group],
    kind: say("department_page"), names,
  };
  const every = names.flatMap(([name, shortName]) => [name, shortName]);
  department.keys = [...new Set([...every, ...others].filter(Boolean).map(squeeze))];
  department.department = department;
  department.reports = series.flatMap((row) => readSeries(row, department, list));
  return department;
}

function readSeries([slug, kind, project, years, scores, grades, titles = {}], department, list) {
  const [short, long] = list.kinds[kind];
  const plainProject = squeeze(project);
  const ending = say("project_ending");
  const subject = project.endsWith(ending) ? project.slice(0, -ending.length) : project;
  const newestFirstNames = [...department.names].reverse();
  return years.map((year, place) => {
    const name = newestFirstNames.find(([, , since]) => since <= year) || department.names[0];
    const title = titles[year] || say("report_title", name[0], year, subject, long);
    const plainTitle = squeeze(title);
    return {
      type: "report", address: `${department.address}${year}/${slug ? `${slug}/` : ""}`, title, year, slug,
      department, group: department.group, kind: short, score: scores[place],
      grade: list.grades[grades[place]] || "", plainTitle, plainProject,
      about: squeeze(project + long + short),
    };
  });
}

const yearPage = (year) => ({
  type: "year", address: `years/${year}/`, title: say("of_year", year), year, kind: say("year_page"),
});

/* ---- matching ---------------------------------------------------------------------------- */

/** The years that a query names, and its other words without spaces and punctuation. */
export function readQuery(query) {
  const years = new Set();
  const named = new RegExp(`(\\d+)(${say("year_endings")})?`, "g");
  const takeYears = (word) =>
    word.replace(named, (all, digits) => {
      if (!/^(?:19|20)\d\d$/.test(digits)) return all;
      years.add(Number(digits));
      return "";
    });
  const words = alike(query).split(/\s+/).map((word) => takeYears(squeeze(word))).filter(Boolean);
  return { years, words };
}

const isOfYears = (report, years) => !years.size || years.has(report.year);

/** 0 one of its names; 1 a name begins or ends so; 2 stands in a name; Infinity none of these. */
function nearness(department, joined) {
  if (department.keys.includes(joined)) return 0;
  if (joined.length < 2 || /^\d+$/.test(joined)) return Infinity;
  if (department.keys.some((key) => key.startsWith(joined) || key.endsWith(joined))) return 1;
  return department.keys.some((key) => key.includes(joined)) ? 2 : Infinity;
}

/** The department's names and the project or kind hold the words, in one piece or each. */
function fits(report, joined, words) {
  const keys = report.department.keys;
  const isPart = (word) => report.about.includes(word) || keys.some((key) => key.includes(word));
  if (words.length > 1) {
    return words.every(isPart) && words.some((word) => keys.some((key) => key.includes(word)));
  }
  return keys.some(
    (key) => key.length > 1 && joined.includes(key) && report.about.includes(joined.replace(key, "")),
  );
}

const newestFirst = (a, b) => b.year - a.year || (a.slug > b.slug) - (a.slug < b.slug);

/** The departments' own pages, then their reports, newest first; a year that is asked comes first. */
function order(departments, reports, years) {
  const sorted = reports.filter((report) => isOfYears(report, years)).sort(newestFirst);
  return years.size ? [...sorted, ...departments] : [...departments, ...sorted];
}

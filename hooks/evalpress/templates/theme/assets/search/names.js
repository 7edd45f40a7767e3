/* The list of names: every department with all its names, every report with its title. It answers
   a name, a title or a year without the full text. */

import { fetchFile } from "./files.js";
import { fits, readQuery } from "./asked.js";
import { FAR, Likeness } from "./likeness.js";
import { searchWords, squeeze } from "./text.js";
import { say } from "./said.js";

const OVERALL = "";
const EXACT = 1; // a likeness below is that of a whole name
const LIKELY = 1; // names so much farther than the nearest one are listed as well
const ANSWERED = 3; // departments of one name whose missing reports are told
/* What is found as the name of a project or as a title comes after departments as near. */
const PROJECT = 0.3;
const TITLE = 0.6;

/** Load the list; `site` is the address of the site's root. */
export async function loadNames(site) {
  return new Names(await (await fetchFile(site, "search/names.json")).json());
}

export class Names {
  constructor(list) {
    const grades = list.grades.flatMap((words) => words.map((word) => ({ word, meaning: words[0] })));
    this.gradeMeanings = readMeanings(grades);
    this.districts = list.districts || [];
    this.departments = list.departments.map((row) => readDepartment(row, list, grades));
    for (const [place, gaps] of list.gaps) {
      const department = this.departments[place];
      department.gaps = gaps.map((gap) => readGap(gap, department));
    }
    this.reports = this.departments.flatMap((department) => department.reports);
    this.years = new Set(this.reports.map((report) => report.year));
    this.yearPages = yearPagesOf(this.reports);
    this.oddReadings = list.readings;
    this.index = list.index;
  }

  /** Every page in the order of the index. */
  inOrder() {
    const years = new Map(this.yearPages.map((page) => [page.address, page]));
    const own = this.departments.flatMap((department) => [department, ...department.reports]);
    const others = this.index.others.map(([address, title, kind]) =>
      years.get(address) || { type: "page", address, title, kind, ...this.placeOf(address) });
    return [...own, ...others];
  }

  /** Of a site that joins districts: the one that has a page, and where its own part begins. */
  placeOf(address) {
    const found = this.districts.find(([prefix]) => address.startsWith(`${prefix}/`));
    return found ? { district: found[1], root: `${found[0]}/` } : { district: "", root: "" };
  }

  /** What a query asks for. A name that holds a year is asked as it is, and a grade word alone that
      begins a name is no grade. */
  read(query) {
    const whole = squeeze(query);
    const isName = /\d{4}/.test(whole) && this.reports.some((report) => report.plainProject.includes(whole));
    const isBegun = this.departments.some(({ keys }) => keys.some((key) => key.startsWith(whole)));
    const grades = isBegun ? new Map() : this.gradeMeanings;
    return readQuery(query, grades, isName);
  }

  /** Everything that goes by the name that is asked, nearest first, in any year; `exact` when the
      name is no mere part. */
  find(asked) {
    const titled = this.reports.filter((report) => report.plainTitle === asked.whole);
    if (titled.length) return { exact: true, pages: titled };
    if (!asked.joined) return { exact: asked.isFiltered, pages: asked.isFiltered ? this.all(asked) : [] };
    return this.byDepartment(asked) || this.byProject(asked);
  }

  /** Without a name: the pages of years, then overall reports; those that are asked first. */
  all(asked) {
    const overall = this.reports.filter((report) => report.slug === OVERALL).sort(newestFirst);
    return fittingFirst([...this.yearPages, ...overall], asked);
  }

  /** The departments that go by the name, with all their reports, under whatever name. */
  byDepartment(asked) {
    const near = this.departments.map((department) => nearness(department, asked.joined));
    const best = Math.min(...near);
    if (best === Infinity) return null;
    const found = this.departments.filter((_, place) => near[place] === best);
    const others = this.departments.filter((_, place) => near[place] > best && near[place] < Infinity);
    const pages = [found, others].flatMap((group) => order(group, asked));
    return { exact: best === 0, pages: [...gapsOf(found, asked), ...pages] };
  }

  /** Reports by project, or by department and project or kind together. */
  byProject(asked) {
    const { joined, words } = asked;
    const near = (report) => {
      if (report.plainProject && report.plainProject === joined) return 0;
      if (report.plainProject.includes(joined)) return 1;
      return belongs(report, joined, words) ? 2 : Infinity;
    };
    const found = this.reports
      .map((report) => ({ report, near: near(report) }))
      .filter((one) => one.near < Infinity);
    found.sort((a, b) => a.near - b.near || newestFirst(a.report, b.report));
    const pages = fittingFirst(found.map((one) => one.report), asked);
    return { exact: found.length > 0 && found[0].near === 0, pages };
  }

  /** What readers are told of years without a report, and until when these are due. */
  yearWords({ years }) {
    const absent = [...years].filter((year) => !this.years.has(year)).sort();
    if (!absent.length) return "";
    const known = [...this.years].sort();
    const span = known.length > 1 ? say("span", known[0], known[known.length - 1]) : `${known[0] || ""}`;
    return `${absent.map((year) => this.absentWords(year)).join("")}${span && say("years_there", span)}`;
  }

  absentWords(year) {
    const gaps = this.departments.flatMap((department) => department.gaps);
    const dues = [...new Set(gaps.filter((gap) => gap.year === year && gap.due).map(({ due }) => due))].sort();
    const until = dues.length ? say("and_due", dues.join("、")) : "";
    return say("absent", year, until);
  }

  /** What goes by a name that is nearly the one that is asked, nearest first; `exact` where one is
      a whole name in Latin letters. */
  like(asked, signs) {
    const likeness = new Likeness(asked.joined, signs);
    const untitled = ({ plainTitle, year }) =>
      asked.years.size ? plainTitle.replace(new RegExp(`${year}(${say("year_endings")})?`), "") : plainTitle;
    const departments = this.departments.map((department) => ({
      cost: Math.min(...department.keys.map((key) => likeness.cost(key))), department,
    }));
    const reports = this.reports.map((report) => ({
      cost: Math.min(
        report.plainProject ? likeness.cost(report.plainProject) + PROJECT : FAR,
        likeness.cost(untitled(report), true) + TITLE,
      ),
      report,
    }));
    const best = [...departments, ...reports].reduce((least, { cost }) => Math.min(least, cost), FAR);
    if (best === FAR) return { exact: false, pages: [] };
    const isLikely = ({ cost }) => cost <= best + LIKELY;
    const nearest = departments.filter(({ cost }) => cost === best).map(({ department }) => department);
    const pages = [
      ...departments.filter(isLikely).map(({ cost, department }) => ({ cost, pages: order([department], asked) })),
      ...reports.filter(isLikely).sort((a, b) => newestFirst(a.report, b.report))
        .map(({ cost, report }) => ({ cost, pages: [report] })),
    ].sort((a, b) => a.cost - b.cost).flatMap((one) => one.pages);
    const found = fittingFirst([...new Set([...gapsOf(nearest, asked), ...pages])], asked);
    return { exact: best < EXACT, pages: found };
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

/** What each grade word means, squeezed: the words to call the meanings by. */
function readMeanings(grades) {
  const found = new Map();
  for (const { word, meaning } of grades) {
    const key = squeeze(word);
    found.set(key, new Set([...(found.get(key) || []), meaning]));
  }
  return found;
}

function readDepartment([id, group, short, names, others, series, place], list, grades) {
  const [prefix, district] = place === undefined ? ["", ""] : list.districts[place];
  const department = {
    type: "department", district, root: prefix && `${prefix}/`, address: `${id}/`, title: names[names.length - 1][0], short, group: list.groups[group],
    kind: say("department_page"), names, gaps: [],
  };
  const every = names.flatMap(([name, shortName]) => [name, shortName]);
  department.keys = [...new Set([...every, ...others].filter(Boolean).map(squeeze))];
  department.department = department;
  department.reports = series.flatMap((row) => readSeries(row, department, list, grades));
  return department;
}

function readSeries([slug, kind, project, years, scores, places, titles = {}], department, list, grades) {
  const [short, long] = list.kinds[kind];
  const plainProject = squeeze(project);
  const ending = say("project_ending");
  const subject = project.endsWith(ending) ? project.slice(0, -ending.length) : project;
  return years.map((year, place) => {
    const name = nameIn(department, year);
    const title = titles[year] || say("report_title", name, year, subject, long);
    const grade = grades[places[place]] || { word: "", meaning: "" };
    const plainTitle = squeeze(title);
    return {
      type: "report", address: `${department.address}${year}/${slug ? `${slug}/` : ""}`, title, year, slug,
      district: department.district, root: department.root, department, group: department.group, kind: short, score: scores[place],
      grade: grade.word, meaning: grade.meaning, plainTitle, plainProject,
      about: squeeze(project + long + short),
    };
  });
}

/** A report that is due and not there; it leads to where the department's years are told. */
function readGap([year, said, due, reason, hasPage], department) {
  const own = `${department.address}${year}/`;
  return {
    type: "gap", address: hasPage ? own : `${department.address}#reports`,
    title: say("named_year", nameIn(department, year), year, said), year, said, due, reason, department,
    district: department.district,
    group: department.group, kind: say("coverage"),
  };
}

/** The pages of years, newest first; where districts are joined each has its own. */
function yearPagesOf(reports) {
  const pages = new Map(reports.map(({ year, root, district }) => {
    const address = `${root}years/${year}/`;
    const title = `${district}${say("of_year", year)}`;
    return [address, { type: "year", address, title, year, district, root, kind: say("year_page") }];
  }));
  return [...pages.values()].sort((a, b) => b.year - a.year);
}

/* ---- matching ---------------------------------------------------------------------------- */

/** What the department was called in a year. */
const nameIn = ({ names }, year) =>
  ([...names].reverse().find(([, , since]) => since <= year) || names[0])[0];

/** 0 one of its names; 1 a name begins or ends so; 2 stands in a name; Infinity none of these. A
    single sign has to begin a name to be as near as an end. */
function nearness({ keys }, joined) {
  if (keys.includes(joined)) return 0;
  if (/^\d+$/.test(joined)) return Infinity;
  const isEnd = (key) => joined.length > 1 && key.endsWith(joined);
  if (keys.some((key) => key.startsWith(joined) || isEnd(key))) return 1;
  return keys.some((key) => key.includes(joined)) ? 2 : Infinity;
}

/** The department's names and the project or kind hold the words, in one piece or each. */
function belongs(report, joined, words) {
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

/** The departments' own pages, then their reports, newest first; what is asked by year or grade
    comes first. */
function order(departments, asked) {
  const reports = departments.flatMap((department) => department.reports).sort(newestFirst);
  return asked.isFiltered ? fittingFirst([...reports, ...departments], asked) : [...departments, ...reports];
}

const fittingFirst = (pages, asked) =>
  [...pages.filter((page) => fits(page, asked)), ...pages.filter((page) => !fits(page, asked))];

/** The reports of the years that are asked which these departments have not published. */
const gapsOf = (departments, { years }) =>
  departments.length > ANSWERED ? [] : departments.flatMap(({ gaps }) => gaps.filter((gap) => years.has(gap.year)));

/* A query as it is asked: years and grades in it are filters, the rest is looked for. */

import { alike, squeeze } from "./text.js";
import { say } from "./said.js";

/* A year stands alone or beside words; one that counts something or is part of a day or an amount is
   none. */
const YEARS =
  /(^|[^\d.,])((?:19|20)\d\d)(年度|年|niandu|nian)?(?!年?\d*月|[\d.万元亿人个户次件吨米亩套台%])/g;

/** What a query asks for. `grades` gives what a grade word means, in a set; `isName` is true of a
    query that is a name with a year in it, which then is no filter. */
export function readQuery(query, grades, isName = false) {
  const asked = { query, whole: squeeze(query), years: new Set(), grades: new Set(), words: [], texts: [] };
  for (const word of alike(query).split(/\s+/)) {
    const { years, rest } = isName ? { years: [], rest: word } : partYears(word);
    const meant = grades.get(squeeze(rest)) || [];
    years.forEach((year) => asked.years.add(year));
    meant.forEach((one) => asked.grades.add(one));
    if (squeeze(rest) && !grades.has(squeeze(rest))) asked.texts.push(rest);
  }
  asked.words = asked.texts.map(squeeze);
  asked.joined = asked.words.join("");
  asked.text = asked.texts.join(" ");
  asked.isFiltered = asked.years.size + asked.grades.size > 0;
  return asked;
}

/** The years in a word, and the word without them. */
function partYears(word) {
  const years = [];
  const rest = word.replace(YEARS, (all, before, year) => {
    years.push(Number(year));
    return before;
  });
  return { years, rest };
}

/** Is the page one of these years and grades? */
export const fits = (page, { years, grades }) =>
  (!years.size || years.has(page.year)) && (!grades.size || grades.has(page.meaning));

/** The filters of a query, each with the facet that it belongs to and what is shown of it. */
export const filtersOf = ({ years, grades }) => [
  ...[...years].map((year) => ({ id: "year", value: String(year), shown: say("of_year", year) })),
  ...[...grades].map((grade) => ({ id: "grade", value: grade, shown: grade })),
];

/** The query without one of its filters. */
export function withoutFilter(query, grades, { id, value }) {
  const words = alike(query).split(/\s+/).map((word) => {
    const { years, rest } = partYears(word);
    if (id === "year") return word.replace(YEARS, (all, before, year) => (year === value ? before : all));
    return (grades.get(squeeze(rest)) || new Set()).has(value) ? years.join(" ") : word;
  });
  return words.filter(Boolean).join(" ");
}

/* How a query is answered: by the names first; by the full text; and, where neither has it as it
   stands, by names that are read or written nearly so. */

import { fits } from "./asked.js";
import { say } from "./said.js";

const LETTERS = /^[a-z0-9]*[a-z][a-z0-9]*$/;

/** What the names say: `asked` is how the query was understood, `pages` are those that go by the
    name, `likely` those that nearly do; `isSpelt` where it was typed in Latin letters, `exact` where
    the full text need not be asked. `failed` is true where the table of characters could not be
    loaded. */
export async function askNames(sources, query) {
  const names = await sources.names();
  const asked = names.read(query);
  const found = { names, asked, likely: [], ...names.find(asked) };
  if (found.pages.length || !asked.joined) return found;
  try {
    return nearly(await sources.signs(), found);
  } catch (error) {
    return { ...found, failed: true };
  }
}

/** The same in simplified characters, or else what is most like it. */
function nearly(signs, found) {
  const { names } = found;
  const simple = names.read(signs.simplified(found.asked.query));
  const again = names.find(simple);
  if (again.pages.length) return { ...found, ...again, asked: simple };
  const { exact, pages } = names.like(simple, signs);
  const isSpelt = LETTERS.test(simple.joined);
  return { ...found, simple, likely: pages, isSpelt, exact: isSpelt && exact };
}

/** The names to show before the full text has answered. */
export const firstNames = ({ pages, likely, isSpelt }) => (isSpelt ? likely : pages);

/** What the full text adds: `pages` of names, `hits` of the text, `rest` those of no page that is
    named; `near` where none of them holds the query as it stands. The first `shown` hits are told
    from their text. */
export async function askText(sources, named, shown) {
  const { text, asked } = await readText(sources, named, shown);
  const isWhole = text.hits.length > 0 && !text.near;
  const isLikely = !named.pages.length && (!isWhole || named.exact);
  const pages = isLikely ? named.likely : named.pages;
  const known = new Set(pages.map((page) => page.address));
  const hits = text.near && named.pages.length ? [] : text.hits;
  const isNear = isLikely && !named.isSpelt && pages.length + hits.length > 0;
  return { asked, pages, hits, rest: hits.filter((hit) => !known.has(hit.page.address)), near: isNear };
}

/** The full text of the query; of the same in simplified characters where it holds none of it. */
async function readText(sources, { asked, simple }, shown) {
  const find = (one) => sources.text.find(one.text, shown, (page) => fits(page, one));
  const text = await find(asked);
  const isFound = text.hits.length && !text.near;
  if (isFound || !simple || simple.text === asked.text) return { text, asked };
  const again = await find(simple);
  return again.hits.length ? { text: again, asked: simple } : { text, asked };
}

/** What readers are told of how their query was understood. */
export const insteadWords = (query, asked) => (asked.query === query ? "" : say("searched_instead", asked.query));

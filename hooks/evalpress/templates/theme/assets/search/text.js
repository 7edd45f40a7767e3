/* Text as the search compares it. `alike` and `searchWords` do what search/tokens.py does for the
   index; the two must not part. */

const RUN = /[a-z0-9]+(?:\.[0-9]+)*|(?:(?![a-z0-9])[\p{L}\p{N}])+/gu;
const SIGN = /[\p{L}\p{N}]/u;
const NO_SIGNS = /[^\p{L}\p{N}]+/gu;

/* Look-alikes of Chinese characters that normalisation leaves alone, each with the sign that it
   means: BEYOND_NFKC of text/lookalikes.py. */
const LOOKALIKES =
  "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王" +
  "⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長" +
  "⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⼾户⾭青";
const MEANT = new Map(LOOKALIKES.match(/../gu).map(([sign, meant]) => [sign, meant]));
const LOOKALIKE = /[\u2e80-\u2ef3\u2f3e\u2fad]/g;

/** Look-alikes are the signs that they mean, full width is half width. */
const usual = (text) =>
  text.replace(LOOKALIKE, (sign) => MEANT.get(sign) ?? sign).normalize("NFKC");

/** Full width is half width, no capitals, 1,234 is 1234. */
export const alike = (text) =>
  usual(text).toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");

/** The search words of a text, each once: pairs of neighbouring characters, numbers, Latin words. */
export function searchWords(text) {
  const found = new Set();
  for (const [run] of alike(text).matchAll(RUN)) {
    if (/^[a-z0-9]/.test(run)) {
      found.add(run);
    } else {
      for (const pair of neighbours(run)) found.add(pair);
    }
  }
  return [...found];
}

/** A text without anything but letters, characters and digits. */
export const squeeze = (text) => usual(text).toLowerCase().replace(NO_SIGNS, "");

/** The same with the place in the text that each sign of it comes from. */
export function squeezeWithPlaces(text) {
  let plain = "";
  const places = [];
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at);
    const sign = String.fromCodePoint(code);
    const shown = code >= 0x4e00 && code <= 0x9fff ? sign : usual(sign).toLowerCase();
    for (const one of shown) {
      if (!SIGN.test(one)) continue;
      plain += one;
      for (let unit = 0; unit < one.length; unit += 1) places.push(at);
    }
    at += sign.length;
  }
  return { plain, places };
}

/** Where in `text` these squeezed words stand: [start, end] pairs in order, none overlapping. */
export function rangesOf(text, needles) {
  const { plain, places } = squeezeWithPlaces(text);
  const found = [];
  for (const needle of needles) {
    if (!needle) continue;
    for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + needle.length)) {
      found.push([places[at], places[at + needle.length - 1] + 1]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return found.filter(([start], place) => !found.slice(0, place).some(([, end]) => end > start));
}

/** What to mark for a query: the whole of it where the text holds it, else each of its words. */
export function needlesFor(query, text) {
  const whole = squeeze(query);
  const plain = squeeze(text);
  if (plain.includes(whole)) return [whole];
  const held = (word) => word && plain.includes(word);
  const words = query.split(/\s+/).map(squeeze).filter(held);
  return words.length ? words : neighbours(whole).filter(held);
}

/** Every two neighbouring signs of a text. */
export function neighbours(text) {
  const signs = [...text];
  return signs.slice(1).map((sign, place) => signs[place] + sign);
}

/* How near a name is to what was typed: written in Latin letters, whole syllables or initials, or
   with a sign that is wrong, missing or too many. */

const HOMOPHONE = 1;
const MISSING = 2; // a sign of the name that was not typed
const OTHER = 3; // a sign in the place of another, or one too many
const INITIAL = 0.05; // a syllable by its first letter
const INSIDE = 1; // the name goes on before what was typed, or behind it
const SYLLABLES = 3; // fewer letters have to begin a name

/** The cost of a name that is too far away. */
export const FAR = Infinity;

const isLetter = (sign) => sign >= "a" && sign <= "z";
const hasLetters = (text) => /[a-z]/.test(text);

/** How much may be wrong in a query of so many signs. */
function limitOf(signs, letters) {
  if (letters) return signs.length < 4 ? 1.5 : 2.5;
  return [0, 0, 2, 4, 4][signs.length] || 5;
}

export class Likeness {
  /** `asked` is what was typed, squeezed; `signs` knows how characters are read. */
  constructor(asked, signs) {
    this.letters = hasLetters(asked);
    this.asked = [...(this.letters ? asked.replace(/([ln])ve/g, "$1ue") : asked)];
    this.signs = signs;
    this.limit = limitOf(this.asked, this.letters);
    this.known = new Map();
    this.row = new Float32Array(0);
  }

  /** What the name costs: 0 is the name as it was typed. With `isWhole` it must begin there. */
  cost(name, isWhole = false) {
    const key = isWhole ? `=${name}` : name;
    if (!this.known.has(key)) this.known.set(key, this.measure([...name], isWhole));
    return this.known.get(key);
  }

  /** The cheapest way through both, sign by sign; `costs` are those of having come so far. */
  measure(name, isWhole) {
    const { asked, limit } = this;
    const width = name.length + 1;
    const size = (asked.length + 1) * width;
    if (asked.length > 2 * name.length + 2 && !this.letters) return FAR;
    if (this.row.length < size) this.row = new Float32Array(2 * size);
    const costs = this.row.fill(FAR, 0, size);
    costs[0] = 0;
    if (!isWhole && !(this.letters && asked.length < SYLLABLES)) costs.fill(INSIDE, 1, width);
    for (let typed = 0; typed < asked.length; typed += 1) {
      for (let place = 0; place < width; place += 1) {
        const cost = costs[typed * width + place];
        if (cost > limit) continue;
        this.step(name, typed, place, (signs, places, more) => {
          const at = (typed + signs) * width + place + places;
          if (cost + more < costs[at]) costs[at] = cost + more;
        });
      }
    }
    const ends = costs.subarray(asked.length * width, size);
    const best = ends.reduce((least, cost, place) => Math.min(least, place < name.length ? cost + INSIDE : cost), FAR);
    return best > limit ? FAR : best;
  }

  /** Every step from here: how many signs of each side it takes, and what it costs. */
  step(name, typed, place, take) {
    const sign = this.asked[typed];
    const other = name[place];
    if (other && sign === other) take(1, 1, 0);
    if (this.letters) {
      if (other && isLetter(sign)) this.spell(this.signs.readings(other), typed, take);
      return;
    }
    take(1, 0, OTHER);
    if (!other) return;
    if (typed || this.asked.length > 2) take(0, 1, MISSING);
    if (sign !== other) take(1, 1, this.soundsLike(sign, other) ? HOMOPHONE : OTHER);
  }

  /** The ways to type a character by its readings; the last syllable may be unfinished. */
  spell(readings, typed, take) {
    const left = this.asked.length - typed;
    for (const reading of readings) {
      let same = 0;
      while (same < reading.length && this.asked[typed + same] === reading[same]) same += 1;
      if (same === reading.length) take(same, 1, 0);
      else if (same && same === left) take(same, 1, INITIAL);
      if (same) take(1, 1, INITIAL);
      if (same > 1 && reading[1] === "h") take(2, 1, INITIAL);
    }
  }

  soundsLike(sign, other) {
    const readings = this.signs.readings(other);
    return this.signs.readings(sign).some((reading) => readings.includes(reading));
  }
}

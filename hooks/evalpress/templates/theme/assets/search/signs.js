/* How characters are read and simplified, as search/signs.py writes it; loaded when nobody goes by a
   name as it was typed. */

import { fetchBytes, unpack } from "./files.js";

/** Load the table; `odd` are the readings that the names of this site add to it. */
export async function loadSigns(site, odd) {
  const content = await unpack(await fetchBytes(site, "search/signs.bin"));
  return new Signs(JSON.parse(new TextDecoder().decode(content)), odd);
}

export class Signs {
  constructor({ readings, simplified }, odd) {
    this.read = new Map();
    for (const table of [readings, odd]) {
      for (const [reading, signs] of Object.entries(table)) {
        for (const sign of signs) this.read.set(sign, [...this.readings(sign), reading]);
      }
    }
    this.meant = new Map(simplified.match(/../gu).map(([written, meant]) => [written, meant]));
  }

  /** The readings of a character; none of what is no character or is not known. */
  readings(sign) {
    return this.read.get(sign) || [];
  }

  /** The text with simplified characters for traditional ones. */
  simplified(text) {
    return [...text].map((sign) => this.meant.get(sign) || sign).join("");
  }
}

/* What a search asks: the list of names and the full text, each loaded when it is first needed and
   shared by the boxes of a page. */

import { FullText } from "./fulltext.js";
import { loadNames } from "./names.js";
import { loadSigns } from "./signs.js";

class Sources {
  constructor(site) {
    this.site = site;
    this.text = new FullText(this);
  }

  /** The list of names; a failed load may be tried again. */
  names() {
    if (!this.loading) {
      this.loading = loadNames(this.site);
      this.loading.catch(() => this.forget());
    }
    return this.loading;
  }

  /** How characters are read and simplified; a failed load may be tried again. */
  signs() {
    if (!this.loadingSigns) {
      this.loadingSigns = this.names().then((names) => loadSigns(this.site, names.oddReadings));
      this.loadingSigns.catch(() => (this.loadingSigns = null));
    }
    return this.loadingSigns;
  }

  /** Let the list be loaded anew: the site was published again. */
  forget() {
    this.loading = null;
    this.loadingSigns = null;
  }
}

let shared = null;

export function openSources(site) {
  if (!shared) shared = new Sources(site);
  return shared;
}

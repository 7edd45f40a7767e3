/* What a search asks: the list of names and the full text, each loaded when it is first needed and
   shared by the boxes of a page. */

import { FullText } from "./fulltext.js";
import { loadNames } from "./names.js";

class Sources {
  constructor(site) {
    this.site = site;
    this.text = new FullText(site, () => this.names());
  }

  /** The list of names; a failed load may be tried again. */
  names() {
    this.loading ||= loadNames(this.site);
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }
}

let shared = null;

export const openSources = (site) => (shared ||= new Sources(site));

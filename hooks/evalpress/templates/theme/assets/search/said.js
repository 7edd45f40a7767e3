/* The words of the search, which the build takes from the catalogue. */

/** The words under a key, with these values in its places. */
export const say = (key, ...values) => window.epSay("search", key, ...values);

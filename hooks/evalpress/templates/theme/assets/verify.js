/* Tells of a file that a reader holds what it is, by its SHA-256. The file is read here and goes
   nowhere; only the small list with hashes that begin like its own is loaded from the site. */
(() => {
  "use strict";

  const form = document.querySelector("[data-ep-verify]");
  if (!form) return;
  const said = JSON.parse(form.dataset.epVerify);
  const results = document.querySelector("[data-ep-verified]");
  const site = new URL(`${document.currentScript.dataset.base}/`, location.href);
  const PART = 4 << 20; // bytes that are read at once
  const WHOLE = 64 << 20; // bytes up to which the browser's own function gets a file in one piece

  /* ---- SHA-256 (FIPS 180-4), for pages over http, where browsers offer none ---------------- */

  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (root) => (root - Math.floor(root)) * 2 ** 32 | 0;
  const ROUNDS = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));

  class Sha256 {
    constructor() {
      this.state = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
      this.words = new Int32Array(64);
      this.rest = new Uint8Array(0);
      this.length = 0;
    }

    /** Take more bytes of the file. */
    add(bytes) {
      this.length += bytes.length;
      const all = new Uint8Array(this.rest.length + bytes.length);
      all.set(this.rest);
      all.set(bytes, this.rest.length);
      const end = all.length - (all.length % 64);
      const view = new DataView(all.buffer);
      for (let at = 0; at < end; at += 64) this.block(view, at);
      this.rest = all.slice(end);
    }

    /** The hash of all bytes so far, in hexadecimal; nothing can be added afterwards. */
    end() {
      const bits = this.length * 8;
      const size = (119 - this.length % 64) % 64 + 9;
      const pad = new Uint8Array(size);
      pad[0] = 0x80;
      const view = new DataView(pad.buffer);
      view.setUint32(size - 8, Math.floor(bits / 2 ** 32));
      view.setUint32(size - 4, bits >>> 0);
      this.add(pad);
      return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }

    block(view, at) {
      const w = this.words;
      for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + i * 4);
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15], y = w[i - 2];
        const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
        const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
        const one = h + s1 + (e & f ^ ~e & g) + ROUNDS[i] + w[i] | 0;
        const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
        const two = s0 + (a & b ^ a & c ^ b & c) | 0;
        h = g; g = f; f = e; e = d + one | 0;
        d = c; c = b; b = a; a = one + two | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => (this.state[i] = this.state[i] + word | 0));
    }
  }

  async function hashOf(file, tell) {
    const own = window.crypto && crypto.subtle;
    if (own && file.size <= WHOLE) {
      const found = new Uint8Array(await own.digest("SHA-256", await file.arrayBuffer()));
      return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    const sha = new Sha256();
    for (let at = 0; at < file.size; at += PART) {
      sha.add(new Uint8Array(await file.slice(at, at + PART).arrayBuffer()));
      tell(Math.round(Math.min(at + PART, file.size) / file.size * 100));
    }
    return sha.end();
  }

  /* ---- what the site knows ----------------------------------------------------------------- */

  async function load(path) {
    const answer = await fetch(new URL(path, site).href, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.status);
    const found = await answer.json();
    if (found.format !== "evalpress-hashes/1") throw new Error("format");
    return found;
  }

  async function answersFor(sha) {
    const { digits } = await load("verify/index.json");
    const { hashes } = await load(`verify/hashes/${sha.slice(0, digits)}.json`);
    return Object.prototype.hasOwnProperty.call(hashes, sha) ? hashes[sha] : [];
  }

  /** What to say of a file that is not known: a PDF whose end is missing is a download that broke
      off; what is listed nowhere is told by how it begins. */
  async function hintsOf(file) {
    const text = async (from, to) => new TextDecoder("latin1").decode(await file.slice(from, to).arrayBuffer());
    const head = await text(0, 512), end = await text(Math.max(0, file.size - 2048), file.size);
    if (head.startsWith("%PDF-") && !end.includes("%%EOF")) return [said.cut_short];
    const names = Object.keys(said.signs).filter((name) => new RegExp(said.signs[name], "i").test(head));
    return names.map((name) => said.recognised[name]);
  }

  /* ---- what a reader sees ------------------------------------------------------------------ */

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  const paragraph = (text, kind) => element("p", kind ? { class: kind } : {}, text);

  function described(answer) {
    const { title, kind, edition = 1, latest = 1, name = "", on = "", reason = "", office = "" } = answer;
    const values = { title, edition, latest, name, kind: said.kinds[kind] };
    const joint = said.volumes.includes(kind);
    const link = element("a", { href: new URL(answer.address, site).href }, joint ? said.look : said.report);
    const what = joint ? (name ? said.what_volume : said.what_book) : name ? said.what_named : said.what;
    const made = [paragraph(filled(what, values))];
    const note = said.notes[answer.standing];
    if (note) made.push(paragraph(filled(note, values)));
    for (const [word, text] of [[said.since, on], [said.reason, reason], [said.office, office]]) {
      if (text) made.push(paragraph(word + text));
    }
    if (answer.sealed) made.push(paragraph(said.sealed));
    const links = element("p", {}, link);
    if (answer.standing === "superseded") {
      links.append("　", element("a", { href: `${link.href}#corrections` }, said.changes));
    }
    return [...made, links];
  }

  const GRADES = { current: "good", reprinted: "good", withdrawn: "bad", redacted: "bad" };

  function show(place, name, sha, answers, advice) {
    const best = answers[0] ? answers[0].standing : "unknown";
    place.className = `ep-verify__one ep-verify__one--${answers[0] ? GRADES[best] || "old" : "bad"}`;
    place.textContent = "";
    place.append(
      paragraph(name, "ep-verify__file"),
      element("p", {}, element("strong", {}, said.verdicts[best])),
      ...(answers.length ? answers.map(described).reduce((one, other) => one.concat(other), []) : advice),
      element("p", { class: "ep-note ep-verify__hash" }, `SHA-256　${sha}`),
    );
  }

  function fail(place, name, reason) {
    place.className = "ep-verify__one ep-verify__one--bad";
    place.textContent = "";
    place.append(paragraph(name, "ep-verify__file"), paragraph(reason));
  }

  function begin(name) {
    const place = element("div", { class: "ep-verify__one" }, paragraph(name, "ep-verify__file"), paragraph(said.busy));
    results.prepend(place);
    return place;
  }

  async function answer(name, find, hints) {
    const place = begin(name);
    let sha;
    try {
      sha = await find((percent) => (place.lastChild.textContent = `${said.busy} ${percent}%`));
    } catch (error) {
      fail(place, name, said.unreadable);
      return;
    }
    try {
      const answers = await answersFor(sha);
      const advice = answers.length ? [] : [...await hints(), ...said.advice];
      show(place, name, sha, answers, [element("ul", {}, ...advice.map((text) => element("li", {}, text)))]);
    } catch (error) {
      fail(place, name, location.protocol === "file:" ? said.opened_as_file : said.unloaded);
    }
  }

  async function verify(files) {
    for (const file of files) await answer(file.name, (tell) => hashOf(file, tell), () => hintsOf(file));
  }

  async function verifyHash(text) {
    const sha = text.replace(/\s/g, "").toLowerCase();
    if (/^[0-9a-f]{64}$/.test(sha)) await answer(sha, async () => sha, async () => []);
    else fail(begin(text), text, said.no_hash);
  }

  /* ---- set up ------------------------------------------------------------------------------ */

  const { files, hash } = form.elements;
  files.addEventListener("change", async () => {
    await verify([...files.files]);
    files.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (hash.value.trim()) verifyHash(hash.value);
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    verify([...event.dataTransfer.files]);
  });
})();

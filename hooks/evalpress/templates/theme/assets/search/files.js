/* Files of the search: fetched anew where they have changed, packed ones unpacked. */

/** The answer to a request for a file; an error where the site does not have it. */
export async function fetchFile(site, path) {
  const answer = await fetch(new URL(path, site), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

export const fetchBytes = async (site, path) =>
  new Uint8Array(await (await fetchFile(site, path)).arrayBuffer());

/** The content of bytes that zlib packed; an error where they are damaged. */
export async function unpack(bytes) {
  const packed = new Blob([bytes]).stream();
  const content = packed.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(content).arrayBuffer());
}

// The host that a text points to: of a URL, an e-mail address, `host:port`, or a bare name.

import { lowerAscii, trimAscii } from "./text.ts";

const LONGEST_HOST = 253;
const SCHEME = /^[a-z][a-z0-9+.-]{0,31}:\/\//;
const PORT = /:[0-9]{0,5}$/;
const ADDRESS = /^(?:mailto:)?[^\s@:/]{1,256}@([^\s@:/?]{1,512})/;
const BARE =
  /^([a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,10}\.?|localhost|\[[0-9a-f:.]+\])(:[0-9]{1,5})?(?:[/?#]|$)/;
/** Names without a scheme are hosts by their ending, or by a port: tables and files have dots too. */
const HOST_ENDING =
  /\.(?:com|org|net|edu|gov|mil|int|info|biz|io|ai|app|dev|cloud|tech|site|online|internal|local|localhost|home|lan|corp|arpa|example|test|invalid|[a-z]{2}|[0-9]{1,3})\.?$/;
const FILE_ENDING = /\.(?:cc|cs|db|gz|go|hs|js|md|pl|ps|py|rb|rs|sh|tf|ts)$/;
const NAME = /^(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}|\[[0-9a-f:.]+\])$/;

/**
 * The host in lower case, without port, user and final dot; "" when the text names none. A
 * bare name must end as hosts do, or have a port.
 */
export function hostIn(text: string): string {
  const lower = lowerAscii(trimAscii(text));
  const found = authorityHost(lower) ?? ADDRESS.exec(lower)?.[1] ?? bareHost(lower);
  const host = found.endsWith(".") ? found.slice(0, -1) : found;
  return host.length <= LONGEST_HOST && NAME.test(host) ? host : "";
}

/** RFC 3986: the authority ends at the first of / ? #, and the user at its last @. */
function authorityHost(lower: string): string | undefined {
  const scheme = SCHEME.exec(lower)?.[0];
  if (scheme === undefined) return undefined;
  const rest = lower.slice(scheme.length);
  const end = rest.search(/[/?#\\]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  return authority.slice(authority.lastIndexOf("@") + 1).replace(PORT, "");
}

function bareHost(lower: string): string {
  const [, found = "", port] = BARE.exec(lower) ?? [];
  const isHost =
    port !== undefined ||
    found === "localhost" ||
    found.startsWith("[") ||
    (HOST_ENDING.test(found) && !FILE_ENDING.test(found));
  return isHost ? found : "";
}

/**
 * Whether a host is on a list, or below one of its `*.` entries.
 *
 * @param list in lower case
 */
export function isListedHost(host: string, list: ReadonlySet<string>): boolean {
  if (host === "") return false;
  if (list.has(host)) return true;
  for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) {
    if (list.has(`*${host.slice(dot)}`)) return true;
  }
  return false;
}

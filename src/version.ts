// Name and version of this package, from its own manifest.

import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url)("../package.json") as {
  readonly name: string;
  readonly version: string;
};

/** What reports name as the tool that made them. */
export const TOOL = { name: manifest.name, version: manifest.version } as const;

// PostgreSQL and ClickHouse for one run, as the tests start them: on 127.0.0.1, on free ports, with
// a folder of their own that is removed at the end, however the run ends. Their starters are
// TypeScript, so they are compiled into the data folder first.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const SOURCE = path("../test/servers");
const COMPILED = path("data/servers");
const STARTERS = ["available", "postgresql", "clickhouse-26"];

/** Why a server cannot be started here is in `missing(name)`. */
export async function serverStarters() {
  compile();
  process.env.AEGIS_CHDB ??= join(SOURCE, "clickhouse-26/node_modules");
  const [{ missing, postgresPlace }, { startPostgres }, { startClickHouse26 }] = await Promise.all(
    STARTERS.map(load),
  );
  return { missing, postgresPlace, startPostgres, startClickHouse26 };
}

function compile() {
  mkdirSync(COMPILED, { recursive: true });
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  const options = [
    "--ignoreConfig",
    "--rootDir",
    SOURCE,
    "--outDir",
    COMPILED,
    "--target",
    "es2023",
    "--module",
    "nodenext",
    "--types",
    "node",
    "--skipLibCheck",
    "--rewriteRelativeImportExtensions",
  ];
  const files = STARTERS.map((name) => join(SOURCE, `${name}.ts`));
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...files], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the starters do not compile: ${stdout}`);
  copyFileSync(join(SOURCE, "keeper.sh"), join(COMPILED, "keeper.sh"));
  cpSync(join(SOURCE, "clickhouse-26/serve.cjs"), join(COMPILED, "clickhouse-26/serve.cjs"));
}

function load(name) {
  return import(pathToFileURL(join(COMPILED, `${name}.js`)).href);
}

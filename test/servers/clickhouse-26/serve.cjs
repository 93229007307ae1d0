// serve.cjs MODULES ARGUMENT…: runs clickhouse-local, as the library of chdb holds it, with the arguments.
// `SYSTEM START LISTEN` makes a server of it: HTTP and the protocol that nodes speak to one another.
// The query behind it never ends, and so the server stays.

const { createRequire } = require("node:module");
const { join } = require("node:path");

const [, , modules, ...given] = process.argv;
const load = createRequire(join(modules, "here.js"));
const ffi = load("ffi-rs");

const FOREVER = [
  "SYSTEM START LISTEN QUERIES ALL;",
  "SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS max_block_size = 1,",
  "function_sleep_max_microseconds_per_block = 0 FORMAT Null",
].join(" ");

const library = `@chdb/lib-${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}`;
ffi.open({ library: "chdb", path: load.resolve(`${library}/libchdb.so`) });
const args = ["clickhouse-local", ...given, `--query=${FOREVER}`];
ffi.load({
  library: "chdb",
  funcName: "chdb_query_cmdline",
  retType: ffi.DataType.External,
  paramsType: [ffi.DataType.I32, ffi.DataType.StringArray],
  paramsValue: [args.length, args],
});

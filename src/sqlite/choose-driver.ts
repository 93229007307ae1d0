// Which SQLite driver this runtime gets.

import { betterSqlite3Driver } from "./better-sqlite3-driver.ts";
import type { Driver } from "./driver.ts";
import { nodeSqliteDriver } from "./node-sqlite-driver.ts";

/** The driver of this runtime: the built-in `node:sqlite` where it returns rows as arrays and whole, else `better-sqlite3`. */
export function chooseDriver(): Driver {
  return nodeSqliteDriver() ?? betterSqlite3Driver();
}

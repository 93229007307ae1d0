import { describe, expect, it } from "vitest";
import { betterSqlite3Driver } from "../../src/sqlite/better-sqlite3-driver.ts";
import { chooseDriver } from "../../src/sqlite/choose-driver.ts";
import { nodeSqliteDriver } from "../../src/sqlite/node-sqlite-driver.ts";

describe("the driver", () => {
  it("is the built-in one where it can return arrays, else the package", () => {
    expect(chooseDriver().name).toBe(nodeSqliteDriver()?.name ?? "better-sqlite3");
  });

  it("names the package to install when it is missing", () => {
    expect(() => betterSqlite3Driver(failToLoad)).toThrow(
      expect.objectContaining({
        code: "missing-package",
        message: expect.stringContaining("better-sqlite3") as unknown,
        hint: expect.stringContaining("npm install better-sqlite3@12.11") as unknown,
      }),
    );
  });

  it.each([
    { code: "ERR_DLOPEN_FAILED", message: "was compiled against a different Node.js version" },
    { code: undefined, message: "Could not locate the bindings file. Tried: ..." },
  ])("says so when the package was not built: $message", ({ code, message }) => {
    function Database(): void {
      throw Object.assign(new Error(message), { code });
    }
    expect(() => betterSqlite3Driver(() => Database).open("/a.db", { readOnly: true })).toThrow(
      expect.objectContaining({
        code: "missing-package",
        hint: expect.stringContaining("npm rebuild") as unknown,
      }),
    );
  });

  it("leaves the warnings of the process as they were", () => {
    const before = Object.getOwnPropertyDescriptor(process, "emitWarning");
    nodeSqliteDriver();
    expect(Object.getOwnPropertyDescriptor(process, "emitWarning")).toEqual(before);
  });
});

function failToLoad(): never {
  throw Object.assign(new Error("Cannot find module 'better-sqlite3'"), {
    code: "MODULE_NOT_FOUND",
  });
}

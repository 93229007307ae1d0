import { describe, expect, it } from "vitest";
import { withPatience } from "../../src/audit-logger/retry.ts";

const PATIENCE = {
  milliseconds: 5000,
  mayPass: (error: unknown) => (error as Error).message === "away",
  giveUp: () => new Error("given up"),
};

describe("patience", () => {
  it("tries again what may pass, and says how often it has", async () => {
    const seen: number[] = [];
    const result = await withPatience(async (before) => {
      seen.push(before);
      if (before < 3) throw new Error("away");
      return "stored";
    }, PATIENCE);
    expect([result, seen]).toEqual(["stored", [0, 1, 2, 3]]);
  });

  it("does not try again what will not pass", async () => {
    let attempts = 0;
    const tried = withPatience(async () => {
      attempts += 1;
      throw new Error("refused");
    }, PATIENCE);
    await expect(tried).rejects.toThrow("refused");
    expect(attempts).toBe(1);
  });

  it("ends with the last error", async () => {
    const tried = withPatience(() => Promise.reject(new Error("away")), {
      ...PATIENCE,
      milliseconds: 60,
    });
    await expect(tried).rejects.toThrow("away");
  });

  it("gives up an attempt that never comes back", async () => {
    const tried = withPatience(() => new Promise<never>(() => undefined), {
      ...PATIENCE,
      milliseconds: 30,
    });
    await expect(tried).rejects.toThrow("given up");
  });
});

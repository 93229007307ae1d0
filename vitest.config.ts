import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/servers/broker.ts"],
    reporters: ["default", "./test/servers/summary.ts", "./test/closing-line.ts"],
    testTimeout: 30_000,
  },
});

// The report that every form of the log is asked for.
import { fileURLToPath } from "node:url";

/** Later than every entry. */
export const NOW = "2027-02-01T00:00:00Z";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const ASKED = ["--type", "soc2", "--format", "json", "--now", NOW, "--quiet"];

/** Arguments of Node for a report of a log, with as many workers as it takes by itself. */
export function reportArguments(log, flags = []) {
  return [CLI, "report", log, ...flags, ...ASKED];
}

// `migrate`: its arguments, options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";

const EXAMPLES = `Examples:
  aegis-compliance migrate aegis_audit.db postgres://auditor@db.example/audit
  aegis-compliance migrate aegis_audit.db \\
    'clickhouse://auditor@ch-1.example:8123/audit?table=audit_log' --json
  aegis-compliance migrate a.db 'postgres://db.example/audit?table=old.log'
`;

const NOTES = `
What it does:
  Copies every row of the database, with its id and exactly as it stands, into
  the table that the URL names, audit_log if it names none. The table is made
  when there is none. Then it reads both sides again and compares them row by
  row. Rows that the new place cannot hold stay behind and are counted with the
  reason. The audit database and its folder are never changed.

Stopping and going on:
  Ctrl-C stops within a moment and keeps what was written. The same command
  goes on from there. Run again, it finds everything there and proves it.

Passwords:
  Never in the URL, which others can see. PostgreSQL: PGPASSWORD or ~/.pgpass.
  ClickHouse: CLICKHOUSE_PASSWORD or CLICKHOUSE_PASSWORD_FILE. Either: a file
  named by password-file=FILE in the URL. The user needs to create the table, or
  to insert and select; docs/scale.md has the statements.

Exit codes: 0 every row is there, the same on both sides; 2 usage, such as a
password in the URL; 3 a database cannot be read or written, changed meanwhile,
or holds other rows of the same ids; or with --strict any row stayed behind; 130
stopped by Ctrl-C, 143 by SIGTERM.`;

/** Adds `migrate DB URL`. */
export function addMigrate(program: Program, conclude: Conclude): void {
  program
    .command("migrate")
    .summary("copy an audit database to a server")
    .description("Copies an audit database into a table, and proves that nothing was lost.")
    .argument("<db>", "the audit database, such as aegis_audit.db")
    .argument("<url>", "postgres://USER@HOST/DATABASE or clickhouse://…; quote it")
    .option("--strict", "end with 3 when any row stayed behind")
    .option("--json", "print the counts as JSON")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (database, url, _options, self) => {
      const { runMigrate } = await import("./run.ts");
      conclude(await runMigrate(database, url, self.optsWithGlobals()));
    });
}

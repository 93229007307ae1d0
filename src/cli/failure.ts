// What is said, and with which code the process ends, when something goes wrong.

import { CommanderError } from "commander";
import type { ComplianceError, ComplianceErrorCode } from "../index.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { shown, withoutPasswords } from "./shown.ts";

/** Lines for standard error, escaped, and the exit code. */
export interface Failure {
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
}

const EXIT_CODES = {
  "unknown-report-type": EXIT.usage,
  "invalid-period": EXIT.usage,
  "invalid-option": EXIT.usage,
  "invalid-expression": EXIT.usage,
  "invalid-catalog": EXIT.input,
  "invalid-policy": EXIT.input,
  "invalid-action": EXIT.input,
  "unreadable-source": EXIT.input,
  "unsupported-source": EXIT.input,
  "source-changed": EXIT.input,
  "missing-package": EXIT.input,
  "not-verified": EXIT.verification,
  closed: EXIT.defect,
} as const satisfies Record<ComplianceErrorCode, ExitCode>;

/** Explains an error in at most a few lines, none with a password of a URL; `debug` adds where it arose. */
export function explain(error: unknown, debug: boolean): Failure {
  const { lines, exitCode } = explanation(error);
  const all = !debug || lines.length === 0 ? lines : [...lines, ...stackOf(error)];
  return { lines: all.map(withoutPasswords), exitCode };
}

/** The errors that one error stands for: those of an AggregateError below it, or itself. */
export function partsOf(error: ComplianceError): readonly ComplianceError[] {
  const { cause } = error;
  if (!(cause instanceof AggregateError)) return [error];
  const parts = cause.errors.filter(isComplianceError);
  return parts.length === 0 ? [error] : parts;
}

/** An error's sentence without the place that its message begins with. */
export function sentenceOf(error: ComplianceError): string {
  const place = placeOf(error);
  return place !== "" && error.message.startsWith(`${place}: `)
    ? error.message.slice(place.length + 2)
    : error.message;
}

/** Told apart by name: the class itself is loaded only with the commands that throw it. */
export function isComplianceError(error: unknown): error is ComplianceError {
  return error instanceof Error && error.name === "ComplianceError";
}

function explanation(error: unknown): Failure {
  if (error instanceof CommanderError) return explainUsage(error);
  if (isComplianceError(error)) {
    const lines = partsOf(error).flatMap((part) => {
      const place = placeOf(part);
      const where = place === "" ? "" : ` (${shown(place)})`;
      return [`error: ${shown(sentenceOf(part))}${where}`].concat(hint(part.hint));
    });
    return { lines: [...lines, `code: ${error.code}`], exitCode: EXIT_CODES[error.code] };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && "syscall" in error && error.syscall === "write") {
    return {
      lines: [`error: the output cannot be written: ${shown(message)}`],
      exitCode: EXIT.usage,
    };
  }
  return {
    lines: [
      `error: this should not have happened: ${shown(message)}`,
      "hint: It is a mistake in aegis-compliance. Please report it with what --debug shows.",
    ],
    exitCode: EXIT.defect,
  };
}

function explainUsage(error: CommanderError): Failure {
  if (error.exitCode === 0) return { lines: [], exitCode: EXIT.fine };
  // The help was shown because no command was named.
  if (error.code === "commander.help") return { lines: [], exitCode: EXIT.usage };
  const message = error.message.replace(/^error: /, "");
  const guess = /\n\((Did you mean [^\n]*)\)$/.exec(message);
  const sentence = guess === null ? message : message.slice(0, guess.index);
  return {
    lines: [
      `error: ${shown(sentence)}`,
      ...hint(guess?.[1] ?? "Add --help to a command to see what it takes."),
    ],
    exitCode: EXIT.usage,
  };
}

function placeOf({ location }: ComplianceError): string {
  if (location === undefined) return "";
  const { file, line, column } = location;
  if (line === undefined) return file ?? "";
  const position = column === undefined ? `${line}` : `${line}:${column}`;
  return file === undefined ? `line ${position}` : `${file}:${position}`;
}

function hint(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`hint: ${shown(text)}`];
}

function stackOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = (error.stack ?? "").split("\n").map((line) => shown(line));
  return error.cause === undefined ? own : [...own, "caused by:", ...stackOf(error.cause)];
}

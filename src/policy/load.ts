// From bytes, text or a value to a checked policy and the digest of what it was made from.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ComplianceError } from "../model/error.ts";
import { readDocument } from "./document.ts";
import type { Mistake } from "./mistakes.ts";
import { refuseMistakes } from "./mistakes.ts";
import type { PolicyDocument } from "./rule.ts";
import { treeFromValue } from "./tree/from-value.ts";
import { treeFromYaml } from "./tree/from-yaml.ts";
import { canonicalJson } from "./tree/tree.ts";
import type { Tree } from "./tree/tree.ts";

/** A policy that has been checked, and the SHA-256 of its source in lower-case hex. */
export interface LoadedPolicy {
  readonly document: PolicyDocument;
  readonly digest: string;
}

/**
 * @throws ComplianceError `unreadable-source` when the file cannot be read, `invalid-policy`
 * with line, column and hint when it is no good policy
 */
export function loadFile(path: string): LoadedPolicy {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new ComplianceError("unreadable-source", `cannot read the policy (${code})`, {
      cause,
      hint: code === "ENOENT" ? "Check the path." : "Check that it is a file you may read.",
      location: { file: path },
    });
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ComplianceError("invalid-policy", "expected UTF-8 text, came other bytes", {
      cause,
      hint: "Save the policy as UTF-8.",
      location: { file: path },
    });
  }
  return { document: checkText(text, path), digest: sha256(bytes) };
}

/** The text's digest is that of its UTF-8 bytes. */
export function loadText(text: string, file: string | undefined): LoadedPolicy {
  return { document: checkText(text, file), digest: sha256(text) };
}

/** The value's digest is that of its canonical JSON (RFC 8785). */
export function loadValue(value: unknown): LoadedPolicy {
  const mistakes: Mistake[] = [];
  const tree = treeFromValue(value, mistakes);
  refuseMistakes(mistakes);
  return { document: check(tree, mistakes), digest: sha256(canonicalJson(tree)) };
}

/** A file without content is a policy without rules, whose defaults block everything. */
function checkText(text: string, file: string | undefined): PolicyDocument {
  const mistakes: Mistake[] = [];
  const tree = treeFromYaml(text.replace(/^\uFEFF/u, ""), file, mistakes);
  if (tree === undefined) refuseMistakes(mistakes);
  const empty: Tree = { kind: "map", entries: new Map(), path: "", location: undefined };
  return check(tree ?? empty, mistakes);
}

function check(tree: Tree, mistakes: Mistake[]): PolicyDocument {
  const document = readDocument(tree, mistakes);
  refuseMistakes(mistakes);
  return document;
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}

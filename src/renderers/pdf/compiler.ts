// The typesetter: Typst, an optional package, loaded when the first PDF is asked for. It loses
// about 3 MB with each document whatever one does, so there is one for each template.

import { join } from "node:path";

import type { NodeCompiler, NodeTypstCompileResult } from "@myriaddreamin/typst-ts-node-compiler";

import { ComplianceError } from "../../model/error.ts";
import type { PdfStandard } from "../renderer.ts";
import { missingPackage } from "./fonts.ts";
import type { Fonts } from "./fonts.ts";

/** Sets one document. */
export interface Typesetter {
  /**
   * @param files what the template can read, by its path from `/`
   * @throws ComplianceError `invalid-option` when Typst refuses the template or what it was given
   */
  readonly set: (
    template: string,
    files: ReadonlyMap<string, Uint8Array | string>,
    standard: PdfStandard,
  ) => Uint8Array;
}

/** The class whose `create` makes a compiler. */
export type Compilers = Pick<typeof NodeCompiler, "create">;

/**
 * Loads Typst.
 *
 * @param load imports the package; by default from `node_modules`
 * @throws ComplianceError `missing-package` when it is not installed, or not for this machine
 */
export async function loadTypesetter(
  folder: string,
  fonts: Fonts,
  load: () => Promise<{ readonly NodeCompiler: Compilers }> = () =>
    import("@myriaddreamin/typst-ts-node-compiler"),
): Promise<Typesetter> {
  let compilers: Compilers;
  try {
    compilers = (await load()).NodeCompiler;
  } catch (cause) {
    throw missingPackage(cause);
  }
  const compiler = compilers.create({
    workspace: folder,
    fontArgs: [{ fontBlobs: [...fonts.files] }],
  });
  return {
    set: (template, files, standard) => compiled(compiler, folder, template, files, standard),
  };
}

function compiled(
  compiler: NodeCompiler,
  folder: string,
  template: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  standard: PdfStandard,
): Uint8Array {
  try {
    for (const [path, content] of files) {
      compiler.mapShadow(join(folder, path), Buffer.from(content));
    }
    const document = compiler.compile({ mainFilePath: template, resetRead: true });
    if (document.result === null) throw refused(placedComplaints(compiler, document));
    try {
      return new Uint8Array(compiler.pdf(document.result, { pdfStandard: standard }));
    } catch (cause) {
      throw refused(complaints(cause), cause);
    }
  } finally {
    compiler.resetShadow();
    compiler.evictCache(0);
  }
}

function refused(reasons: readonly string[], cause?: unknown): ComplianceError {
  return new ComplianceError(
    "invalid-option",
    `expected a template and a report that Typst can set, got: ${reasons.join("; ")}`,
    { hint: "Look at the template and the logo, where they are your own.", cause },
  );
}

/** A diagnostic as the package gives it; lines and characters count from 0. */
interface Diagnostic {
  readonly message: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
  } | null;
}

/** What Typst says about a template that it cannot set, with line and column. */
function placedComplaints(compiler: NodeCompiler, document: NodeTypstCompileResult): string[] {
  const error = document.takeError();
  if (error === null) return ["no reason given"];
  const diagnostics = compiler.fetchDiagnostics(error) as readonly Diagnostic[];
  return diagnostics.map(({ message, range }) =>
    range === null
      ? message
      : `${message} (line ${range.start.line + 1}, column ${range.start.character + 1})`,
  );
}

/** What the standard forbids; the package gives all diagnostics as one text. */
function complaints(cause: unknown): string[] {
  const text = cause instanceof Error ? cause.message : String(cause);
  const messages = [...text.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)];
  return messages.length === 0 ? [text] : messages.map(([, message = ""]) => message);
}

// The faces that a PDF is set in, from two optional packages; never the machine's own, so that
// the same report looks the same, byte for byte, wherever it is made. Both under OFL 1.1.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { ComplianceError } from "../../model/error.ts";
import { commonCoverageOf } from "./coverage.ts";
import type { Coverage } from "./coverage.ts";

/** What is loaded once a process. */
export interface Fonts {
  /** Bytes of each TrueType file. */
  readonly files: readonly Buffer[];
  /** What each family draws in all of its faces: Inter first, then JetBrains Mono. */
  readonly families: readonly [Coverage, Coverage];
}

/** The packages, as a command would name them. */
export const FONT_PACKAGES = ["@expo-google-fonts/inter", "@expo-google-fonts/jetbrains-mono"];

/** The weights are those that the template and the pictures ask for, and no others. */
const INTER = [
  "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
  "@expo-google-fonts/inter/400Regular_Italic/Inter_400Regular_Italic.ttf",
  "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
];

const MONO = [
  "@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf",
  "@expo-google-fonts/jetbrains-mono/600SemiBold/JetBrainsMono_600SemiBold.ttf",
];

/**
 * Reads the fonts.
 *
 * @param locate gives the path of a file in a package; by default it is looked up in `node_modules`
 * @throws ComplianceError `missing-package` when one of the packages is not installed
 */
export function readFonts(
  locate: (file: string) => string = createRequire(import.meta.url).resolve,
): Fonts {
  const read = (file: string): Buffer => {
    try {
      return readFileSync(locate(file));
    } catch (cause) {
      throw missingPackage(cause);
    }
  };
  const inter = INTER.map(read);
  const mono = MONO.map(read);
  return {
    files: [...inter, ...mono],
    families: [commonCoverageOf(inter), commonCoverageOf(mono)],
  };
}

/** The one error for what PDF needs and does not find. */
export function missingPackage(cause: unknown): ComplianceError {
  const packages = ["@myriaddreamin/typst-ts-node-compiler", ...FONT_PACKAGES];
  return new ComplianceError(
    "missing-package",
    `PDF needs the packages ${packages.join(", ")}, and not all of them are installed`,
    {
      hint: `Run \`npm install ${packages.join(" ")}\`, or write the report as HTML and print that to a PDF.`,
      cause,
    },
  );
}

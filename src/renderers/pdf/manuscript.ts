// What the template reads as `/report/data.json`: the outline with every text made fit to be set.
// A template only arranges; nothing in here is ever read as Typst's own language.

import type { CriterionSeverity } from "../../model/framework.ts";
import type { Result, Severity } from "../../model/result.ts";

/** A text, parted where a line may end within a word; joined, it is the text. */
export type Pieces = readonly string[];

/** A piece of a line. */
export type Run =
  | { readonly kind: "text" | "log" | "code"; readonly pieces: Pieces }
  | { readonly kind: "strong"; readonly of: readonly Run[] }
  | { readonly kind: "result"; readonly mark: ResultMark }
  | { readonly kind: "severity"; readonly mark: SeverityMark }
  /** `to` is an anchor of this document. */
  | { readonly kind: "link"; readonly to: string; readonly of: readonly Run[] };

/** A result as it is drawn: colour, sign and word. */
export interface ResultMark {
  readonly result: Result;
  readonly sign: string;
  readonly word: string;
}

/** A severity as it is drawn. */
export interface SeverityMark {
  readonly severity: Severity | CriterionSeverity;
  readonly sign: string;
  readonly word: string;
}

/** A table with the widths of its columns. */
export interface SetTable {
  readonly kind: "table";
  readonly caption: Pieces;
  /** Says how many rows there are in all, where the PDF leaves some of the outline's out; else null. */
  readonly cut: string | null;
  /** Many columns: set small. */
  readonly dense: boolean;
  /** Whether rows may be torn over two pages, since one may be longer than a page. */
  readonly tall: boolean;
  /** `share` is the column's part of the width. */
  readonly columns: readonly {
    readonly title: Pieces;
    readonly right: boolean;
    readonly blank: boolean;
    readonly share: number;
  }[];
  readonly rows: readonly (readonly (readonly Run[])[])[];
}

/** Score, grade and coverage. */
export interface SetVerdict {
  readonly kind: "verdict";
  readonly score: string | null;
  /** 0 to 1; null: not graded. */
  readonly part: number | null;
  readonly grade: string | null;
  readonly says: Pieces;
  readonly coverage: Pieces;
}

/** Names and what they stand for. */
export interface SetFacts {
  readonly kind: "facts";
  readonly of: readonly { readonly name: Pieces; readonly value: readonly Run[] }[];
}

/** What stands on its own. */
export type SetBlock =
  | { readonly kind: "paragraph"; readonly of: readonly Run[] }
  | { readonly kind: "notice"; readonly tone: "plain" | "warning"; readonly of: readonly Run[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Run[])[] }
  | SetFacts
  | SetTable
  | { readonly kind: "code"; readonly lines: readonly Pieces[] }
  | {
      readonly kind: "chart";
      readonly title: Pieces;
      readonly says: string;
      /** Path of the SVG. */
      readonly path: string;
      /** Width in points at which its text has the size of the document's small print. */
      readonly width: number;
    }
  | SetVerdict
  | {
      readonly kind: "entry";
      readonly anchor: string | null;
      readonly level: number;
      readonly mark: ResultMark;
      readonly severity: SeverityMark | null;
      readonly title: readonly Run[];
      readonly open: boolean;
      readonly blocks: readonly SetBlock[];
    }
  | { readonly kind: "heading"; readonly level: number; readonly of: readonly Run[] };

/** A part with a heading of the given level, 1 or more. */
export interface SetSection {
  readonly anchor: string | null;
  readonly level: number;
  readonly title: Pieces;
  readonly blocks: readonly SetBlock[];
  readonly sections: readonly SetSection[];
}

/** The whole. */
export interface Manuscript {
  /** ISO 639: `de`. */
  readonly language: string;
  /** ISO 3166, in capitals; null where the report names none. */
  readonly region: string | null;
  readonly title: Pieces;
  readonly period: Pieces;
  readonly lead: Pieces;
  readonly contents: Pieces;
  readonly organisation: Pieces | null;
  readonly system: Pieces | null;
  /** `#rrggbb`. */
  readonly accent: string;
  readonly logo: { readonly path: string; readonly alt: string } | null;
  /** Year, month, day, hour, minute, second, in UTC. */
  readonly date: readonly [number, number, number, number, number, number];
  readonly foot: Pieces;
  /** `Page {page} of {pages}`, parted around the two. */
  readonly page: readonly string[];
  /** What stands on the first page: score and grade, the card, what the report is and is not. */
  readonly cover: {
    readonly verdict: SetVerdict | null;
    readonly facts: SetFacts | null;
    readonly notices: readonly SetBlock[];
  };
  /** The rest of what comes before the first section. */
  readonly opening: readonly SetBlock[];
  readonly sections: readonly SetSection[];
  /** A file that travels within the PDF; null when the standard has none. */
  readonly attachment: {
    readonly path: string;
    readonly name: string;
    readonly describes: string;
  } | null;
}

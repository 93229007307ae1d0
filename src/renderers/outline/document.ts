// The report as a document: what it says, in which order, before any format draws it. Markdown,
// HTML and PDF each draw exactly these blocks; none adds a sentence of its own.

import type { Controls as Labels } from "../../languages/words/report/controls.ts";
import type { CriterionSeverity } from "../../model/framework.ts";
import type { Result, Severity } from "../../model/result.ts";
import type { Chart } from "../charts/chart.ts";

/** A piece of a line. */
export type Inline =
  /** Our own words, a framework's or the organisation's: never cut. */
  | { readonly kind: "text"; readonly text: string }
  /** Text from a log or from anybody else: hostile. Shown visible and cut by the format. */
  | { readonly kind: "log"; readonly text: string; readonly length: "value" | "passage" }
  | { readonly kind: "strong"; readonly of: readonly Inline[] }
  /** An identifier, expression, digest or command, in a fixed-width face. */
  | { readonly kind: "code"; readonly text: string }
  /** A result's word with its sign: `✗ FAIL`. The sign is decoration; the word says it. */
  | { readonly kind: "result"; readonly result: Result; readonly word: string }
  | {
      readonly kind: "severity";
      readonly severity: Severity | CriterionSeverity;
      readonly word: string;
    }
  /** A link to a block of this document, by its id. */
  | { readonly kind: "link"; readonly to: string; readonly of: readonly Inline[] };

/** A line. */
export type Line = readonly Inline[];

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly align?: "right";
  /** A cell for people to write in: drawn empty, wide enough for a pen. */
  readonly blank?: true;
}

/** A table; each row has a cell for each column. An empty cell is drawn as a dash: not recorded. */
export interface Table {
  readonly kind: "table";
  /** Says what the table shows; for screen readers, and above it in print. */
  readonly caption: string;
  /** Whether the caption is shown where nothing but a table stands; always told to screen readers. */
  readonly captionShown: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Line[])[];
  /** Rows there are in all, when not all of them are shown. */
  readonly total?: number;
}

/** What stands on its own in a document. */
export type Block =
  | { readonly kind: "paragraph"; readonly of: Line }
  /** What a reader must not miss: what this is and is not, readiness, doubt. */
  | { readonly kind: "notice"; readonly tone: "plain" | "warning"; readonly of: Line }
  | { readonly kind: "list"; readonly items: readonly Line[] }
  /** Names and what they stand for: the cover's data, a finding's figures. */
  | {
      readonly kind: "facts";
      readonly of: readonly { readonly name: string; readonly value: Line }[];
    }
  | Table
  /** Commands to type, or a text to copy; one line each. */
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | {
      readonly kind: "chart";
      readonly chart: Chart;
      /** A table of this document holds its numbers too: a format without pictures need not repeat them. */
      readonly told?: true;
    }
  /** Score, grade and coverage: drawn large where a format can. */
  | Verdict
  /** One exception, test or passed criterion: a line that opens into blocks where a format can. */
  | Entry
  | { readonly kind: "heading"; readonly level: 4 | 5; readonly of: Line };

/** The three figures that never stand apart. */
export interface Verdict {
  readonly kind: "verdict";
  /** 0 to 100; null: not graded. */
  readonly score: number | null;
  readonly grade: string | null;
  /** `Score: 70 of 100. Grade: C-.`, or why there is none. */
  readonly says: string;
  /** Coverage and what was not assessed, in words. */
  readonly coverage: string;
  /** A picture of the same, for formats that can place it; it adds nothing. */
  readonly gauge?: Chart;
}

/** A finding or a test, in one line and in full. */
export interface Entry {
  readonly kind: "entry";
  /** Unique in the document, made of letters, digits and hyphens; links and addresses use it. */
  readonly id: string;
  readonly result: Result;
  readonly severity?: Severity | CriterionSeverity;
  /** The line. It begins with neither result nor severity: formats draw these in front. */
  readonly title: Line;
  /** Whether it stands open where a format can close it: failures do, passes do not. */
  readonly open: boolean;
  readonly blocks: readonly Block[];
}

/** A part of the document with a heading of its own. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Sections of the next level. */
  readonly sections: readonly Section[];
}

/** A whole report. */
export interface Outline {
  /** BCP 47. */
  readonly language: string;
  /** `SOC2 Compliance Report`. */
  readonly title: string;
  /** `Period: 2026-03-02 to 2026-03-08`. */
  readonly period: string;
  /** Heading of what follows at once: `Summary`. */
  readonly lead: string;
  /** Name of the organisation and system, where stated. */
  readonly organisation?: string;
  readonly system?: string;
  /** What stands before the first section: notice, cover, conclusion. */
  readonly opening: readonly Block[];
  readonly sections: readonly Section[];
  /** What stands at the foot of each page of a paged format: tool, version, digest. */
  readonly foot: string;
  /** Words that formats need for their own controls: `Show`, `Search`, `Page 1 of 3`. */
  readonly controls: Controls;
}

/** Labels of what a format adds so that a document can be used, with the words of results. */
export interface Controls extends Labels {
  readonly results: Readonly<Record<Result, string>>;
  readonly severities: Readonly<Record<Severity | CriterionSeverity, string>>;
}

// What charts say: their titles, the finding of each in a sentence, labels and columns. Numbers
// come in raw and are written in the language's way.

import type { ActivityUnit } from "../../model/activity.ts";
import type { Grade } from "../../model/report.ts";

/** Units of time on an axis. Weeks begin on Monday. */
export type TimeUnit = ActivityUnit | "week" | "quarter" | "decade";

/** A point in time (UTC) by its parts; months from 1. */
export interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
}

/** A share by what it is of. */
export interface Part {
  readonly part: number;
  readonly whole: number;
}

/** Words of all charts in one language. */
export interface ChartWords {
  /** January to December, short. */
  readonly months: readonly string[];
  /** Monday to Sunday, short. */
  readonly weekdays: readonly string[];
  /** `2 Mar`. */
  dayAndMonth(at: TimeParts): string;
  /** A stretch of one unit that begins there: `week from 2026-03-02`, `Q1 2026`. */
  stretch(unit: TimeUnit, at: TimeParts): string;
  /** `Entries per day`. */
  per(unit: TimeUnit): string;
  /** Column of a table whose rows are stretches: `Day (UTC)`. */
  column(unit: TimeUnit): string;

  readonly decision: Readonly<Record<"block" | "approve" | "auto" | "other", string>>;
  readonly risk: Readonly<Record<"critical" | "high" | "medium" | "low" | "unrated", string>>;

  readonly entries: string;
  readonly noEntries: string;
  /** Entries without a readable time, which stand on no axis. */
  readonly untimed: string;
  /** A silence that a test found to be longer than its limit. */
  readonly silence: string;
  readonly agent: string;
  /** For entries that name no agent. */
  readonly noAgent: string;
  otherAgents(agents: number): string;
  readonly criterion: string;
  readonly resultColumn: string;
  readonly exceptions: string;
  readonly population: string;
  /** Exceptions drawn, of all there are: `50 of 60`. */
  partOf(part: Part): string;

  readonly gauge: {
    readonly title: string;
    says(of: {
      readonly score: number | null;
      readonly grade: Grade | null;
      readonly decided: number;
      readonly possible: number;
    }): string;
    readonly outOf: string;
    grade(grade: Grade): string;
    readonly notGraded: string;
    decided(decided: number, possible: number): string;
    /** Rows of the table. */
    readonly figure: string;
    readonly value: string;
    readonly score: string;
    readonly gradeRow: string;
    readonly criteriaDecided: string;
    readonly criteriaPossible: string;
    readonly criteriaTotal: string;
    readonly weightDecided: string;
  };

  readonly decisions: {
    readonly title: string;
    says(of: {
      readonly entries: number;
      readonly block: number;
      readonly approve: number;
      readonly unit: TimeUnit;
      readonly busiest: { readonly at: TimeParts; readonly entries: number };
    }): string;
  };

  readonly riskByAgent: {
    readonly title: string;
    /** The agent with the most entries of elevated risk; or the busiest, when none has any. */
    says(of: {
      readonly agents: number;
      /** Visible and cut; absent for entries that name none. */
      readonly agent: string | undefined;
      readonly entries: number;
      readonly all: number;
      readonly elevated: number;
    }): string;
    readonly notSplit: string;
  };

  readonly gapCalendar: {
    readonly title: string;
    says(of: {
      readonly unit: TimeUnit;
      readonly filled: number;
      readonly all: number;
      readonly longest?: {
        readonly count: number;
        readonly from: TimeParts;
        readonly to: TimeParts;
      };
    }): string;
    /** Columns of the table. */
    filled(unit: TimeUnit): string;
    empty(unit: TimeUnit): string;
  };

  readonly matrix: {
    readonly title: string;
    says(of: {
      readonly criteria: number;
      readonly fail: number;
      readonly warn: number;
      readonly pass: number;
      /** Could not be decided. */
      readonly open: number;
      /** Only disprovable, figures, or not applicable. */
      readonly without: number;
    }): string;
    requirements(count: number): string;
  };

  readonly oversight: {
    readonly title: string;
    says(of: {
      readonly elevated: number;
      readonly approved: number;
      readonly unit: TimeUnit;
      /** Where the share was lowest, unless it was the same throughout. */
      readonly lowest?: { readonly at: TimeParts } & Part;
    }): string;
    readonly approved: string;
    readonly notApproved: string;
    readonly elevated: string;
    per(unit: TimeUnit): string;
  };

  readonly trend: {
    readonly title: string;
    says(of: {
      readonly blocked: readonly [first: Part, second: Part];
      readonly asked: readonly [first: Part, second: Part];
    }): string;
    readonly blocked: string;
    readonly asked: string;
    /** Of the vertical axis: `Share of the entries per day`. */
    axis(unit: TimeUnit): string;
  };

  readonly timeline: {
    readonly title: string;
    says(of: {
      /** Criteria or tests with exceptions that can be placed in time. */
      readonly lanes: number;
      readonly exceptions: number;
      /** Microseconds; absent when no silence was found. */
      readonly longestSilence?: number;
      readonly silences: number;
    }): string;
    /** Columns of the table. */
    readonly test: string;
    readonly shown: string;
    readonly first: string;
    readonly last: string;
    /** Where a lane goes on with exceptions that are not listed one by one. */
    readonly unlisted: string;
    /** At the foot, when lanes were left out: `and 4 more`. */
    more(count: number): string;
  };
}

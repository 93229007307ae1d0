// Numbers of a language out of its marks and words: the arithmetic is the model's, once for all
// languages.

import { percentOf, spanParts } from "../model/figures.ts";
import type { SpanPart } from "../model/figures.ts";
import { MICROSECONDS_PER_SECOND, formatInstant, parseInstant } from "../model/instant.ts";
import type { Numbers } from "./numbers.ts";

/** What a language writes numbers, spans and days with. */
export interface FigureWords {
  /** Between groups of three digits: `,`. */
  readonly thousands: string;
  /** Before a fraction: `.`. */
  readonly point: string;
  readonly noShare: string;
  readonly justAboveZero: string;
  readonly justBelowHundred: string;
  /** Before the last of a list. */
  readonly and: string;
  /** One and many of each unit. */
  readonly units: Readonly<Record<SpanPart["unit"], readonly [one: string, many: string]>>;
  /** A day out of its year, month and day, which have four and two digits. */
  readonly day: (year: string, month: string, day: string) => string;
}

/** The numbers of a language. */
export function numbersWith(words: FigureWords): Numbers {
  const { thousands, point, units } = words;
  const decimal = (value: number): string => {
    const [whole = "", fraction] = String(value).split(".");
    const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, thousands);
    return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
  };
  const pointed = (digits: string): string => digits.replace(".", point);
  const dayOf = (iso: string): string =>
    words.day(iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10));
  return {
    count: decimal,
    decimal,
    share: (part, whole, limits = []) => {
      const percent = percentOf(part, whole, limits);
      switch (percent.kind) {
        case "exact":
          return `${pointed(percent.digits)} %`;
        case "above-zero":
          return words.justAboveZero;
        case "below-hundred":
          return words.justBelowHundred;
        case "none":
          return words.noShare;
      }
    },
    list: (names) => {
      const last = names.at(-1) ?? "";
      return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${words.and} ${last}`;
    },
    span: (microseconds) =>
      spanParts(microseconds)
        .map(({ unit, amount }) => {
          const [one, many] = units[unit];
          return `${pointed(String(amount))} ${amount === 1 ? one : many}`;
        })
        .join(" "),
    exactSpan: (microseconds) => {
      const seconds = Math.floor(microseconds / MICROSECONDS_PER_SECOND);
      const rest = secondsIn(seconds % 60, microseconds % MICROSECONDS_PER_SECOND);
      const parts = [
        [decimal(Math.floor(seconds / 86_400)), "d"],
        [String(Math.floor(seconds / 3600) % 24), "h"],
        [String(Math.floor(seconds / 60) % 60), "min"],
        [pointed(rest), "s"],
      ];
      const told = parts.filter(([amount]) => amount !== "0").map((part) => part.join(" "));
      return told.length === 0 ? "0 s" : told.join(" ");
    },
    day: (instant) => {
      if (DATE.test(instant)) return dayOf(instant);
      const iso = utc(instant);
      return iso === undefined ? instant : dayOf(iso);
    },
    time: (instant) => {
      const iso = utc(instant);
      if (iso === undefined) return instant;
      return `${dayOf(iso)} ${pointed(clockOf(iso))} UTC`;
    },
  };
}

/** A date without a time, as frameworks write theirs. */
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whole seconds and the microseconds beyond them, without zeros that say nothing. */
function secondsIn(whole: number, microseconds: number): string {
  if (microseconds === 0) return String(whole);
  return `${whole}.${String(microseconds).padStart(6, "0").replace(/0+$/, "")}`;
}

/** `2026-03-02T00:07:57.250000+00:00` for a time in whatever offset; undefined for other text. */
function utc(text: string): string | undefined {
  const instant = parseInstant(text);
  return Number.isNaN(instant) ? undefined : formatInstant(instant);
}

/** `00:07:57.25` out of what {@link utc} gives. */
function clockOf(iso: string): string {
  const [clock = ""] = iso.slice(11).split("+");
  return clock.includes(".") ? clock.replace(/0+$/, "") : clock;
}

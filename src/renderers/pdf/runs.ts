// Lines of the outline as the template takes them: hostile text made visible and cut, what the
// faces cannot draw spelled out, long words parted.

import type { Result } from "../../model/result.ts";
import type { Inline, Line } from "../outline/document.ts";
import { RESULT_SIGNS, SEVERITY_SIGNS } from "../words/signs.ts";
import type { AnySeverity } from "../words/signs.ts";
import { OWN_LENGTH, PASSAGE_LENGTH, VALUE_LENGTH, visible } from "../words/visible.ts";
import { pieces } from "./breaks.ts";
import type { Coverage } from "./coverage.ts";
import { drawable } from "./drawable.ts";
import type { Pieces, ResultMark, Run, SeverityMark } from "./manuscript.ts";

/** Letters that a line across the page holds at the least. */
export const LINE_ROOM = 70;

/** Letters that the largest line holds, the title's. */
const NAME_ROOM = 20;

const MOST = { value: VALUE_LENGTH, passage: PASSAGE_LENGTH };

/** Makes texts and lines of one document. */
export interface Runs {
  /** Our own words, whole. */
  readonly plain: (text: string) => string;
  /** Names that stand on the cover and on each page, cut as a value is. */
  readonly name: (text: string) => Pieces;
  /** Our own words, parted for a line that holds `room` letters. */
  readonly parted: (text: string, room?: number) => Pieces;
  readonly line: (line: Line, room?: number) => readonly Run[];
  readonly result: (result: Result, word: string) => ResultMark;
  readonly severity: (severity: AnySeverity, word: string) => SeverityMark;
}

/**
 * @param families what the faces draw
 * @param anchors ids that links may lead to; a link to any other place is shown as its text
 */
export function runsFor(families: readonly Coverage[], anchors: ReadonlySet<string>): Runs {
  const fit = (text: string, most: number): string => drawable(visible(text, most), families);
  // Spaces at the ends of our own words part them from their neighbours in the line.
  const plain = (text: string): string =>
    text.replace(/^( *)(.*?)( *)$/su, (_, before: string, words: string, after: string) =>
      [before, fit(words, OWN_LENGTH), after].join(""),
    );
  const parted = (text: string, room = LINE_ROOM): Pieces => pieces(plain(text), room);
  const name = (text: string): Pieces => pieces(fit(text, VALUE_LENGTH), NAME_ROOM);
  const result: Runs["result"] = (of, word) => ({
    result: of,
    sign: RESULT_SIGNS[of],
    word: plain(word),
  });
  const severity: Runs["severity"] = (of, word) => ({
    severity: of,
    sign: SEVERITY_SIGNS[of],
    word: plain(word),
  });
  const run = (inline: Inline, room: number): readonly Run[] => {
    switch (inline.kind) {
      case "text":
      case "code":
        return [{ kind: inline.kind, pieces: parted(inline.text, room) }];
      case "log":
        return [{ kind: "log", pieces: pieces(fit(inline.text, MOST[inline.length]), room) }];
      case "strong":
        return [{ kind: "strong", of: line(inline.of, room) }];
      case "result":
        return [{ kind: "result", mark: result(inline.result, inline.word) }];
      case "severity":
        return [{ kind: "severity", mark: severity(inline.severity, inline.word) }];
      case "link": {
        const of = line(inline.of, room);
        return anchors.has(inline.to) ? [{ kind: "link", to: inline.to, of }] : of;
      }
    }
  };
  const line = (of: Line, room = LINE_ROOM): readonly Run[] =>
    of.flatMap((inline) => run(inline, room));
  return { plain, name, parted, line, result, severity };
}

/** Letters of a heading or of a picture's description: a string in a PDF holds 32,767 bytes. */
const STRING_LENGTH = 8000;

/** A text that a PDF keeps as one string, cut where it is out of all proportion. */
export function shortText(text: string): string {
  return text.length <= STRING_LENGTH ? text : `${cutAt(text, STRING_LENGTH)}…`;
}

/** A line that a PDF keeps as one string, cut likewise. */
export function shortLine(line: readonly Run[], left = { letters: STRING_LENGTH }): readonly Run[] {
  return line.flatMap((run): readonly Run[] => {
    if (left.letters <= 0) return [];
    if (run.kind === "strong" || run.kind === "link") {
      return [{ ...run, of: shortLine(run.of, left) }];
    }
    if (run.kind === "result" || run.kind === "severity") return [run];
    const text = run.pieces.join("");
    const room = left.letters;
    left.letters -= text.length;
    return left.letters >= 0
      ? [run]
      : [{ ...run, pieces: pieces(`${cutAt(text, room)}…`, LINE_ROOM) }];
  });
}

/** Never within a surrogate pair. */
function cutAt(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/u, "");
}

/** Letters of a line of the outline, as far as a format shows them. */
export function lettersOf(line: Line): number {
  let letters = 0;
  for (const inline of line) {
    if (inline.kind === "strong" || inline.kind === "link") letters += lettersOf(inline.of);
    else if (inline.kind === "log") letters += Math.min(inline.text.length, MOST[inline.length]);
    else if (inline.kind === "result" || inline.kind === "severity") {
      letters += inline.word.length + 4;
    } else letters += Math.ceil(inline.text.length * (inline.kind === "code" ? 1.15 : 1));
  }
  return letters;
}

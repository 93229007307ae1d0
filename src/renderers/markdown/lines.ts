// A line of the outline as inline Markdown.

import type { Language } from "../../languages/language.ts";
import type { Inline, Line } from "../outline/document.ts";
import { OWN_LENGTH, PASSAGE_LENGTH, VALUE_LENGTH, lengthIn, visible } from "../words/visible.ts";
import { code, visibleAsMarkdown } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** Where a line stands: no parser agrees on code in the cell of a table, and bold is not nested. */
export type Place = "text" | "cell" | "bold";

/** Writes lines of one report. */
export type Write = (line: Line, place?: Place) => Markdown;

/** How lines are written in a language. */
export function writerIn(language: Language): Write {
  const lengthOf = lengthIn(language);

  /** Texts that follow each other are escaped as one: `:a` and `:` would else become an emoji. */
  const lineSource = (line: Line, place: Place): string => {
    let source = "";
    let run = "";
    for (const [index, piece] of line.entries()) {
      const shown = textOf(piece, place, index > 0, index < line.length - 1);
      if (shown === undefined) {
        source += runSource(run, source === "") + markedUp(piece, place);
        run = "";
      } else {
        run += shown;
      }
    }
    return source + runSource(run.replace(LAST_BLANK, BLANK), source === "");
  };

  /** What is plain text here, made visible; undefined where it is marked up. */
  const textOf = (
    piece: Inline,
    place: Place,
    after: boolean,
    before: boolean,
  ): string | undefined => {
    switch (piece.kind) {
      case "text":
        return own(piece.text, after, before);
      case "severity":
        return own(piece.word, false, false);
      case "log": {
        const most = piece.length === "value" ? VALUE_LENGTH : PASSAGE_LENGTH;
        return visible(piece.text, most, lengthOf);
      }
      case "code":
        return place === "text" ? undefined : visible(piece.text, OWN_LENGTH, lengthOf);
      default:
        return undefined;
    }
  };

  const markedUp = (piece: Inline, place: Place): string => {
    switch (piece.kind) {
      case "code":
        return code(piece.text, OWN_LENGTH).source;
      case "strong":
        return bold(lineSource(piece.of, "bold"), place);
      case "result":
        return bold(visibleAsMarkdown(own(piece.word, false, false)).source, place);
      case "link":
        return lineSource(piece.of, place);
      default:
        return "";
    }
  };

  /** A space between two pieces stays one; any other at an end is made visible. */
  const own = (text: string, after: boolean, before: boolean): string => {
    const start = after && text.startsWith(" ") ? 1 : 0;
    const end = before && text.length > start && text.endsWith(" ") ? 1 : 0;
    const middle = visible(text.slice(start, text.length - end), OWN_LENGTH, lengthOf);
    return `${" ".repeat(start)}${middle}${" ".repeat(end)}`;
  };

  return (line, place = "text") => ({ source: lineSource(line, place) });
}

function runSource(run: string, first: boolean): string {
  return visibleAsMarkdown(first ? run.replace(FIRST_BLANK, BLANK) : run).source;
}

/** A parser drops blanks at the ends of a line, and with them a text that is nothing else. */
const FIRST_BLANK = /^\p{Zs}/u;
const LAST_BLANK = /\p{Zs}$/u;
const BLANK = "\\u0020";

function bold(source: string, place: Place): string {
  return source === "" || place === "bold" ? source : `**${source}**`;
}

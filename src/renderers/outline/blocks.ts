// Blocks of a document, made of lines; what is empty is left out.

import type { Block, Column, Line, Section, Table } from "./document.ts";

/** Blocks that are there. */
export function present<Item>(...items: readonly (Item | undefined)[]): readonly Item[] {
  return items.filter((item) => item !== undefined);
}

/** A paragraph; absent when its line is empty. */
export function paragraph(of: Line): Block | undefined {
  return of.length === 0 ? undefined : { kind: "paragraph", of };
}

/** What a reader must not miss. */
export function notice(tone: "plain" | "warning", of: Line): Block {
  return { kind: "notice", tone, of };
}

/** A name and what it stands for; the value may be absent. */
export type Fact = readonly [name: string, value: Line | undefined];

/** Names and what they stand for; those without a value are left out, and nothing at all is absent. */
export function facts(...all: readonly Fact[]): Block | undefined {
  const of = all.flatMap(([name, value]) =>
    value === undefined || value.length === 0 ? [] : [{ name, value }],
  );
  return of.length === 0 ? undefined : { kind: "facts", of };
}

/** One column: its heading; `right` for numbers, `blank` to write in. */
export type Heading = string | { readonly right: string } | { readonly blank: string };

/** A table and its caption; absent when there is no row. */
export function table(
  caption: string | { readonly shown: string },
  columns: readonly Heading[],
  rows: readonly (readonly Line[])[],
  total?: number,
): Table | undefined {
  if (rows.length === 0) return undefined;
  const captionShown = typeof caption !== "string";
  return {
    kind: "table",
    caption: captionShown ? caption.shown : caption,
    captionShown,
    columns: columns.map(columnOf),
    rows,
    ...(total === undefined || total === rows.length ? {} : { total }),
  };
}

function columnOf(heading: Heading): Column {
  if (typeof heading === "string") return { title: heading };
  return "right" in heading
    ? { title: heading.right, align: "right" }
    : { title: heading.blank, blank: true };
}

/** A section; absent when nothing stands in it. */
export function section(
  id: string,
  title: string,
  blocks: readonly (Block | undefined)[],
  sections: readonly (Section | undefined)[] = [],
): Section | undefined {
  const own = present(...blocks);
  const below = present(...sections);
  return own.length + below.length === 0 ? undefined : { id, title, blocks: own, sections: below };
}

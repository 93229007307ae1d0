// How cells look: xl/styles.xml, and by which number a cell asks for a look.

import type { Result } from "../../model/result.ts";
import { DECLARATION, xml } from "./xml.ts";

/** Looks of a cell besides those of shares and results. */
export type Look = "plain" | "header" | "wrapped" | "count" | "identifier" | "decimal" | "blank";

/** Colours of a result: its letters, and the ground behind them; at least 4.5 to 1. */
interface Paint {
  readonly ink: string;
  readonly ground: string;
}

const CRIMSON: Paint = { ink: "FF8F1D3A", ground: "FFFBE9ED" };
const OCHRE: Paint = { ink: "FF6B4E00", ground: "FFFBF3DC" };
const BLUE: Paint = { ink: "FF1F4F78", ground: "FFE6F0F8" };
const GREY: Paint = { ink: "FF4A4A4A", ground: "FFF0F0F0" };

const PAINTS = ["crimson", "ochre", "blue", "grey"] as const;
const PAINT_OF: Readonly<Record<Result, (typeof PAINTS)[number]>> = {
  fail: "crimson",
  error: "crimson",
  warn: "ochre",
  inconclusive: "grey",
  not_assessed: "grey",
  pass: "blue",
  no_exception: "blue",
  not_applicable: "grey",
  context: "grey",
};
const COLOURS: Readonly<Record<(typeof PAINTS)[number], Paint>> = {
  crimson: CRIMSON,
  ochre: OCHRE,
  blue: BLUE,
  grey: GREY,
};

/** Decimals that a share can be shown with. */
export const MOST_DECIMALS = 9;

const LOOKS: readonly Look[] = [
  "plain",
  "header",
  "wrapped",
  "count",
  "identifier",
  "decimal",
  "blank",
];
const FIRST_RESULT = LOOKS.length;
const FIRST_SHARE = FIRST_RESULT + PAINTS.length;

/** Number of a look in the list of cell formats. */
export function styleOf(look: Look): number {
  return LOOKS.indexOf(look);
}

/** Number of the look of a result. */
export function resultStyle(result: Result): number {
  return FIRST_RESULT + PAINTS.indexOf(PAINT_OF[result]);
}

/** Number of the look of a share with so many decimals, from 1 to {@link MOST_DECIMALS}. */
export function shareStyle(decimals: number): number {
  return FIRST_SHARE + decimals - 1;
}

const FIRST_OWN_FORMAT = 164;
const FONT = '<name val="Calibri"/><family val="2"/>';
const TOP = '<alignment horizontal="left" vertical="top" indent="1"/>';
const NUMBER = '<alignment horizontal="right" vertical="top"/>';
const WRAPPED = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>';

/** The part `xl/styles.xml`. The header's ground is the organisation's colour where it has one. */
export function stylesPart(accent = "#2b6ea6"): string {
  const ground = `FF${accent.slice(1).toUpperCase()}`;
  const shares = Array.from(
    { length: MOST_DECIMALS },
    (_, index) => `0.${"0".repeat(index + 1)} %`,
  );
  const formats = ["#,##0", "0", ...shares];
  const format = (code: string): number => FIRST_OWN_FORMAT + formats.indexOf(code);
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    solid(ground),
    ...PAINTS.map((name) => solid(COLOURS[name].ground)),
  ];
  const fonts = [
    `<font><sz val="10"/>${FONT}</font>`,
    `<font><b/><sz val="10"/><color rgb="FFFFFFFF"/>${FONT}</font>`,
    ...PAINTS.map(
      (name) => `<font><b/><sz val="10"/><color rgb="${COLOURS[name].ink}"/>${FONT}</font>`,
    ),
  ];
  const cellFormats = [
    cellFormat({ inside: TOP }),
    cellFormat({ font: 1, fill: 2, inside: WRAPPED }),
    cellFormat({ inside: WRAPPED }),
    cellFormat({ format: format("#,##0"), inside: NUMBER }),
    cellFormat({ format: format("0"), inside: NUMBER }),
    cellFormat({ inside: NUMBER }),
    cellFormat({ inside: WRAPPED }),
    ...PAINTS.map((_, index) => cellFormat({ font: index + 2, fill: index + 3, inside: WRAPPED })),
    ...shares.map((code) => cellFormat({ format: format(code), inside: NUMBER })),
  ];
  return [
    DECLARATION,
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    list(
      "numFmts",
      formats.map((code) => `<numFmt numFmtId="${format(code)}" formatCode="${xml(code)}"/>`),
    ),
    list("fonts", fonts),
    list("fills", fills),
    list("borders", [border(""), border(' style="thin"')]),
    list("cellStyleXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
    list("cellXfs", cellFormats),
    list("cellStyles", ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
    "</styleSheet>",
  ].join("");
}

function list(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join("")}</${name}>`;
}

function solid(rgb: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
}

/** Four equal sides, and no diagonal. */
function border(style: string): string {
  const colour = style === "" ? "" : '<color rgb="FFC8CDD2"/>';
  const sides = ["left", "right", "top", "bottom"].map(
    (side) => `<${side}${style}>${colour}</${side}>`,
  );
  return `<border>${sides.join("")}<diagonal/></border>`;
}

function cellFormat({
  format = 0,
  font = 0,
  fill = 0,
  inside,
}: {
  readonly format?: number;
  readonly font?: number;
  readonly fill?: number;
  readonly inside: string;
}): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${inside}</xf>`;
}

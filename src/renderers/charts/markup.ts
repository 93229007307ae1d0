// SVG as text. Text and attributes are escaped here and nowhere else; numbers are rounded here.

import { CHART_COLOURS } from "./colours.ts";
import type { ChartColourName } from "./colours.ts";

/** Attributes of an element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children, which are markup already. */
export function element(
  name: string,
  attributes: Attributes,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : escaped(value)}"`,
    )
    .join("");
  const inside = children.join("");
  return inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

/** Two decimals are finer than any screen. */
export function rounded(value: number): string {
  const cut = Math.round(value * 100) / 100;
  return String(cut === 0 ? 0 : cut);
}

/** Text as the content of an element or an attribute. */
export function escaped(content: string | undefined): string {
  return (content ?? "").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const LIGHT: ReadonlyMap<string, string> = new Map(
  CHART_COLOURS.map(({ name, light }) => [name, light]),
);

/** Fill and stroke: classes for a page's theme, and the literals that hold without one. */
export function paint(fill: ChartColourName | "none", outline?: ChartColourName): Attributes {
  const classes = [
    ...(fill === "none" ? [] : [`chart-${fill}`]),
    ...(outline === undefined ? [] : [`chart-${outline}-line`]),
  ];
  return {
    class: classes.length === 0 ? undefined : classes.join(" "),
    fill: fill === "none" ? fill : LIGHT.get(fill),
    stroke: outline === undefined ? undefined : LIGHT.get(outline),
  };
}

/** Where and how a text stands. */
export interface TextStyle {
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  /** In pixels; 12 when absent. */
  readonly size?: number;
  readonly weight?: number;
  readonly colour?: ChartColourName;
}

/** A line of text. */
export function text(content: string, style: TextStyle): string {
  const { x, y, anchor, size, weight, colour = "muted" } = style;
  return element(
    "text",
    {
      x,
      y,
      "text-anchor": anchor === "start" ? undefined : anchor,
      "font-size": size,
      "font-weight": weight,
      ...paint(colour),
    },
    escaped(content),
  );
}

/** A rectangle. */
export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  attributes: Attributes,
): string {
  return element("rect", { x, y, width, height, ...attributes });
}

/** A straight line. */
export function stroke(
  from: readonly [number, number],
  to: readonly [number, number],
  colour: ChartColourName,
  attributes: Attributes = {},
): string {
  return element("line", {
    x1: from[0],
    y1: from[1],
    x2: to[0],
    y2: to[1],
    ...paint("none", colour),
    ...attributes,
  });
}

/** The picture around its parts. */
export function picture(
  size: { readonly width: number; readonly height: number },
  says: string,
  parts: readonly string[],
): string {
  const { width, height } = size;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "chart",
      viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
      width,
      height,
      role: "img",
      "font-family": "Inter, Arial, sans-serif",
      "font-size": 12,
    },
    element("title", {}, escaped(says)),
    ...parts,
  );
}

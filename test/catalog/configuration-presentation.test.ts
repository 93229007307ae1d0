// How reports present the organisation: what a configuration may add, and what is refused.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadConfiguration } from "../../src/catalog/configuration-file.ts";
import { svgMistake } from "../../src/catalog/presentation-svg.ts";
import type { ComplianceError } from "../../src/model/error.ts";
import type { Presentation } from "../../src/model/report.ts";
import { refuses, thrownBy } from "./refuses.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-presentation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "aegis-compliance.yaml");

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const SVG = `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">
  <title>A &amp; B</title>
  <style>.a{fill:url(#g)} @media (prefers-color-scheme:dark){.a{fill:#fff}}</style>
  <defs><linearGradient id="g"><stop offset='0' stop-color="#123"/></linearGradient></defs>
  <rect class="a" width="8" height="8" style="stroke:url('#g')"/>
  <use xlink:href="#g"/><image href="data:image/png;base64,AAAA"/>
</svg>
`;

writeFileSync(join(folder, "logo.png"), PNG);
writeFileSync(join(folder, "logo.svg"), SVG);
writeFileSync(join(folder, "photo.jpg"), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
writeFileSync(join(folder, "notes.txt"), "no picture");
writeFileSync(join(folder, "huge.png"), Buffer.concat([PNG, Buffer.alloc(200_001 - PNG.length)]));
writeFileSync(join(folder, "limit.png"), Buffer.concat([PNG, Buffer.alloc(200_000 - PNG.length)]));
writeFileSync(join(folder, "script.svg"), SVG.replace("<title>", "<script/><title>"));
writeFileSync(join(folder, "latin.svg"), Buffer.from([0x3c, 0x73, 0x76, 0x67, 0xe4, 0x3e]));

function load(text: string) {
  return loadConfiguration({ text, file });
}

function presented(text: string): Presentation | undefined {
  return load(`presentation:\n${text.replace(/^/gm, "  ")}`).presentation;
}

function logo(name: string): string {
  return `logo: { file: ${name}, alt: Our mark }`;
}

describe("a presentation", () => {
  test("is absent where nothing is said", () => {
    expect(load("{}")).not.toHaveProperty("presentation");
  });

  test("holds names in one line, the accent in small letters, and paragraphs", () => {
    expect(
      presented(`organisation: |
  Example
  Trading Ltd
system: " Order agents "
contact: audit@example.com
accent: "#0B5394"
sections:
  - title: What the agents do
    text: |
      They take orders
      and answer mail.

      They hold no keys.
        \t
      People watch.
  - { title: Suppliers, text: None. }`),
    ).toEqual({
      organisation: "Example Trading Ltd",
      system: "Order agents",
      contact: "audit@example.com",
      accent: "#0b5394",
      sections: [
        {
          title: "What the agents do",
          paragraphs: ["They take orders and answer mail.", "They hold no keys.", "People watch."],
        },
        { title: "Suppliers", paragraphs: ["None."] },
      ],
    });
  });

  test.each([
    ["logo.png", "image/png"],
    ["limit.png", "image/png"],
    ["photo.jpg", "image/jpeg"],
    ["logo.svg", "image/svg+xml"],
  ])("carries %s as it is", (name, mediaType) => {
    const data = readFileSync(join(folder, name)).toString("base64");
    expect(presented(logo(name))).toEqual({
      logo: { mediaType, data, alt: "Our mark" },
      sections: [],
    });
  });

  test("is called by what its bytes are, not by its name", () => {
    writeFileSync(join(folder, "wrong.svg"), PNG);
    expect(presented(logo("wrong.svg"))?.logo?.mediaType).toBe("image/png");
  });

  test("says where a logo cannot be read", () => {
    const error = thrownBy(() =>
      load("presentation:\n  logo:\n    file: gone.png\n    alt: Our mark\n"),
    ) as ComplianceError;
    expect(error).toMatchObject({ code: "unreadable-source", location: { file, line: 3 } });
    expect(error.message).toContain("cannot read the file gone.png");
  });
});

describe("the accent", () => {
  // Ratios as the WCAG working group's own examples have them.
  test.each(["#000000", "#767676", "#595959", "#0000ff", "#8f1d3a"])("%s can be read", (accent) => {
    expect(presented(`accent: "${accent}"`)?.accent).toBe(accent);
  });

  test.each([
    ["#777777", "4.47"],
    ["#ff0000", "3.99"],
    ["#b8860b", "3.25"],
    ["#ffffff", "1"],
  ])("%s has a contrast of only %s", (accent, ratio) => {
    const error = thrownBy(() => presented(`accent: "${accent}"`)) as ComplianceError;
    expect(error.message).toMatch(
      new RegExp(`at least 4.5 to white, got "${accent}" with ${ratio}$`),
    );
  });
});

describe("refusals", () => {
  refuses(file, load, [
    {
      name: "unknown key",
      text: "presentation:\n  §organization: Example\n",
      reason: /unknown key "organization" in "presentation"/,
      hint: /did you mean "organisation"/,
    },
    {
      name: "nothing",
      text: "presentation: §{}\n",
      reason: /expected "presentation" not to be empty/,
    },
    {
      name: "blank name",
      text: 'presentation:\n  system: §"  "\n',
      reason: /expected "system" not to be empty/,
    },
    {
      name: "colour that is no colour",
      text: "presentation:\n  accent: §navy\n",
      reason: /expected "accent" to be text that matches .*, got "navy"/,
    },
    {
      name: "colour that can hardly be read",
      text: 'presentation:\n  accent: §"#ffcc00"\n',
      reason: /a contrast of at least 4.5 to white, got "#ffcc00" with 1.5/,
      hint: /darker/,
    },
    {
      name: "logo without a text",
      text: "presentation:\n  §logo: { file: logo.png }\n",
      reason: /expected the key "alt" in "logo"/,
    },
    {
      name: "logo with a blank text",
      text: 'presentation:\n  logo: { file: logo.png, alt: §" " }\n',
      reason: /expected "alt" not to be empty/,
    },
    {
      name: "logo that is no picture",
      text: "presentation:\n  logo: { file: §notes.txt, alt: Our mark }\n",
      reason: /expected a PNG, JPEG or SVG file, got other bytes in "notes.txt"/,
    },
    {
      name: "logo that is too large",
      text: "presentation:\n  logo: { file: §huge.png, alt: Our mark }\n",
      reason: /at most 200 KB \(200,000 bytes\), got 200,001 bytes/,
    },
    {
      name: "SVG with a script",
      text: "presentation:\n  logo: { file: §script.svg, alt: Our mark }\n",
      reason: /nothing but a picture, but it has the element <script>/,
      hint: /PNG/,
    },
    {
      name: "SVG in another encoding",
      text: "presentation:\n  logo: { file: §latin.svg, alt: Our mark }\n",
      reason: /but it is no UTF-8/,
    },
    {
      name: "section without a text",
      text: "presentation:\n  sections:\n    - §title: Agents\n",
      reason: /expected the key "text"/,
    },
    {
      name: "section of blank lines",
      text: 'presentation:\n  sections:\n    - { title: Agents, text: §"\\n \\n" }\n',
      reason: /expected "text" not to be empty/,
    },
  ]);
});

function inside(markup: string): string {
  return SVG.replace("<title>", `${markup}<title>`);
}

describe("an SVG", () => {
  test("that only stands there is fine", () => {
    expect(svgMistake(SVG)).toBeUndefined();
    expect(
      svgMistake('\ufeff<svg aria-label="A (src) \\ B" inkscape:path="C:\\x"/>'),
    ).toBeUndefined();
  });

  test.each([
    ["<script>alert(1)</script>", "<script>"],
    ["<SCRIPT/>", "<SCRIPT>"],
    ["<svg:script/>", "<svg:script>"],
    ["<foreignObject/>", "<foreignObject>"],
    ["<animate attributeName='href'/>", "<animate>"],
    ["<set attributeName='onload'/>", "<set>"],
    ["<g onload='x()'/>", "event attribute onload"],
    ['<g\nONCLICK = "x()"/>', "event attribute ONCLICK"],
    ["<a href='https://example.com'/>", "href refers"],
    ["<a xlink:href='javascript:x()'/>", "xlink:href refers"],
    ["<a href='&#106;avascript:x()'/>", "href refers"],
    ["<image href='//example.com/a.png'/>", "href refers"],
    ["<image href='data:image/svg+xml;base64,AAAA'/>", "href refers"],
    ["<use href='other.svg#a'/>", "href refers"],
    ["<g xml:base='https://example.com'/>", "xml:base"],
    ["<img src='a.png'/>", "src"],
    ["<g fill='url(https://example.com#a)'/>", "fill refers"],
    ["<g style='fill:url(\"//example.com\")'/>", "style refers"],
    ["<g style='fill:\\75rl(a)'/>", "style refers"],
    ["<style>@import 'a.css';</style>", "style sheet"],
    ["<style>&#64;import 'a.css';</style>", "style sheet"],
    ["<style>@font-face{src:local(a)}</style>", "style sheet"],
    ["<style>a{b:URL( https://example.com )}</style>", "style sheet"],
    ["<style>a{b:image-set('a.png' 1x)}</style>", "style sheet"],
    ["<style><![CDATA[@import 'a.css']]></style>", "well-formed"],
    ["<?xml-stylesheet href='a.css'?>", "well-formed"],
    ["<g a=b/>", "well-formed"],
    ["<g>", "closes nothing"],
    ["<title>&evil;</title>", "entity"],
    ["<g id='&evil;'/>", "entity"],
  ])("with %s is refused", (markup, reason) => {
    expect(svgMistake(inside(markup))).toContain(reason);
  });

  test.each([
    ['<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "document type"],
    ["<html><svg/></html>", "something else"],
    ["<svg/><svg/>", "well-formed"],
    ["<svg>", "well-formed"],
    ["text<svg/>", "text around"],
    ["", "well-formed"],
    [undefined, "UTF-8"],
  ])("%j is none", (text, reason) => {
    expect(svgMistake(text)).toContain(reason);
  });

  test("takes no long time to be refused", () => {
    for (const text of [" ", "<", "<g a='", "<!--", "&", "<g ", "a='b' "]) {
      const long = `<svg ${text.repeat(60_000)}`;
      const before = performance.now();
      svgMistake(long);
      expect(performance.now() - before).toBeLessThan(1000);
    }
  });

  test("never passes with a script or an event, wherever they stand", () => {
    const piece = fc.constantFrom(
      "<g>",
      "</g>",
      "<g/>",
      " ",
      "a",
      "<!--",
      "-->",
      "'",
      '"',
      "&lt;",
      ">",
    );
    const pieces = fc.array(piece, { maxLength: 8 }).map((all) => all.join(""));
    const danger = fc.constantFrom("<script>", "<script/>", "<g onload='x'/>", "<a href='x:y'/>");
    fc.assert(
      fc.property(pieces, danger, pieces, (before, evil, after) => {
        const text = `<svg>${before}${evil}${after}</svg>`;
        // What stands in a comment stands nowhere.
        fc.pre(!text.includes("<!--"));
        expect(svgMistake(text)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});

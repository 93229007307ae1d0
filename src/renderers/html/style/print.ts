// Paper: A4 or whatever is loaded, page numbers in the margin, everything open, colours light.

/** What stands in the margins of printed pages. */
export interface Margins {
  readonly title: string;
  readonly foot: string;
  /** With `{page}` and `{pages}` for the numbers. */
  readonly page: string;
}

/** How the page is printed. */
export const PRINT = `
@media print {
  html { font-size: 9.5pt; line-height: 1.5; background: none; }
  * { print-color-adjust: exact; }
  .skip, .ui, .side, button { display: none !important; }
  .masthead, .sheet, .foot { max-width: none; padding-left: 0; padding-right: 0; }
  .masthead { padding-top: 0; min-height: 0; }
  .cover { padding-top: 1rem; }
  .sheet { display: block; }
  [hidden].entry, tr[hidden] { display: revert !important; }
  details::details-content { content-visibility: visible !important; block-size: auto !important; display: block !important; }
  div.entry, .entry > summary { grid-template-columns: auto minmax(0, 1fr) auto; }
  .entry::before, .entry > summary::before, .data > summary { display: none; }
  .entry > .inside { margin-left: 0; }
  .body > section { padding-top: 2rem; }
  h1, h2, h3, h4, h5, h6, summary, figcaption { break-after: avoid; }
  figure, tr, .verdict, .facts > div, .notice { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  thead { display: table-header-group; break-after: avoid; }
  caption { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  .cut { break-before: avoid; }
  .facts > .long { grid-column: span 2; }
  .scroll:is(.wide, .records) table { font-size: 7.5pt; }
  .scroll:is(.wide, .records) :is(th, td) { overflow-wrap: anywhere; padding-right: 0.5rem; }
  .scroll:is(.wide, .records) thead th { overflow-wrap: break-word; }
  td.blank { min-width: 3.5rem; }
  td .badge { white-space: normal; }
  caption.unseen { position: static; width: auto; height: auto; margin: 0; clip-path: none; display: table-caption; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  a { color: inherit; text-decoration: none; }
  .foot { margin-top: 2rem; }
  .data { display: none; }
  .picture.wide { display: block !important; }
  .picture.narrow { display: none !important; }
}
`;

/** The margin boxes of printed pages (CSS Paged Media 3): title above, foot and page number below. */
export function pageMargins({ title, foot, page }: Margins): string {
  const number = page
    .split(/(\{pages?\})/)
    .filter((part) => part !== "")
    .map((part) => (/^\{pages?\}$/.test(part) ? `counter(${part.slice(1, -1)})` : quoted(part)))
    .join(" ");
  const face = "font: 7.5pt system-ui, sans-serif; color: #545e6b;";
  return `
@page {
  margin: 20mm 17mm 20mm;
  @top-left { content: ${quoted(title)}; ${face} }
  @bottom-left { content: ${quoted(foot)}; ${face} }
  @bottom-right { content: ${number}; ${face} }
}
@page :first { @top-left { content: none; } }
`;
}

/** A CSS string: everything but plain letters, digits and a few signs as an escape. */
function quoted(text: string): string {
  const escaped = text.replace(
    /[^A-Za-z0-9 .,:()-]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${escaped}"`;
}

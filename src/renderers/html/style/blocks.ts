// Paragraphs, notices, facts, verdict, badges, entries, tables, charts.

/** How the blocks look. */
export const BLOCKS = `
p, ul, pre, .notice { max-width: 44rem; }
p + p, p + ul, ul + p, * + .scroll, * + figure, * + .facts, * + pre, * + .notice { margin-top: 1rem; }
.scroll + *, .cut + *, figure + *, .facts + *, pre + *, .notice + * { margin-top: 1.25rem; }
ul { padding-left: 1.2rem; }
li + li { margin-top: 0.35rem; }
li::marker { color: var(--soft); }
pre {
  max-width: 100%; padding: 0.9rem 1.1rem; overflow-x: auto; line-height: 1.55;
  background: var(--faint); border-left: 3px solid var(--rule); overflow-wrap: normal;
}
.notice { padding: 0.7rem 0 0.7rem 1.1rem; border-left: 3px solid var(--open-edge); color: var(--soft); font-size: 0.9375rem; }
.notice[data-tone="warning"] { border-color: var(--warn-edge); background: var(--warn-tint); color: var(--ink); padding-right: 1.1rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 2.5rem; }
.facts > div { padding: 0.55rem 0; border-top: 1px solid var(--rule); }
@media (min-width: 52rem) {
  .facts > .long { grid-column: span 2; }
}
.facts dt { color: var(--soft); font-size: 0.8125rem; line-height: 1.4; }
.facts dd { margin: 0.1rem 0 0; }
.opening { display: flex; flex-direction: column; }
.opening > p:not(.cut) { font-size: 1.125rem; max-width: 42rem; line-height: 1.65; }
.verdict {
  margin: 1.5rem 0; padding: clamp(1.25rem, 3vw, 2rem); background: var(--card);
  border: 1px solid var(--rule); border-top: 4px solid var(--accent);
}
.verdict .score { font-size: clamp(3.5rem, 8vw, 5.5rem); line-height: 1; letter-spacing: -0.03em; font-weight: 500; }
.verdict .score b { color: var(--soft); font-weight: 400; margin-left: 0.15em; }
.verdict .says { font-size: clamp(1.25rem, 1rem + 1vw, 1.625rem); line-height: 1.35; margin: 0; }
.verdict .score + .says { margin-top: 0.75rem; }
.verdict .coverage { margin-top: 0.6rem; color: var(--soft); }
@media (min-width: 44rem) {
  .verdict:has(.picture) { display: grid; grid-template-columns: 15rem 1fr; column-gap: 2.5rem; align-items: center; }
}
.verdict .picture svg { max-width: 18rem; margin: 0 auto; }
.verdict .picture + div { margin-top: 0; }
.badge, .severity { white-space: nowrap; }
.badge {
  display: inline-block; padding: 0.08rem 0.5rem; border: 1px solid var(--edge); border-radius: 3px;
  background: var(--tint); color: var(--word); font-size: 0.75rem; font-weight: 650; line-height: 1.5;
  letter-spacing: 0.03em;
}
.badge, .entry, tr[data-result] { --word: var(--open); --tint: var(--open-tint); --edge: var(--open-edge); }
[data-is="pass"], [data-result="pass"] { --word: var(--pass); --tint: var(--pass-tint); --edge: var(--pass-edge); }
[data-is="warn"], [data-result="warn"] { --word: var(--warn); --tint: var(--warn-tint); --edge: var(--warn-edge); }
[data-is="fail"], [data-result="fail"], [data-is="error"], [data-result="error"] {
  --word: var(--fail); --tint: var(--fail-tint); --edge: var(--fail-edge);
}
.severity { color: var(--soft); font-size: 0.8125rem; }
.severity[data-is="critical"] { color: var(--fail); font-weight: 600; }
.severity[data-is="high"], .severity[data-is="warning"] { color: var(--warn); font-weight: 600; }
.entry { border-bottom: 1px solid var(--rule); }
div.entry, .entry > summary {
  display: grid; grid-template-columns: 1rem auto minmax(0, 1fr) auto; gap: 0.35rem 0.75rem; align-items: baseline;
  padding: 0.8rem 0; list-style: none;
}
div.entry::before { content: ""; }
.entry > summary { cursor: pointer; }
.entry > summary::-webkit-details-marker { display: none; }
.entry > summary::before { content: "›"; color: var(--soft); font-size: 1.25rem; line-height: 1; text-align: center; }
.entry[open] > summary::before { rotate: 90deg; }
.entry > summary:hover { background: var(--faint); }
div.entry > :is(h3, h4, h5, h6), .entry > summary > :is(h3, h4, h5, h6) { font-size: 1rem; font-weight: 600; margin: 0; text-wrap: pretty; }
.entry > .inside { margin: 0.25rem 0 2rem 0.4rem; padding-left: 1.35rem; border-left: 2px solid var(--edge); }
.entry > .inside > :first-child { margin-top: 0; }
.inside > :is(h4, h5, h6) { margin-top: 1.6rem; }
p + .entry, .scroll + .entry { margin-top: 1.25rem; }
:not(.entry) + .entry { border-top: 1px solid var(--rule); }
.entry + :not(.entry) { margin-top: 1.5rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.5; }
caption { padding-bottom: 0.5rem; text-align: left; color: var(--soft); font-size: 0.875rem; }
th, td { padding: 0.5rem 0.9rem 0.5rem 0; text-align: left; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0.25rem; }
th { overflow-wrap: break-word; }
tbody :is(th, td) { max-width: 24rem; overflow-wrap: anywhere; }
.scroll:is(.wide, .records) tbody :is(th, td) { overflow-wrap: break-word; }
tbody code { overflow-wrap: anywhere; }
thead th { border-bottom: 1.5px solid var(--ink); color: var(--soft); font-size: 0.8125rem; font-weight: 600; vertical-align: bottom; }
tbody :is(th, td) { border-bottom: 1px solid var(--rule); }
tbody tr:hover > * { background: var(--faint); }
tr:target > * { background: var(--faint); }
.right { text-align: right; font-variant-numeric: tabular-nums lining-nums; }
td.blank { min-width: 5.5rem; height: 3rem; border: 1px solid var(--rule); background: var(--card); }
.cut { margin-top: 0.5rem; color: var(--soft); font-size: 0.875rem; }
.scroll { position: relative; }
@media screen {
  .scroll:is(.wide, .records) { overflow-x: auto; }
  .scroll.wide td.long { min-width: 16rem; }
  .scroll.records table { width: max-content; min-width: 100%; }
  .scroll.records tbody :is(th, td) { max-width: 20rem; }
}
@media (max-width: 40rem) {
  td.blank { min-width: 5rem; }
  .scroll.wide table { min-width: 36rem; }
  .scroll.wide:has(thead th:nth-child(6)) table { min-width: 54rem; }
  div.entry, .entry > summary { grid-template-columns: 1rem auto 1fr; }
  div.entry > :is(h3, h4, h5, h6), .entry > summary > :is(h3, h4, h5, h6) { grid-column: 2 / -1; grid-row: 2; }
  :is(div.entry, .entry > summary) > .severity { justify-self: end; }
  .entry > .inside { margin-left: 0; padding-left: 0.9rem; }
}
figure { padding: 0.25rem 0; }
figure + figure { margin-top: 2.5rem; }
figcaption { max-width: 44rem; margin-bottom: 0.9rem; }
figcaption b { display: block; font-weight: 600; }
figcaption span { color: var(--soft); }
.picture svg { display: block; width: 100%; max-width: 100%; height: auto; }
.picture.wide svg { overflow: visible; }
.picture.narrow { display: none; }
@media (max-width: 40rem) {
  .picture.wide { display: none; }
  .picture.narrow { display: block; }
}
.data > summary { display: inline-block; margin-top: 0.5rem; min-height: 1.5rem; color: var(--accent); font-size: 0.875rem; cursor: pointer; }
.data > summary { list-style: none; }
.data > summary::-webkit-details-marker { display: none; }
.data > summary::before { content: "+ "; font-weight: 600; }
.data[open] > summary::before { content: "– "; }
.data[open] > summary { margin-bottom: 0.5rem; }
@media (forced-colors: active) {
  .badge, .entry > .inside, .notice, .verdict, .chip { border-color: CanvasText; }
  h1::after, .body > section > h2::before { background: CanvasText; }
  .badge, .severity { color: CanvasText; }
}
`;

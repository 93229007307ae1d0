// Type, page frame, headings, contents.

/** How the page is laid out. */
export const PAGE = `
*, ::before, ::after { box-sizing: border-box; }
html {
  background: var(--paper);
  color: var(--ink);
  font: 100%/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
  text-size-adjust: 100%;
  scroll-padding-top: 1.5rem;
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
body { margin: 0; overflow-wrap: anywhere; }
h1, h2, .says, .opening > p, .score {
  font-family: ui-serif, Charter, "Bitstream Charter", "Iowan Old Style", Cambria, Georgia, serif;
}
h1, h2, h3, h4, h5, h6 { margin: 0; line-height: 1.25; text-wrap: balance; }
p, ul, ol, dl, figure, pre, blockquote { margin: 0; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", monospace; font-size: 0.875em; }
code, bdi { unicode-bidi: isolate; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0;
}
caption.unseen { position: static; display: block; }
.skip {
  position: absolute; left: 1rem; top: -10rem; z-index: 2;
  padding: 0.6rem 1rem; background: var(--card); border: 2px solid var(--accent);
}
.skip:focus { top: 1rem; }
.masthead, .sheet, .foot { max-width: 82rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem); }
.masthead { display: flex; align-items: center; gap: 1rem; padding-top: 1.75rem; min-height: 4rem; }
.masthead img { height: 2.5rem; width: auto; max-width: 12rem; object-fit: contain; }
@media screen and (prefers-color-scheme: dark) {
  .masthead img { padding: 0.25rem; background: #ffffff; border-radius: 4px; }
}
.masthead p { color: var(--soft); font-size: 0.9375rem; }
.masthead b { color: var(--ink); font-weight: 600; }
.masthead button { margin-left: auto; flex: none; white-space: nowrap; }
.cover { padding: clamp(1.5rem, 5vw, 3.5rem) 0 0; }
h1 { font-size: clamp(2rem, 1.4rem + 2.6vw, 3.25rem); font-weight: 500; letter-spacing: -0.015em; }
h1::after { content: ""; display: block; width: 4.5rem; height: 4px; margin-top: 1.25rem; background: var(--accent); }
.period { margin-top: 1.1rem; font-size: 1.125rem; color: var(--soft); }
.lead {
  margin: clamp(2rem, 5vw, 3.25rem) 0 1rem; color: var(--accent);
  font: 600 0.8125rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  letter-spacing: 0.09em; text-transform: uppercase;
}
.body > section { padding-top: 3.5rem; }
.body > section > h2 {
  padding-top: 1.1rem; border-top: 1px solid var(--rule); position: relative;
  font-size: clamp(1.5rem, 1.25rem + 1vw, 1.875rem); font-weight: 500; letter-spacing: -0.01em;
}
.body > section > h2::before {
  content: ""; position: absolute; top: -1px; left: 0; width: 4.5rem; height: 3px; background: var(--accent);
}
h2 + * { margin-top: 1.25rem; }
h3 { font-size: 1.125rem; font-weight: 600; }
section section { padding-top: 2rem; }
h4, h5, h6 { font-size: 0.9375rem; font-weight: 600; }
h3 + *, h4 + *, h5 + *, h6 + * { margin-top: 0.5rem; }
section:target > :first-child, details:target > summary, div.entry:target {
  outline: 2px solid var(--accent); outline-offset: 0.4rem; border-radius: 2px;
}
.contents h2 {
  font: 600 0.8125rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  letter-spacing: 0.09em; text-transform: uppercase; color: var(--soft);
}
.contents ul { list-style: none; padding: 0; margin-top: 0.6rem; }
.contents a {
  display: flex; justify-content: space-between; gap: 0.75rem; min-height: 2rem; padding: 0.28rem 0;
  color: var(--ink); text-decoration: none; font-size: 0.9375rem; line-height: 1.45;
  border-bottom: 1px solid var(--rule);
}
.contents a:hover { color: var(--accent); }
.contents .amount { color: var(--soft); }
.foot { margin-top: 5rem; padding-top: 1.25rem; padding-bottom: 2.5rem; color: var(--soft); font-size: 0.875rem; }
.foot > p { max-width: none; margin: 0; }
.foot > :first-child { border-top: 1px solid var(--rule); padding-top: 1rem; }
@media (max-width: 63.99rem) {
  .side { margin-top: 3rem; padding: 1.25rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
  .contents ul { columns: 15rem; column-gap: 2rem; }
  .contents li { break-inside: avoid; }
}
@media (min-width: 64rem) {
  .sheet {
    display: grid; grid-template: "side cover" auto "side body" 1fr / 16rem minmax(0, 1fr);
    column-gap: clamp(2.5rem, 5vw, 5rem);
  }
  .cover { grid-area: cover; }
  .body { grid-area: body; }
  .side {
    grid-area: side; align-self: start; position: sticky; top: 0; max-height: 100vh;
    overflow-y: auto; padding: 3.5rem 0.5rem 2rem 0; scrollbar-width: thin;
  }
}
`;

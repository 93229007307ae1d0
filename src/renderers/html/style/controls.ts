// Search, filters and buttons. Filters are check boxes and `:has()`: they need no script.

import { RESULT_SIGNS, SEVERITY_SIGNS } from "../../words/signs.ts";

const rule = (attribute: "result" | "severity", value: string): string =>
  `  body:has(#ui-${attribute}-${value}:not(:checked)) [data-${attribute}="${value}"] { display: none; }\n`;

/** How the controls look, and what the filters leave out. On paper everything stands. */
export const CONTROLS = `
.ui { margin-top: 1.75rem; font-size: 0.875rem; }
.ui fieldset { margin: 1rem 0 0; padding: 0; border: 0; }
.ui legend, .ui label.named { display: block; padding: 0; color: var(--soft); font-weight: 600; font-size: 0.8125rem; }
.ui fieldset label { display: flex; align-items: center; gap: 0.5rem; min-height: 1.75rem; cursor: pointer; }
.ui input[type="checkbox"] { width: 1rem; height: 1rem; margin: 0.25rem; accent-color: var(--accent); flex: none; }
.ui .amount { margin-left: auto; color: var(--soft); }
.ui .badge, .ui .severity { pointer-events: none; }
.ui input[type="search"] {
  width: 100%; min-height: 2.25rem; margin-top: 0.3rem; padding: 0.35rem 0.6rem; font: inherit;
  color: var(--ink); background: var(--card); border: 1px solid var(--open-edge); border-radius: 3px;
}
button {
  min-height: 2rem; padding: 0.3rem 0.75rem; font: inherit; font-size: 0.875rem; color: var(--ink);
  background: var(--card); border: 1px solid var(--open-edge); border-radius: 3px; cursor: pointer;
}
button:hover { border-color: var(--accent); color: var(--accent); }
.ui .buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem; }
.ui [role="status"] { margin-top: 0.4rem; color: var(--soft); }
.ui .left-out { display: none; margin-top: 0.75rem; padding: 0.4rem 0.6rem; background: var(--warn-tint); border-left: 3px solid var(--warn-edge); }
body:has(.ui input[type="checkbox"]:not(:checked)) .left-out, body[data-searching] .left-out { display: block; }
[hidden] { display: none !important; }
@media (max-width: 63.99rem) {
  .ui fieldset > div { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
  .ui .amount { margin-left: 0; }
}
@media screen {
${Object.keys(RESULT_SIGNS)
  .map((result) => rule("result", result))
  .join("")}${Object.keys(SEVERITY_SIGNS)
  .map((severity) => rule("severity", severity))
  .join("")}}
`;

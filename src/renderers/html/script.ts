// The little that needs a script: search, opening what an address points at, and all at once.
// Everything else of the page works without it; it asks for nothing and stores nothing.

/** The script of every report. It shows the controls that need it. */
export const SCRIPT = `"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const entries = all(".entry");
  const searched = entries.concat(all("tr[data-result]"));
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  const search = byId("ui-search");
  const found = byId("ui-found");
  const look = () => {
    const words = search.value.toLowerCase().split(" ").filter((word) => word !== "");
    for (const item of searched) item.hidden = !words.every((word) => textOf(item).includes(word));
    document.body.toggleAttribute("data-searching", words.length > 0);
    const shown = entries.filter((item) => item.checkVisibility()).length;
    found.textContent = found.dataset.found
      .replace("{shown}", shown)
      .replace("{total}", entries.length);
  };
  const open = () => {
    const id = location.hash.slice(1);
    const target = id === "" ? null : byId(id);
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  for (const button of all("button[data-do]")) {
    button.addEventListener("click", () => {
      if (button.dataset.do === "print") print();
      else for (const item of all("details.entry")) item.open = button.dataset.do === "expand";
    });
  }
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const item of closed) item.open = true;
  });
  addEventListener("afterprint", () => {
    for (const item of closed) item.open = false;
  });
  for (const item of all("[data-script]")) item.hidden = false;
  search.addEventListener("input", look);
  document.addEventListener("change", look);
  addEventListener("hashchange", open);
  look();
  open();
})();
`;

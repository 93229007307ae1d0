// Starts the real Chromium that is installed, for tests of what a browser makes of our files.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const PLACES = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Where a Chromium is installed, or undefined: tests that need it skip then. */
export function chromiumPath(): string | undefined {
  return PLACES.find((place) => place !== undefined && existsSync(place));
}

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
];

/** A browser of its own process; close it when done. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error("no Chromium is installed");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** What a page did that a report must never do, collected while it was open. */
export interface Conduct {
  /** Addresses asked for, besides the document itself. */
  readonly requests: readonly string[];
  /** Dialogs that opened, by their message. */
  readonly dialogs: readonly string[];
  /** Errors of scripts and of the console, refusals of the content security policy among them. */
  readonly errors: readonly string[];
}

/** The address under which {@link withPage} serves a file; nothing else is served. */
export const ADDRESS = "https://report.invalid/";

/**
 * Opens `html` in a fresh context and hands its page to `use`; closed afterwards, whatever happens.
 * Every request but that for the document is refused and written down.
 *
 * @param hash opened with the address, for deep links: `#cc6-8`
 */
export async function withPage<Value>(
  browser: Browser,
  html: string,
  use: (page: Page, conduct: Conduct) => Promise<Value>,
  { hash = "", ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<Value> {
  const context = await browser.newContext(options);
  const conduct = {
    requests: [] as string[],
    dialogs: [] as string[],
    errors: [] as string[],
  } satisfies Conduct;
  try {
    await context.route("**/*", async (route) => {
      const url = route.request().url();
      if (url.split("#")[0] === ADDRESS && route.request().isNavigationRequest()) {
        await route.fulfill({ body: html, contentType: "text/html" });
        return;
      }
      conduct.requests.push(url);
      await route.abort();
    });
    const page = await context.newPage();
    page.on("dialog", (dialog) => {
      conduct.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => conduct.errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") conduct.errors.push(message.text());
    });
    await page.goto(`${ADDRESS}${hash}`);
    return await use(page, conduct);
  } finally {
    await context.close();
  }
}

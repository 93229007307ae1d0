// Every audit in every format, under `audit/type.extension`.

import { RENDERERS } from "../../../src/index.ts";
import type { RenderOptions } from "../../../src/index.ts";
import { AUDITS } from "./audits.ts";

export async function renderAll(): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  const renderers = await Promise.all(
    Object.entries(RENDERERS).map(async ([name, load]) => ({ name, ...(await load()) })),
  );
  for (const audit of AUDITS) {
    const report = await audit.report();
    const add = async (
      { renderer }: (typeof renderers)[number],
      ending: string,
      options: RenderOptions = {},
    ): Promise<void> => {
      files.set(`${audit.name}/report.${ending}`, await renderer.render(report, options));
    };
    for (const each of renderers) {
      const { extension, name } = each.renderer;
      const ending = name.startsWith("csv-") ? `${name.slice(4)}.csv` : extension;
      await add(each, ending);
      if (name === "pdf") await add(each, "ua-1.pdf", { pdfStandard: "ua-1" });
    }
  }
  return files;
}

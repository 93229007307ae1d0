// The columns whose values a report asks for, as the product itself tells them.
import { ReportGenerator } from "../dist/index.js";
import { columnsOf } from "../dist/engines/fold/columns.js";
import { NOW } from "./report-arguments.mjs";

/** The id first; then what the measures, the activity and the population look at. */
export async function askedColumns(reportType) {
  let columns = [];
  const heard = new Error("heard");
  const listener = {
    observe: async (question) => {
      columns = columnsOf(question);
      throw heard;
    },
  };
  await new ReportGenerator().generate(listener, { reportType, now: NOW }).catch((error) => {
    if (error !== heard) throw error;
  });
  return [...new Set(["id", ...columns])];
}

// Writes examples/aegis_audit.db with the package's own policy and logger: one week in a web
// shop whose agents work around the clock, with an outage of almost four hours. The same
// rows every time.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AuditLogger, Policy } from "../dist/index.js";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const database = path("aegis_audit.db");
for (const ending of ["", "-wal", "-shm"]) rmSync(`${database}${ending}`, { force: true });

let state = 20260302;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const order = () => `A-${1000 + Math.floor(random() * 9000)}`;
/** What each agent does, more often what stands more often. */
const WORK = {
  "support-agent": [
    () => ({ type: "read_profile", target: "customer_profiles", params: { order: order() } }),
    () => ({ type: "read_order", target: "orders", params: { order: order() } }),
    () => ({ type: "search_articles", target: "help_centre", params: { query: "delivery time" } }),
    () => ({ type: "send_message", target: `customer:${order()}`, params: { template: "delay" } }),
    () => ({ type: "export", target: "customer_profiles", params: { format: "csv" } }),
  ],
  "billing-agent": [
    () => ({ type: "read_invoice", target: "invoices", params: { order: order() } }),
    () => ({ type: "refund", target: "payments", params: { amount: Math.floor(random() * 120) } }),
    () => ({ type: "refund", target: "payments", params: { amount: Math.floor(random() * 40) } }),
    () => ({ type: "delete_card", target: "customer_accounts", params: { order: order() } }),
  ],
  "catalogue-agent": [
    () => ({ type: "search_products", target: "catalogue", params: { in_stock: true } }),
    () => ({ type: "read_product", target: "catalogue", params: { sku: order() } }),
    () => ({ type: "update_product", target: "catalogue", params: { sku: order() } }),
    () => ({ type: "delete_product", target: "catalogue", params: { sku: order() } }),
  ],
  "operations-agent": [
    () => ({ type: "read_metrics", target: "monitoring", params: { window: "15m" } }),
    () => ({ type: "deploy", target: "staging", params: { build: Math.floor(random() * 900) } }),
    () => ({
      type: "deploy",
      target: "production",
      params: { build: Math.floor(random() * 900), hotfix: random() < 0.15 },
    }),
    () => ({ type: "update_config", target: "gateway", params: { key: "rate_limit" } }),
    () => ({ type: "drop_index", target: "orders", params: { index: "by_date" } }),
  ],
};
const SHIFT = ["support-agent", "support-agent", "billing-agent", "catalogue-agent"];

/** What a human answers, and what comes of the action. */
function outcome({ approval }) {
  const carriedOut =
    random() < 0.03 ? { status: "failed", error: "timeout" } : { status: "success" };
  if (approval === "block") return { result: { status: "blocked" } };
  if (approval === "auto") return { result: carriedOut };
  const answer = random();
  if (answer < 0.03) return { result: { status: "skipped" } };
  if (answer < 0.16) return { humanDecision: "denied", result: { status: "denied" } };
  return { humanDecision: "approved", result: carriedOut };
}

const MINUTE = 60_000_000;
const start = Date.UTC(2026, 2, 2) * 1000;
const end = Date.UTC(2026, 2, 9) * 1000;
const outage = [Date.UTC(2026, 2, 5, 2, 7) * 1000, Date.UTC(2026, 2, 5, 5, 52) * 1000];

let now = start;
const policy = Policy.fromYaml(path("policy.yaml"));
const logger = new AuditLogger({ dbPath: database, clock: () => now });
let session = 0;
while (true) {
  now += Math.floor((2 + random() * 36) * MINUTE);
  if (now > outage[0] && now < outage[1]) now = outage[1] + Math.floor(random() * MINUTE);
  if (now >= end) break;
  const agentId = random() < 0.25 ? "operations-agent" : pick(SHIFT);
  const action = { ...pick(WORK[agentId])(), agentId, description: "" };
  const decision = policy.evaluate(action, { now: new Date(now / 1000) });
  if (random() < 0.2) session += 1;
  logger.log(`shift-${String(session).padStart(4, "0")}`, decision, outcome(decision));
}
console.log(`${logger.count()} entries in ${database}`);
logger.close();

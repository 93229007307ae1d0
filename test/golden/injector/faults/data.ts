// Faults 35 to 43: data, changes, code and secrets.

import type { Fault } from "../fault.ts";
import type { Draft } from "../office-log.ts";
import { MINUTE, every, executed, having } from "../scene.ts";
import type { Scene } from "../scene.ts";

const anything = () => true;
const BY_DEFAULT: Draft = { matched_rule: "<default>", human_decision: null };
const lookups = every(executed, having({ action_type: "lookup_customer" }));
const outbound = every(executed, ({ action_target: target }) =>
  (target ?? "").startsWith("https://"),
);
const posts = every(executed, having({ action_type: "http_post" }));
const deletions = having({ action_type: "delete_record" });
const changes = every(
  executed,
  ({ action_type: type }) => type === "deploy_service" || type === "update_config",
);
const scripts = every(executed, having({ action_type: "run_script" }));
const installations = every(executed, having({ action_type: "install_package" }));
const credentials = every(executed, having({ action_type: "use_credential" }));
const ELSEWHERE: Draft = { action_target: "https://drop.example.net/in", human_decision: null };
const ADDRESS: Draft = { action_desc: "Write to ada@example.org." };
const SECRET: Draft = { action_params: { password: "Tr0ub4dor" } };
const CARD: Draft = { action_desc: "Paid with 4111111111111111." };

export const DATA_FAULTS: readonly Fault[] = [
  {
    number: "35",
    what: "a password in the parameters",
    measure: "sensitive-values",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(anything)], { action_params: { password: "Tr0ub4dor" } }),
      numbers: { secrets: 1 },
    }),
  },
  {
    number: "35b",
    what: "a card number in the description",
    measure: "sensitive-values",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(anything)], { action_desc: "Paid with 4111111111111111." }),
      numbers: { cards: 1 },
    }),
  },
  {
    number: "35c",
    what: "an e-mail address in an answer",
    measure: "sensitive-values",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(anything)], { result_data: '{"to":"ada@example.org"}' }),
      numbers: { personal: 1 },
    }),
  },
  {
    number: "35d",
    what: "a telephone number in 2 of 100 errors or answers",
    measure: "sensitive-values",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(20, anything), { result_error: "call +44 20 7946 0958" }),
    }),
  },
  {
    number: "35e",
    what: "a card number in the parameters, beside an address and a secret elsewhere",
    measure: "card-numbers",
    result: "fail",
    plant: (scene) => ({
      entries: beside(scene, [ADDRESS, SECRET], { action_params: { card: "4111111111111111" } }),
    }),
  },
  {
    number: "35f",
    what: "a key in an answer, beside an address and a card number elsewhere",
    measure: "secrets-in-records",
    result: "fail",
    plant: (scene) => ({
      entries: beside(scene, [ADDRESS, CARD], { result_data: '{"api_key":"a1b2c3d4e5f6a7b8"}' }),
    }),
  },
  {
    number: "35g",
    what: "a bank account in a description, beside a secret and a card number elsewhere",
    measure: "personal-values",
    result: "warn",
    plant: (scene) => ({
      entries: beside(scene, [SECRET, CARD], {
        action_desc: "Refund to GB82 WEST 1234 5698 7654 32.",
      }),
      numbers: { accounts: 1, emails: 0 },
    }),
  },
  {
    number: "35h",
    what: "an address in 2 of 100 descriptions",
    measure: "personal-values",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(20, anything), ADDRESS) }),
  },
  {
    number: "35i",
    what: "a password in the text of an error, beside values elsewhere",
    measure: "sensitive-errors",
    result: "fail",
    plant: (scene) => ({
      entries: beside(scene, [ADDRESS, SECRET, CARD], { result_error: "sent password=Tr0ub4dor" }),
      numbers: { secrets: 1, cards: 0, personal: 0 },
    }),
  },
  {
    number: "36",
    what: "3 in 100 looks at customers under the default",
    measure: "personal-data-under-named-rule",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(20, lookups), BY_DEFAULT) }),
  },
  {
    number: "36b",
    what: "1 in 10 looks at customers under the default",
    measure: "personal-data-under-named-rule",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(100, lookups), BY_DEFAULT) }),
  },
  {
    number: "37",
    what: "2 in 100 outbound actions go to hosts that nobody listed",
    measure: "outbound-controlled",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(20, outbound), ELSEWHERE) }),
  },
  {
    number: "37b",
    what: "1 in 10 outbound actions goes to a host that nobody listed",
    measure: "outbound-controlled",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(100, outbound), ELSEWHERE) }),
  },
  {
    number: "37c",
    what: "one of them carries a card number",
    measure: "outbound-controlled",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(posts)], {
        ...ELSEWHERE,
        action_params: { card: "4111 1111 1111 1111" },
      }),
      numbers: { sensitive_exceptions: 1 },
    }),
  },
  {
    number: "38",
    what: "a host that nobody listed",
    measure: "outbound-destinations",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(posts)], ELSEWHERE),
      groups: ["drop.example.net"],
    }),
  },
  {
    number: "38b",
    what: "a host that nobody listed, by a HIGH action",
    measure: "outbound-destinations",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(posts)], { ...ELSEWHERE, risk_level: "HIGH" }),
      groups: ["drop.example.net"],
    }),
  },
  {
    number: "39",
    what: "a deletion does not say of what",
    measure: "deletion-traceability",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(deletions)], { action_target: "" }),
      numbers: { untargeted: 1 },
    }),
  },
  {
    number: "39b",
    what: "1 deletion in 10 has no end",
    measure: "deletion-traceability",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(100, deletions), { result_status: "skipped" }),
    }),
  },
  {
    number: "40",
    what: "1 change in 4 without a human",
    measure: "changes-approved",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(250, changes), { human_decision: null }),
    }),
  },
  {
    number: "40b",
    what: "1 change in 10 without a human",
    measure: "changes-approved",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change(scene.share(100, changes), { human_decision: null }),
    }),
  },
  {
    number: "40c",
    what: "a CRITICAL change without a human",
    measure: "changes-approved",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(changes)], { human_decision: null, risk_level: "CRITICAL" }),
    }),
  },
  {
    number: "41",
    what: "an agent rewrites its policy",
    measure: "guardrail-changes",
    result: "fail",
    plant: (scene) => ({ entries: [rewrite(scene, "success")] }),
  },
  {
    number: "41b",
    what: "an agent is stopped as it rewrites its policy",
    measure: "guardrail-changes",
    result: "warn",
    plant: (scene) => ({ entries: [rewrite(scene, "blocked")] }),
  },
  {
    number: "42",
    what: "a library is installed under the default",
    measure: "execution-controlled",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(installations)], BY_DEFAULT),
      numbers: { install_exceptions: 1 },
    }),
  },
  {
    number: "42b",
    what: "3 in 100 scripts under the default",
    measure: "execution-controlled",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(30, scripts), BY_DEFAULT) }),
  },
  {
    number: "43",
    what: "the default hands out a credential",
    measure: "secret-access",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(credentials)], { ...BY_DEFAULT, approval: "auto" }),
    }),
  },
  {
    number: "43b",
    what: "a named rule hands out a credential unasked",
    measure: "secret-access",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(credentials)], { approval: "auto", human_decision: null }),
    }),
  },
];

/** Some values in one entry, and others in entries of their own. */
function beside(scene: Scene, others: readonly Draft[], values: Draft): Draft[] {
  const [entry, ...apart] = scene.share(1, anything);
  for (const [index, other] of others.entries()) scene.change(apart.slice(index, index + 1), other);
  return scene.change([entry as Draft], values);
}

function rewrite(scene: Scene, status: string): Draft {
  const [entry] = scene.evening(1, MINUTE, () => ({
    action_type: "write_file",
    action_target: "agents/policy.yaml",
    result_status: status,
  }));
  return entry as Draft;
}

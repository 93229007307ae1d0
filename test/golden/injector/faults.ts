// The 47 faults, with the further conditions of their measures, in the order of the catalogue.

import type { Fault } from "./fault.ts";
import { DATA_FAULTS } from "./faults/data.ts";
import { ENFORCEMENT_FAULTS } from "./faults/enforcement.ts";
import { IDENTITY_FAULTS } from "./faults/identity.ts";
import { FURTHER_FAULTS, OPERATION_FAULTS } from "./faults/operation.ts";
import { OVERSIGHT_FAULTS } from "./faults/oversight.ts";
import { POLICY_FAULTS } from "./faults/policy.ts";
import { RECORD_FAULTS } from "./faults/record.ts";

export const FAULTS: readonly Fault[] = [
  ...RECORD_FAULTS,
  ...POLICY_FAULTS,
  ...ENFORCEMENT_FAULTS,
  ...OVERSIGHT_FAULTS,
  ...IDENTITY_FAULTS,
  ...DATA_FAULTS,
  ...OPERATION_FAULTS,
  ...FURTHER_FAULTS,
];

// Every measure's answer: from the log by its engine, from the policy where the question is
// about nothing else.

import type { Answer, Engine, ObserveOptions, Question } from "../engines/engine.ts";
import type { Measure } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { PolicyDocument } from "../policy/rule.ts";
import { DEFAULT_LANGUAGE } from "../languages/languages.ts";
import { lintObservation } from "./lint-observation.ts";
import type { StatedPolicy } from "./policy-statement.ts";

/** Of what is asked, and what stands beside it. */
interface Asking extends Pick<Question, "period" | "now" | "inputs" | "sampling">, ObserveOptions {
  readonly engine: Engine;
  readonly policy?: StatedPolicy;
  readonly policyDocument?: PolicyDocument;
  /** Of what is weak in the policy. */
  readonly language?: { readonly code: string };
}

/**
 * Reads the log once. Measures about a policy have an empty answer where there is none.
 *
 * @throws what reading throws; the signal's reason when it is aborted, whatever the engine does
 */
export async function observeAll(measures: readonly Measure[], asking: Asking): Promise<Answer> {
  const { engine, period, now, inputs, sampling, policy, policyDocument } = asking;
  const { onProgress, signal } = asking;
  const beside = new Map<string, Observation>();
  const ofLog = measures.filter((measure) => {
    if (measure.kind === "policy-lint") {
      beside.set(
        measure.id,
        lintObservation(measure, policy, asking.language?.code ?? DEFAULT_LANGUAGE),
      );
    } else if (measure.kind === "policy-replay" && policyDocument === undefined) {
      beside.set(measure.id, {
        kind: "policy-replay",
        measure: measure.id,
        population: 0,
        exceptions: 0,
        exceptionEntries: [],
      });
    }
    return !beside.has(measure.id);
  });
  const replays = ofLog.some(({ kind }) => kind === "policy-replay");
  signal?.throwIfAborted();
  const answer = await engine.observe(
    {
      measures: ofLog,
      period,
      now,
      ...(inputs === undefined ? {} : { inputs }),
      ...(sampling === undefined ? {} : { sampling }),
      ...(replays && policyDocument !== undefined ? { policy: policyDocument } : {}),
    },
    {
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    },
  );
  signal?.throwIfAborted();
  return { ...answer, observations: new Map([...answer.observations, ...beside]) };
}

// A mapping as a program: documents of a foreign log in, actions in the names of the audit
// entry out, in the order in which the log has them.

import type { Mapping, Step } from "../model/mapping.ts";
import type { RecordExpression } from "../model/record-expression.ts";
import { family } from "./apply/ancestors.ts";
import type { Family } from "./apply/ancestors.ts";
import { completeFields, fieldGroup, fillFields, noValues } from "./apply/fields.ts";
import type { FieldGroup } from "./apply/fields.ts";
import { holdBack } from "./apply/hold-back.ts";
import { jsonText, keyText } from "./apply/key-text.ts";
import { Variables } from "./apply/variables.ts";
import type { Evaluate } from "./apply/variables.ts";
import { countUnknownWord } from "./counts.ts";
import type { IntakeCounts } from "./counts.ts";
import { contentMark } from "./duplicates.ts";

/** Where an action stands in its input. Only valid during the call. */
export interface ActionPlace {
  readonly line: number;
  /** Ordinal of the action in its document, from 1. */
  readonly position: number;
  /** The document's bytes. */
  readonly bytes: Uint8Array;
  /** What makes it the same as another action; absent when nothing does. */
  readonly key: string | undefined;
  /** 32 bits that stand for the action's content; 0 without a key. */
  readonly content: number;
}

/** Takes what a program finds. Nothing handed over is valid after the call. */
export interface ActionTaker {
  /** One action; `values` in the order of `ENTRY_FIELD_NAMES`, typed as in `IntakeSink.accept`. */
  action(values: readonly unknown[], place: ActionPlace): void;
  /** A document or record that can hold no action at all. */
  refuse(line: number, message: string, bytes: Uint8Array): void;
}

/** A mapping, ready to read one input after the other. */
export interface MappingProgram {
  readonly mapping: Mapping;
  /** Finds the actions of one document. */
  take(document: unknown, line: number, bytes: Uint8Array): void;
  /** Ends an input: actions that wait for an answer leave without it. */
  finish(): void;
}

/**
 * Compiles a mapping.
 *
 * @param counts counted up while documents are taken: records, actions, answers, fields,
 *   words and times; refusals, acceptance and duplicates are the taker's to count
 */
export function compileMapping(
  mapping: Mapping,
  counts: IntakeCounts,
  taker: ActionTaker,
): MappingProgram {
  return new Program(mapping, counts, taker);
}

/** An action's place with what holding it back needs. */
interface CurrentPlace extends ActionPlace {
  line: number;
  position: number;
  bytes: Uint8Array;
  key: string | undefined;
  content: number;
}

interface HeldAction extends ActionPlace {
  readonly values: unknown[];
  readonly call: string | undefined;
  readonly weight: number;
}

interface CompiledStep {
  readonly list: Evaluate;
  readonly slot: number;
}

class Program implements MappingProgram {
  readonly mapping: Mapping;
  readonly #counts: IntakeCounts;
  readonly #taker: ActionTaker;
  readonly #variables: Variables;
  readonly #values: unknown[];

  readonly #documentSlot: number;
  readonly #lineSlot: number;
  readonly #recordSlot: number;
  readonly #positionSlot: number;
  readonly #actionPositionSlot: number;

  readonly #steps: readonly CompiledStep[];
  readonly #tree: { readonly id: Evaluate; readonly parent: Evaluate } | undefined;
  readonly #each: CompiledStep | undefined;
  readonly #when: Evaluate | undefined;
  readonly #call: Evaluate | undefined;
  readonly #key: Evaluate | undefined;
  readonly #fields: FieldGroup;
  readonly #answers:
    | {
        readonly each: CompiledStep | undefined;
        readonly when: Evaluate;
        readonly to: Evaluate;
        readonly fields: FieldGroup;
      }
    | undefined;

  /** Values of the current action; used anew for each, unless actions can be held back. */
  readonly #row: unknown[] = noValues();
  readonly #place: CurrentPlace = {
    line: 0,
    position: 0,
    bytes: new Uint8Array(),
    key: undefined,
    content: 0,
  };
  readonly #held = holdBack<HeldAction>((action) => this.#taker.action(action.values, action));

  /** Ordinal of the current record in its document, from 1. */
  #position = 0;
  /** Actions found in the current document. */
  #actions = 0;
  #family: Family | undefined;
  /** The current document's bytes for actions on hold, copied once. */
  #keptBytes: Uint8Array | undefined;
  /** Mark of the current record's content, once it was asked for. */
  #content: number | undefined;

  constructor(mapping: Mapping, counts: IntakeCounts, taker: ActionTaker) {
    this.mapping = mapping;
    this.#counts = counts;
    this.#taker = taker;
    const variables = new Variables({
      tables: mapping.tables,
      onUnknownWord: (table, word) => countUnknownWord(counts, table, word),
      onMended: () => {
        counts.mendedTimes += 1;
      },
    });
    this.#variables = variables;
    this.#values = variables.values;
    this.#documentSlot = variables.slot("document");
    this.#lineSlot = variables.slot("line");
    this.#recordSlot = variables.slot("record");
    this.#positionSlot = variables.slot("position");
    this.#actionPositionSlot = variables.slot("action_position");

    const step = ({ each, as }: Step): CompiledStep => ({
      list: variables.compile(each),
      slot: variables.slot(as),
    });
    const optional = (expression: RecordExpression | undefined): Evaluate | undefined =>
      expression === undefined ? undefined : variables.compile(expression);

    this.#steps = mapping.records.map(step);
    const { tree, answers } = mapping;
    if (tree !== undefined) {
      this.#tree = { id: variables.compile(tree.id), parent: variables.compile(tree.parent) };
      variables.lazy("ancestors", () => this.#ancestors());
    }
    for (const [name, expression] of mapping.lets) {
      variables.lazy(name, variables.compile(expression));
    }
    this.#each = mapping.each && step(mapping.each);
    this.#when = optional(mapping.when);
    this.#call = answers && optional(mapping.call);
    this.#key = optional(mapping.key);
    this.#fields = fieldGroup(variables, mapping.fields);
    this.#answers = answers && {
      each: answers.each && step(answers.each),
      when: variables.compile(answers.when),
      to: variables.compile(answers.to),
      fields: fieldGroup(variables, answers.fields),
    };
  }

  take(document: unknown, line: number, bytes: Uint8Array): void {
    const steps = this.#steps;
    if (
      typeof document !== "object" ||
      document === null ||
      (steps.length === 0 && Array.isArray(document))
    ) {
      this.#taker.refuse(line, `expected an object or a row, got ${kindOf(document)}`, bytes);
      return;
    }
    this.#position = 0;
    this.#actions = 0;
    this.#family = undefined;
    this.#keptBytes = undefined;
    this.#place.line = line;
    this.#place.bytes = bytes;
    this.#values[this.#documentSlot] = document;
    this.#values[this.#lineSlot] = line;
    if (steps.length === 0) {
      this.#takeRecord(document);
    } else {
      this.#descend(0, this.#takeStepped);
      if (this.#position === 0) {
        this.#counts.records += 1;
        this.#counts.withoutAction += 1;
      }
    }
    if (!this.#held.empty) this.#held.lighten();
  }

  finish(): void {
    this.#held.finish();
  }

  /** Walks down to the records, outermost first. */
  #descend(depth: number, visit: (record: unknown) => void): void {
    const step = this.#steps[depth];
    if (step === undefined) return;
    const list = step.list();
    if (!Array.isArray(list)) return;
    const last = depth === this.#steps.length - 1;
    for (const item of list as readonly unknown[]) {
      this.#values[step.slot] = item;
      if (last) visit(item);
      else this.#descend(depth + 1, visit);
    }
  }

  readonly #takeStepped = (record: unknown): void => {
    if (record === null || record === undefined) {
      this.#position += 1;
      const { line, bytes } = this.#place;
      this.#taker.refuse(line, `record ${this.#position} of the document is null`, bytes);
    } else {
      this.#takeRecord(record);
    }
  };

  #takeRecord(record: unknown): void {
    this.#position += 1;
    this.#counts.records += 1;
    this.#content = undefined;
    this.#values[this.#recordSlot] = record;
    this.#values[this.#positionSlot] = this.#position;
    this.#variables.nextRecord();
    if (this.#answers !== undefined) this.#takeAnswers();
    const before = this.#actions;
    const each = this.#each;
    if (each === undefined) {
      this.#takeAction();
    } else {
      const list = each.list();
      if (Array.isArray(list)) {
        for (const item of list as readonly unknown[]) {
          if (item === null || item === undefined) continue;
          this.#values[each.slot] = item;
          this.#takeAction();
        }
      }
    }
    if (this.#actions === before) this.#counts.withoutAction += 1;
  }

  #takeAction(): void {
    this.#values[this.#actionPositionSlot] = this.#actions + 1;
    if (this.#when !== undefined && this.#when() !== true) return;
    this.#actions += 1;
    const counts = this.#counts;
    counts.actions += 1;
    const values = this.#answers === undefined ? this.#row : noValues();
    counts.present |= fillFields(values, this.#fields, this.#values);
    const place = this.#place;
    place.position = this.#actions;
    if (this.#key !== undefined) {
      const key = this.#key();
      place.key = keyText(key);
      place.content = place.key === undefined || this.#isWhole(key) ? 0 : this.#mark();
    }
    const call = this.#call === undefined ? undefined : keyText(this.#call());
    if (call === undefined && this.#held.empty) this.#taker.action(values, place);
    else this.#hold(values, call);
  }

  #hold(values: unknown[], call: string | undefined): void {
    const weight = this.#keptBytes === undefined ? this.#place.bytes.length : 0;
    this.#keptBytes ??= new Uint8Array(this.#place.bytes);
    this.#held.push({ ...this.#place, bytes: this.#keptBytes, values, call, weight });
  }

  #takeAnswers(): void {
    const each = this.#answers?.each;
    if (each === undefined) {
      this.#takeAnswer();
      return;
    }
    const list = each.list();
    if (!Array.isArray(list)) return;
    for (const item of list as readonly unknown[]) {
      this.#values[each.slot] = item;
      this.#takeAnswer();
    }
  }

  #takeAnswer(): void {
    const answers = this.#answers;
    if (answers === undefined || answers.when() !== true) return;
    const call = keyText(answers.to());
    const action = call === undefined ? undefined : this.#held.take(call);
    if (action === undefined) {
      this.#counts.answersUnmatched += 1;
      return;
    }
    this.#counts.answersMatched += 1;
    this.#counts.present |= completeFields(action.values, answers.fields, this.#values);
    this.#held.release();
  }

  /** Whether a key is all that the action says, so that what shares it cannot differ. */
  #isWhole(key: unknown): boolean {
    return this.#each === undefined && key === this.#values[this.#recordSlot];
  }

  /**
   * Stands for what the current action says: the whole document where that is the record,
   * the record where a document holds several, with the item where a record holds several.
   */
  #mark(): number {
    this.#content ??=
      this.#steps.length === 0
        ? contentMark(this.#place.bytes)
        : contentMark(contentText(this.#values[this.#recordSlot]));
    if (this.#each === undefined) return this.#content;
    return (this.#content ^ contentMark(contentText(this.#values[this.#each.slot]))) >>> 0;
  }

  /** The records above the current one. The family of a document is joined when first asked for. */
  #ancestors(): unknown[] {
    this.#family ??= this.#readFamily();
    return this.#family.ancestorsOf(this.#position);
  }

  #readFamily(): Family {
    const members = family();
    const tree = this.#tree;
    const values = this.#values;
    const current = [...values];
    let position = 0;
    const add = (record: unknown): void => {
      position += 1;
      values[this.#recordSlot] = record;
      values[this.#positionSlot] = position;
      members.add(record, tree?.id(), tree?.parent());
    };
    if (this.#steps.length === 0) add(values[this.#recordSlot]);
    else this.#descend(0, add);
    for (const [slot, value] of current.entries()) values[slot] = value;
    return members;
  }
}

function contentText(value: unknown): string {
  return typeof value === "object" && value !== null ? jsonText(value) : String(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}

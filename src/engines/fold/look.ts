// One look at a row answers every test of a field at once. What was seen is given a number, its
// class: rows of one class answer alike. The classes of values are remembered, so that of a
// field with few values hardly a test is ever asked.

import { compileText } from "../../expression/compile.ts";
import type { Row, RowTest } from "../../expression/compile.ts";

export interface Look {
  /** Adds a test before the first look; its number. */
  add(test: RowTest): number;
  /** What is seen in a row. */
  classOf(row: Row): number;
  /** Whether a test holds in rows of a class. */
  holds(found: number, test: number): boolean;
  /** Classes so far. */
  readonly classes: number;
}

/** A look at one field; its tests are asked of a row that has only its value. */
export function fieldLook(slot: number, isJson: boolean): Look {
  return new FieldLook(slot, isJson);
}

/** A look at whole rows. */
export function rowLook(): Look {
  return new Answers();
}

/** Tests whose answers fit into one whole number. */
const BITS = 30;

/** Asks the tests each time. */
class Answers implements Look {
  readonly #tests: RowTest[] = [];
  readonly #classes = new Map<number | string, number>();
  /** By class: the answers, so many to a number. */
  readonly #answers: (readonly number[])[] = [];

  get classes(): number {
    return this.#answers.length;
  }

  add(test: RowTest): number {
    return this.#tests.push(test) - 1;
  }

  classOf(row: Row): number {
    const tests = this.#tests;
    const words: number[] = [];
    let word = 0;
    for (let index = 0; index < tests.length; index += 1) {
      if (index > 0 && index % BITS === 0) {
        words.push(word);
        word = 0;
      }
      if (tests[index]?.(row) === true) word |= 1 << (index % BITS);
    }
    const key = words.length === 0 ? word : `${words.join()},${word}`;
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    this.#classes.set(key, this.#answers.length);
    return this.#answers.push([...words, word]) - 1;
  }

  holds(found: number, test: number): boolean {
    const word = this.#answers[found]?.[Math.floor(test / BITS)] ?? 0;
    return (word & (1 << (test % BITS))) !== 0;
  }
}

/** Values of a field that are remembered, and the longest text that is. */
const REMEMBERED = 16_384;
const LONGEST_REMEMBERED = 256;
/** After so many look-ups it is asked whether remembering is worth its while. */
const WINDOW = 16_384;

const UNSEEN = Symbol("unseen");

class FieldLook implements Look {
  readonly #slot: number;
  readonly #isJson: boolean;
  readonly #answers = new Answers();
  readonly #value: unknown[] = [undefined];
  /** Given up for a field in which hardly a value comes again, as an id or a description. */
  #remembered: Map<unknown, number> | undefined = new Map();
  #asked = 0;
  #missed = 0;
  #lastValue: unknown = UNSEEN;
  #lastClass = 0;

  constructor(slot: number, isJson: boolean) {
    this.#slot = slot;
    this.#isJson = isJson;
  }

  get classes(): number {
    return this.#answers.classes;
  }

  add(test: RowTest): number {
    return this.#answers.add(test);
  }

  holds(found: number, test: number): boolean {
    return this.#answers.holds(found, test);
  }

  classOf(row: Row): number {
    const value = row[this.#slot];
    if (value === this.#lastValue) return this.#lastClass;
    const found = this.#classOfValue(value);
    this.#lastValue = value;
    this.#lastClass = found;
    return found;
  }

  #classOfValue(value: unknown): number {
    const remembered = this.#remembered;
    if (remembered === undefined || (typeof value === "object" && value !== null)) {
      return this.#ask(value);
    }
    this.#asked += 1;
    const known = remembered.get(value);
    if (known !== undefined) return known;
    const found = this.#ask(value);
    this.#missed += 1;
    if (this.#asked >= WINDOW) {
      if (this.#missed * 2 > this.#asked) this.#remembered = undefined;
      this.#asked = 0;
      this.#missed = 0;
    }
    if (typeof value === "string" && value.length > LONGEST_REMEMBERED) return found;
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(value, found);
    return found;
  }

  #ask(value: unknown): number {
    const isValue = this.#isJson && typeof value === "object" && value !== null;
    this.#value[0] = isValue ? writtenOnce(value) : value;
    return this.#answers.classOf(this.#value);
  }
}

const jsonText = compileText({ kind: "json-text", name: "value" }, () => 0);

/**
 * A JSON value as its text, so that it is written once for all tests. They only ask whether it
 * is recorded, and its text; a value without text stays as it is.
 */
function writtenOnce(value: object): unknown {
  const text = jsonText([value]);
  return text === "" ? value : text;
}

// Settings that every query carries, so that no profile of the server makes an answer smaller or
// another one: https://clickhouse.com/docs/operations/settings/settings

import { ComplianceError } from "../model/error.ts";

/** By name, as they are written in a request. */
export type Settings = Readonly<Record<string, string>>;

/** Shards that do not answer are an error: sent with every query, to every version. */
const WHOLE: Settings = { skip_unavailable_shards: "0" };

const JSON_QUOTES = "output_format_json_quote_64bit_integers";

/** What an answer must not depend on. A server that has not one of them does nothing of the kind. */
const EXACT: Settings = {
  // Answers are no JSON, and are exact; in the text of a JSON column it would make texts of numbers.
  [JSON_QUOTES]: "0",
  output_format_tsv_crlf_end_of_line: "0",
  format_tsv_null_representation: "\\N",
  // At a limit the query fails; with `break` it would end early as if that were all.
  read_overflow_mode: "throw",
  read_overflow_mode_leaf: "throw",
  timeout_overflow_mode: "throw",
  timeout_overflow_mode_leaf: "throw",
  result_overflow_mode: "throw",
  sort_overflow_mode: "throw",
  group_by_overflow_mode: "throw",
  set_overflow_mode: "throw",
  distinct_overflow_mode: "throw",
  join_overflow_mode: "throw",
  transfer_overflow_mode: "throw",
  limit: "0",
  offset: "0",
  extremes: "0",
  use_query_cache: "0",
  partial_result_on_first_cancel: "0",
  // Where rows lie is not always where the sharding key says.
  optimize_skip_unused_shards: "0",
  distributed_group_by_no_merge: "0",
  empty_result_for_aggregation_by_empty_set: "0",
  aggregate_functions_null_for_empty: "0",
};

/** What an answer does not depend on. */
const KIND: Settings = {
  cancel_http_readonly_queries_on_client_close: "1",
  max_bytes_before_external_sort: "1000000000",
};

/** An insert is acknowledged when every shard has the rows, and all of them or none are read. */
const WRITING: Settings = {
  async_insert: "0",
  insert_distributed_sync: "1",
  input_format_allow_errors_num: "0",
  input_format_allow_errors_ratio: "0",
};

/** The settings of one connection. */
export interface ChosenSettings {
  readonly reading: Settings;
  readonly writing: Settings;
}

/** Names of the settings to ask the server for. */
export const ASKED_SETTINGS: readonly string[] = Object.keys({
  ...WHOLE,
  ...EXACT,
  ...KIND,
  ...WRITING,
  readonly: "",
});

/**
 * What to send to a server.
 *
 * @param present the {@link ASKED_SETTINGS} that it knows, with this user's values
 * @throws ComplianceError `unsupported-source` when the user's profile changes answers and forbids to
 *   change that
 */
export function chooseSettings(
  present: ReadonlyMap<string, string>,
  place: string,
): ChosenSettings {
  const known = (settings: Settings): Settings =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => present.has(name)));
  // Under `readonly` 1 nothing can be changed, and what is sent may only repeat what is set.
  if (present.get("readonly") === "1") {
    const needed = Object.entries({ ...WHOLE, ...known(EXACT) });
    // Versions without `limit` have no JSON columns.
    const passes = (name: string): boolean => name === JSON_QUOTES && !present.has("limit");
    const other = needed.find(([name, value]) => present.get(name) !== value && !passes(name));
    if (other === undefined) return { reading: WHOLE, writing: WHOLE };
    throw new ComplianceError(
      "unsupported-source",
      `The profile of this user sets ${other[0]}, which can spoil a report, and forbids to change it`,
      {
        location: { file: place },
        hint: "Use a user whose profile sets readonly to 2, or leaves this setting at its default.",
      },
    );
  }
  const exact = { ...known(EXACT), ...WHOLE };
  return {
    reading: {
      ...known(KIND),
      ...exact,
      // Forbids everything that writes; settings can still be sent.
      ...(present.get("readonly") === "0" ? { readonly: "2" } : {}),
    },
    writing: { ...exact, ...known(WRITING) },
  };
}

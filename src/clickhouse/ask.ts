// One query over HTTP: its bytes as they come, and its end in the server when nobody wants more.

import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { ClickHouseClient } from "@clickhouse/client";
import { describeFailure, serverCode } from "./failure.ts";
import { quoteName } from "./identifier.ts";
import type { Settings } from "./settings.ts";

/** One statement. ClickHouse before 20 binds no values: they are in the text already. */
export interface ClickHouseStatement {
  /** With `{p1:Type}` for the first value, and so on. */
  readonly text: string;
  readonly values: readonly (string | number | bigint | boolean | null)[];
}

/** What may interrupt a query. */
export interface AskOptions {
  /** Ends the query in the server, then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Cluster on which the query is looked for when this node does not know it. */
  readonly cluster?: string | undefined;
}

/** A node, and what errors call it. */
export interface ClickHouseNode {
  readonly client: ClickHouseClient;
  readonly place: string;
}

export interface Asking extends AskOptions {
  readonly settings: Settings;
  /** What an INSERT writes. */
  readonly body?: Readable;
}

/**
 * The bytes of the answer. When it is not read to its end, or the signal says so, the query is
 * killed in the server before the connection is given up.
 *
 * @throws ComplianceError `unreadable-source`, `unsupported-source`; the signal's reason
 */
export async function* bytesOf(
  node: ClickHouseNode,
  { text, values }: ClickHouseStatement,
  { settings, body, signal, cluster }: Asking,
): AsyncGenerator<Buffer, void, undefined> {
  signal?.throwIfAborted();
  const queryId = randomUUID();
  const ending = new AbortController();
  let stream: Readable | undefined;
  let over = false;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopped ??= killQuery(node.client, queryId, stream !== undefined, cluster).finally(() => {
      ending.abort();
      stream?.destroy();
    });
    return stopped;
  };
  const onAbort = (): void => void stop();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    ({ stream } = await node.client.exec({
      query: text,
      query_id: queryId,
      query_params: Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value])),
      clickhouse_settings: settings,
      abort_signal: ending.signal,
      ...(body === undefined ? {} : { values: body }),
    }));
    for await (const chunk of stream) yield chunk as Buffer;
    over = true;
  } catch (error) {
    signal?.throwIfAborted();
    over = serverCode(error) !== undefined;
    throw describeFailure(error, node.place);
  } finally {
    signal?.removeEventListener("abort", onAbort);
    if (!over) await stop();
  }
  signal?.throwIfAborted();
}

/** How long the end of a query is waited for. */
const PATIENCE_MS = 250;
/** A query that has just been sent may not have arrived yet, so it is looked for again. */
const AGAIN_MS = 20;
const MOST_TURNS = 5;

/**
 * Ends a query in the server; gives up without a word when that takes long or is forbidden.
 *
 * @param answering whether the query is known to have begun
 */
async function killQuery(
  client: ClickHouseClient,
  queryId: string,
  answering: boolean,
  cluster: string | undefined,
): Promise<void> {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const kill = async (text: string): Promise<boolean> => {
    const { stream } = await client.exec({ query: text, abort_signal: limit });
    let killed = false;
    for await (const chunk of stream) killed ||= (chunk as Buffer).length > 0;
    return killed;
  };
  try {
    for (let turn = 1; ; turn += 1) {
      if (await kill(`KILL QUERY WHERE query_id = '${queryId}' ASYNC`)) return;
      if (answering || turn === MOST_TURNS) break;
      await delay(AGAIN_MS, undefined, { signal: limit });
    }
    if (cluster === undefined) return;
    // Behind a balancer of loads it may run on any node.
    const on = quoteName(cluster);
    await kill(`KILL QUERY ON CLUSTER ${on} WHERE initial_query_id = '${queryId}' ASYNC`);
  } catch {
    // The connection is given up next, which most servers notice too.
  }
}

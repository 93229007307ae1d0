// Stands between a logger and a server, and now and then loses the server's answer, or everything.

import { createServer, connect, type AddressInfo, type Socket } from "node:net";

export interface LossyProxy {
  /** As the server's, with this proxy's place. */
  readonly url: string;
  /**
   * Once a client has sent this text, the server has what was sent, but its answer does not
   * come back: the connection ends instead. Counts once.
   */
  loseAnswerTo(text: string): void;
  /** How many answers were lost. */
  readonly lost: () => number;
  /** From now on nothing goes either way, and connections stay open. */
  freeze(): void;
  /** Ends the connections that were frozen; new ones are served. */
  thaw(): void;
  close(): Promise<void>;
}

export async function lossyProxy(url: string): Promise<LossyProxy> {
  const target = new URL(url);
  const port = Number(target.port);
  const sockets = new Set<Socket>();
  let text: string | undefined;
  let lost = 0;
  let frozen = false;
  const server = createServer((client) => {
    const upstream = connect(port, target.hostname);
    let deaf = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (bytes) => {
      if (frozen) return;
      if (text !== undefined && bytes.includes(text)) {
        text = undefined;
        deaf = true;
      }
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (frozen) return;
      if (!deaf) {
        client.write(bytes);
        return;
      }
      lost += 1;
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href.replace(/\/$/, ""),
    loseAnswerTo(next) {
      text = next;
    },
    lost: () => lost,
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

// Asks a ClickHouse server, for as long as it takes: `fetch` gives up on an answer that begins late.
import { request } from "node:http";

/** The answer as text; what it says when it refuses is thrown. */
export function askClickHouse(url, body) {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece) => (text += piece));
      response.on("error", reject);
      response.on("end", () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(text)),
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

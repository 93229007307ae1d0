// Yardstick: reads every byte of a file, or of all files in a folder, and does nothing with them.
// usage: node bench/read-bytes.mjs PATH
import { closeSync, openSync, readSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const [, , path] = process.argv;
const files = statSync(path).isDirectory()
  ? readdirSync(path, { recursive: true })
      .map((name) => join(path, name))
      .filter((name) => statSync(name).isFile())
  : [path];
const piece = Buffer.allocUnsafe(1 << 20);
let bytes = 0;
for (const file of files) {
  const descriptor = openSync(file, "r");
  for (let size = readSync(descriptor, piece); size > 0; size = readSync(descriptor, piece)) {
    bytes += size;
  }
  closeSync(descriptor);
}
console.log(bytes);

// Loaded before a contender: says on stderr how much memory the process held at most.
process.on("exit", () => {
  process.stderr.write(`peak-memory ${process.resourceUsage().maxRSS}\n`);
});

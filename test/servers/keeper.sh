#!/bin/sh
# keeper.sh FOLDER SIGNAL: reads lines of process ids, each line replacing the one before. When its
# input ends, because the servers are stopped or because whoever started them is gone, it ends the
# processes of the last line and removes the folder, so that nothing outlives a test run.
trap '' INT TERM HUP
folder=$1
signal=$2
processes=
while read -r line; do processes=$line; done

# A process that has ended and that nobody has asked about yet, a zombie, is not alive.
alive() {
  for process in $processes; do
    kill -0 "$process" 2>/dev/null || continue
    grep -q '^State:[[:space:]]*Z' "/proc/$process/status" 2>/dev/null || return 0
  done
  return 1
}

for process in $processes; do kill -s "$signal" "$process" 2>/dev/null; done
turns=0
while alive; do
  turns=$((turns + 1))
  if [ "$turns" -gt 100 ]; then
    for process in $processes; do kill -s KILL "$process" 2>/dev/null; done
  fi
  [ "$turns" -gt 200 ] && break
  sleep 0.02
done

# A PostgreSQL that was killed leaves its segment of shared memory; line 7 holds its key and number.
if [ -f "$folder/data/postmaster.pid" ]; then
  ipcrm -m "$(sed -n '7s/.* //p' "$folder/data/postmaster.pid")" 2>/dev/null
fi
turns=0
until rm -rf -- "$folder" 2>/dev/null; do
  turns=$((turns + 1))
  [ "$turns" -gt 50 ] && break
  sleep 0.05
done

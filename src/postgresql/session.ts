// How a session is set up: so that every value has one spelling whatever the database's and the
// role's defaults are, and that a dead client's query ends.

/** Runs at once, before anything else. The last statement answers the process's number. */
export const SESSION = [
  "SET client_encoding = 'UTF8'",
  "SET TimeZone = 'UTC'",
  "SET DateStyle = 'ISO, YMD'",
  "SET IntervalStyle = 'iso_8601'",
  "SET bytea_output = 'hex'",
  "SET extra_float_digits = 1",
  "SET standard_conforming_strings = on",
  "SET statement_timeout = 0",
  "SET lock_timeout = 0",
  "SET idle_in_transaction_session_timeout = 0",
  // Not in every version. Compiling a long list of expressions takes longer than small logs do.
  "SELECT pg_catalog.set_config(name, CASE name WHEN 'jit' THEN 'off' WHEN 'idle_session_timeout' THEN '0' ELSE '1000' END, false) " +
    "FROM pg_catalog.pg_settings WHERE name IN ('jit', 'idle_session_timeout', 'client_connection_check_interval')",
  "SELECT pg_catalog.pg_backend_pid()",
].join("; ");

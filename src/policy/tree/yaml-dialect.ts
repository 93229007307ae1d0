// Unquoted YAML words that YAML 1.1 (which other programs read policies with) and YAML 1.2
// take for different values. A policy must not depend on who reads it.

const DIFFERENT: readonly (readonly [RegExp, string])[] = [
  [/^(?:yes|Yes|YES|on|On|ON)$/u, "true"],
  [/^(?:no|No|NO|off|Off|OFF)$/u, "false"],
  [/^[-+]?0b[01_]+$/u, "a binary number"],
  [/^0o[0-7]+$/u, "text"],
  [/^[-+]?0+[1-7][0-7]+$/u, "an octal number"],
  [/^[-+]?0\d*[89]\d*$/u, "text"],
  [/^[-+]?\d[\d_]*_[\d_]*(?:\.[\d_]*)?$/u, "a number without its underscores"],
  [/^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/u, "a number in base 60"],
  [/^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/u, "a number in base 60"],
  [/^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/u, "a date"],
  [/^[-+]?\d+e[-+]?\d+$/iu, "text"],
  [/^[-+]?(?:\d+\.\d*|\.\d+)e\d+$/iu, "text"],
];

/** What YAML 1.1 reads where it differs from YAML 1.2; undefined where they agree. */
export function readOtherwise(source: string): string | undefined {
  return DIFFERENT.find(([pattern]) => pattern.test(source))?.[1];
}

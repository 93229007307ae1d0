// What the place that shows the text can do: how wide it is, and whether it wants colour.

/** The parts of a stream that are asked about. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Width in cells where nothing says otherwise. */
const USUAL_WIDTH = 80;

/** Width in cells: COLUMNS where it is set (as POSIX has it), else the terminal's own, else 80. */
export function widthOf(screen: Screen, environment: Environment): number {
  const wanted = Number(environment["COLUMNS"]);
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  return screen.columns === undefined || screen.columns < 1 ? USUAL_WIDTH : screen.columns;
}

/**
 * Whether colour is wanted: the flag decides, then NO_COLOR (no-color.org), then FORCE_COLOR
 * (`0` and `false` mean no), then whether a terminal that is not `dumb` reads along.
 */
export function wantsColor(
  screen: Screen,
  environment: Environment,
  asked: boolean | undefined,
): boolean {
  if (asked !== undefined) return asked;
  if (isSet(environment["NO_COLOR"])) return false;
  const forced = environment["FORCE_COLOR"];
  if (isSet(forced)) return forced !== "0" && forced !== "false";
  return canRedraw(screen, environment);
}

/** Whether a line that was written can be replaced by another. */
export function canRedraw(screen: Screen, environment: Environment): boolean {
  return screen.isTTY === true && environment["TERM"] !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

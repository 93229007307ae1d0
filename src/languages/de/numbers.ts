// German numbers: `1.204`, `98,7 %`, `02.03.2026`.

import { numbersWith } from "../figure-words.ts";
import type { Numbers } from "../numbers.ts";

/** Numbers as a German report writes them. */
export const NUMBERS: Numbers = numbersWith({
  thousands: ".",
  point: ",",
  noShare: "kein Anteil",
  justAboveZero: "knapp über 0 %",
  justBelowHundred: "knapp unter 100 %",
  and: "und",
  units: {
    day: ["Tag", "Tage"],
    hour: ["Stunde", "Stunden"],
    minute: ["Minute", "Minuten"],
    second: ["Sekunde", "Sekunden"],
  },
  day: (year, month, day) => `${day}.${month}.${year}`,
});

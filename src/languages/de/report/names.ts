// German words of the program's closed vocabularies.

import type { NameWords } from "../../words/report/names.ts";
import { count, counted } from "./counted.ts";

/** Words for keys. */
export const NAMES: NameWords = {
  results: {
    pass: "BESTANDEN",
    warn: "WARNUNG",
    fail: "NICHT BESTANDEN",
    no_exception: "KEINE ABWEICHUNG",
    inconclusive: "NICHT ENTSCHEIDBAR",
    not_applicable: "NICHT ANWENDBAR",
    context: "ANGABE",
    not_assessed: "NICHT BEURTEILT",
    error: "FEHLER",
  },
  resultsInText: {
    pass: "bestanden",
    warn: "Warnung",
    fail: "nicht bestanden",
    no_exception: "keine Abweichung",
    inconclusive: "nicht entscheidbar",
    not_applicable: "nicht anwendbar",
    context: "Angabe",
    not_assessed: "nicht beurteilt",
    error: "Fehler",
  },
  amount: (result, findings) => {
    switch (result) {
      case "warn":
        return counted(findings, "Warnung", "Warnungen");
      case "context":
        return counted(findings, "Angabe", "Angaben");
      case "no_exception":
        return `${count(findings)} ohne Abweichung`;
      default:
        return `${count(findings)} ${NAMES.resultsInText[result]}`;
    }
  },
  severities: {
    critical: "kritisch",
    high: "hoch",
    medium: "mittel",
    low: "niedrig",
    warning: "Warnung",
    info: "Hinweis",
  },
  reasons: {
    "not-exercised": "nichts dergleichen ist vorgekommen",
    "not-recorded": "das Protokoll zeichnet nicht auf, was die Prüfung braucht",
    "too-few": "zu wenige Einträge",
    "missing-input": "eine Angabe neben dem Protokoll fehlt",
    "record-in-doubt": "die Aufzeichnung selbst ist zweifelhaft",
  },
  reasonHeadings: {
    "not-recorded": "Das Protokoll zeichnet nicht auf, was die Prüfungen brauchen",
    "missing-input": "Eine Angabe neben dem Protokoll fehlt",
    "too-few": "Zu wenig ist aufgezeichnet",
    "not-exercised": "Nichts dergleichen ist vorgekommen",
    "record-in-doubt": "Die Aufzeichnung selbst ist zweifelhaft",
    unstated: "Kein Grund ist angegeben",
  },
  bands: {
    "critical exceptions": "eine Prüfung eines kritischen Kriteriums wurde nicht bestanden",
    "significant exceptions":
      "eine Prüfung eines Kriteriums mit hohem Schweregrad wurde nicht bestanden",
    "minor exceptions":
      "Prüfungen haben Abweichungen gefunden; unter den nicht bestandenen Kriterien ist keines mit kritischem oder hohem Schweregrad",
    "no exceptions in the tests run":
      "jede entscheidende Prüfung, die eine Antwort fand, blieb innerhalb ihrer Grenzwerte, und keine unterstützende fiel durch",
    "not enough evidence": "zu wenig ließ sich entscheiden, um mehr zu sagen",
  },
  bases: {
    law: "Gesetz",
    standard: "Norm",
    "analogy-to-a-standard": "Analogie zu einer Norm",
    "audit-practice": "Prüfungspraxis",
    statistic: "Statistik",
    "zero-tolerance": "Nulltoleranz",
    "engineering-default": "technische Voreinstellung",
    owner: "eigene Vorgabe der Organisation",
  },
  textUses: {
    official: "der eigene Text des Herausgebers",
    "own-words": "Kennungen, mit Titeln in unseren eigenen Worten",
    identifiers: "Kennungen, mit Titeln in unseren eigenen Worten",
  },
  rejections: {
    "not-an-entry": "er ist weder Objekt noch Zeile",
    malformed: "er ist kein JSON-Wert und keine Zeile, oder er ist abgeschnitten",
    "invalid-utf-8": "seine Bytes sind kein Text",
    "duplicate-key":
      "er nennt einen Schlüssel zweimal, sodass zwei Leser zwei verschiedene Sätze sehen können",
    "too-long": "er ist länger als für einen Satz zulässig",
    "damaged-file": "die Datei lässt sich von dort an nicht entpacken oder lesen",
    "unreadable-timestamp": "er hat keine lesbare Zeit, und nach einem Zeitraum wurde gefragt",
  },
  overrides: { definition: "Definition", limits: "Grenzwerte" },
  lintSeverities: { error: "Fehler", warning: "Warnung", info: "Hinweis" },
  notRecorded: "nicht aufgezeichnet",
  withoutId: "ohne Kennung",
  yes: "ja",
  no: "nein",
};

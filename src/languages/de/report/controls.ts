// German labels of what a format adds so that a document can be used.

import type { Controls } from "../../words/report/controls.ts";

/** Labels in German. */
export const CONTROLS: Controls = {
  contents: "Inhalt",
  skip: "Zum Bericht springen",
  search: "Suchen",
  searchHint: "Kriterium, Prüfung, Agent, Eintrag",
  show: "Prüfungen und Kriterien anzeigen",
  expandAll: "Alle öffnen",
  collapseAll: "Alle schließen",
  print: "Drucken",
  data: "Die Zahlen dahinter",
  page: "Seite {page} von {pages}",
  found: "{shown} von {total}",
  severity: "Schweregrad",
  hidden: "Ihre Auswahl blendet einige Einträge aus.",
  jsonLeftOut:
    "Die JSON-Form dieses Berichts ist zu groß, um hier enthalten zu sein; sie liegt im Nachweispaket.",
  cut: "Die ersten {shown} von {total}",
};

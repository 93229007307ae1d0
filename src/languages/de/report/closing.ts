// What a German report says at its end.

import type { ClosingWords } from "../../words/report/closing.ts";

/** Words of the last two sections. */
export const CLOSING: ClosingWords = {
  evidence: {
    title: "Wo die vollständigen Nachweise sind",
    where:
      "Dieses Dokument führt von einer Feststellung oder einer Prüfung höchstens 50 Abweichungen auf. Das Nachweispaket, das derselbe Befehl mit --bundle schreibt, enthält zu jeder Messung alle Einträge, die Abweichungen sind, als JSON Lines und als CSV, dazu diesen Bericht in jedem Format und die Prüfsummen aller Dateien.",
    complete: "Jede gefundene Abweichung ist in diesem Dokument aufgeführt.",
    caption: "Abweichungen, die hier nicht alle aufgeführt sind",
    of: "Feststellung oder Prüfung",
    exceptions: "Abweichungen",
    shown: "Hier aufgeführt",
    samples: "Für Prüfer gezogene Einträge",
    measure: "Messung",
    population: "Grundgesamtheit",
    drawn: "Gezogen",
    entries: "Einträge",
    samplesHow:
      "Startwert und Kennungen entscheiden, welche Einträge gezogen werden, nicht deren Inhalt; wie, steht unter der Methode. Das Stichprobenblatt des Nachweispakets zeigt jeden von ihnen.",
  },
  verify: {
    title: "Wie sich dieser Bericht nachprüfen lässt",
    inputs:
      "Prüfen Sie zuerst, ob Sie dieselben Protokolle haben. Jede Zeile gibt eine Prüfsumme aus; sie muss mit der in der Tabelle der Eingaben übereinstimmen:",
    again:
      "Erstellen Sie dann den Bericht noch einmal, mit derselben Version des Werkzeugs, derselben Zeit und, soweit vorhanden, derselben Richtlinie und Konfiguration:",
    same: "Dieselben Eingaben ergeben denselben Bericht, Byte für Byte.",
  },
};

// What a German report says about what its results rest on.

import type { BasisWords } from "../../words/report/basis.ts";
import { count, counted } from "./counted.ts";

/** Words about limits, classes, configuration and method. */
export const BASIS: BasisWords = {
  notAssessed: {
    title: "Nicht beurteilt",
    none: "Das Rahmenwerk nennt keine Anforderung, auf die ein Agentenprotokoll nicht antworten könnte.",
    introduction:
      "Auf diese Anforderungen kann ein Agentenprotokoll nicht antworten. Sie sind offen, nicht bestanden; die letzte Spalte sagt, wonach zu fragen ist.",
    caption: "Anforderungen, die nicht beurteilt wurden",
    criterion: "Kriterium",
    criteria: "Kriterien",
    requirements: "Anforderungen",
    why: "Warum ein Agentenprotokoll es nicht zeigen kann",
    ask: "Wonach zu fragen ist",
  },
  classes: {
    title: "Klassen von Aktionen",
    introduction:
      "Klassen sind heuristisch: Eine Aktion gehört wegen der Wörter in ihrem Namen, ihrem Ziel oder ihren Parametern zu einer Klasse. Prüfungen über eine Klasse sind so gut wie deren Definition. Sehen Sie sich die Treffer an; eine Klasse, die nichts oder zu viel findet, braucht eine eigene Definition.",
    caption: "Klassen von Aktionen und wie oft sie gefunden wurden",
    name: "Klasse",
    meaning: "Bedeutung",
    entries: "Einträge im Prüfungsumfang",
    definition: "Definition",
    replaced: "(durch die Konfiguration ersetzt)",
  },
  limits: {
    title: "Grenzwerte",
    introduction:
      "Grenzwerte werden in der gezeigten Reihenfolge versucht; der erste, der zutrifft, entscheidet. Ein Vergleich mit einer nicht bestimmten Zahl trifft nicht zu. Wo die Grundlage eine technische Voreinstellung ist, sollte die Organisation einen eigenen Grenzwert setzen.",
    caption: "Die Grenzwerte aller Prüfungen und woher sie kommen",
    test: "Prüfung",
    limits: "Grenzwerte",
    basis: "Grundlage",
    why: "Warum dort",
  },
  overrides: {
    title: "Was die Konfiguration ändert",
    caption: "Was die Konfiguration ändert",
    what: "Was",
    name: "Name",
    from: "Wie mitgeliefert",
    to: "Wie hier verwendet",
    why: "Warum",
  },
  inputs: {
    title: "Angaben neben dem Protokoll",
    caption: "Angaben neben dem Protokoll und welche Prüfungen nach ihnen fragen",
    input: "Angabe",
    given: "Vorhanden",
    holds: "Was sie enthält",
    from: "Aus",
    measures: "Messungen, die sie verwenden",
  },
  questions: {
    title: "Fragen und Termine",
    caption: "Fragen zur Organisation",
    question: "Frage",
    answer: "Antwort",
    unknown: "unbekannt; alles wird als anwendbar angenommen",
    dates: "Ab wann welcher Teil gilt",
    from: "Ab",
    what: "Was",
    now: "Zur Zeit dieses Berichts",
    binding: "gilt",
    notBinding: "gilt noch nicht",
  },
  method: {
    title: "Methode und Versionen",
    period: "Zeitraum",
    generated: "Bericht erstellt",
    tool: "Werkzeug",
    toolAndSchema: (tool, version, schema) => `${tool} ${version}; Berichtsschema ${schema}`,
    framework: "Rahmenwerk",
    frameworkEdition: (title, edition, id) =>
      `${title}, Ausgabe ${edition} (${id}), SHA-256 {digest}`,
    publisher: "Herausgeber",
    publication: (textUse, reviewed) =>
      `{publisher}; Quelle: {source}; Lizenz des Textes: {licence}; was hier davon steht: ${textUse}; zuletzt mit der Quelle verglichen: ${reviewed}`,
    criteria: "Kriterien hier",
    criteriaByMode: (tested, disproveOnly, figures, rest) =>
      `${count(tested)} teilweise prüfbar, ${count(disproveOnly)} nur widerlegbar (sie zählen als prüfbar, sobald sie widerlegt sind), ${count(figures)} nur mit Angaben; ${rest}`,
    scoring: "Punktzahl",
    points:
      "100 abzüglich der Punkte, die Feststellungen kosten, und höchstens der Anteil des Gewichts, der sich entscheiden ließ, abgerundet; keine ohne einen Eintrag im Prüfungsumfang oder ohne ein entschiedenes Kriterium",
    weighted:
      "ein Mittelwert über die entschiedenen Kriterien mit den Gewichten kritisch 10, hoch 7,5, mittel 5, niedrig 2,5; „bestanden“ zählt ganz, eine Warnung halb, „nicht bestanden“ gar nicht; höchstens 49, wenn ein kritisches, und höchstens 79, wenn ein hohes Kriterium nicht bestanden ist; Kriterien, die sich nur widerlegen lassen, und Warnungen durch unterstützende Prüfungen neben offenen können den Wert senken und nie heben; keine bei weniger als 20 Einträgen, bei weniger als der Hälfte des prüfbaren Gewichts oder bei zweifelhafter Aufzeichnung",
    comparison: "Vergleich",
    notComparable:
      "Punktzahlen verschiedener Rahmenwerke oder Ausgaben dürfen nicht gemittelt oder verglichen werden, denn sie haben Prüfungen gemeinsam",
    configuration: "Eigene Konfiguration",
    asText: "als Text angegeben",
    definitions: "Gemeinsame Definitionen der Messungen",
    reading: "Wie Zahlen zu lesen sind",
    shares:
      "Anteile haben eine Nachkommastelle; ein ganzes oder halbes Prozent steht nur da, wo es genau ist. Listen enden nach 50; die Zahlen daneben sind immer vollständig.",
    texts:
      "Ein Strich steht für nicht Aufgezeichnetes. Zeichen ohne eigene Gestalt stehen als umgekehrter Schrägstrich, Buchstabe u und ihre Nummer in Unicode da, und lange Texte sind gekürzt, mit Angabe ihrer Länge. Wo ein Format aus einem Namen, einer Nummer oder einer Adresse des Protokolls eine Erwähnung oder einen Verweis machen könnte, trennt es sie durch Unsichtbares. Die JSON-Form dieses Berichts ändert und kürzt keinen Text; was maskiert ist, ist es auch dort.",
    masking: "Maskierung",
    masked: (texts) =>
      `Geheimnisse und personenbezogene Daten in den Nachweisen sind maskiert; maskiert wurde etwas in ${counted(texts, "Text", "Texten")} dieses Berichts`,
    revealed:
      "Geheimnisse und personenbezogene Daten stehen so da, wie das Protokoll sie enthält. Der angegebene Grund: {reason}",
    translation: "Übersetzung",
    sampling: "Stichproben",
    sampled: (size) =>
      `je ${count(size)} aus der Grundgesamtheit jeder Messung, oder alle, wo es weniger sind: diejenigen mit der kleinsten SHA-256-Summe aus Startwert, Messung und Eintrag. Der Startwert ist {seed}; wer das Protokoll und den Startwert hat, zieht dieselben`,
    digests: "Prüfsummen der Messungen",
    measure: "Messung",
  },
};

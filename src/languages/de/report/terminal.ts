// What a German report says at a terminal.

import type { TerminalWords } from "../../words/report/terminal.ts";
import { count, counted } from "./counted.ts";

/** Words of the terminal format. */
export const TERMINAL: TerminalWords = {
  labels: {
    period: "Zeitraum",
    about: "Hinweis",
    summary: "Überblick",
    coverage: "Abdeckung",
    band: "Einstufung",
    noScore: "Ohne Punkte",
    heldDown: "Begrenzt",
    inDoubt: "Zweifelhaft",
    readiness: "Vorbereitung",
    overdue: "Überfällig",
    framework: "Rahmenwerk",
    unmasked: "Unmaskiert",
    actions: "Aktionen",
    decisions: "Entscheidung",
    answers: "Antworten",
    enforcement: "Durchsetzung",
    record: "Aufzeichnen",
    mapping: "Zuordnung",
    input: "Eingabe",
    entries: "Einträge",
    covers: "Umfasst",
    note: "Auffällig",
    policy: "Richtlinie",
    configuration: "Konfiguration",
    overridden: "Ersetzt",
    notGiven: "Fehlt",
    notAssessed: "Unbeurteilt",
    details: "Einzelheiten",
  },
  below: {
    why: "Grund",
    fix: "Abhilfe",
    see: "Siehe",
    cap: "Grenze",
    open: "Offen",
    need: "Bedarf",
  },
  headings: {
    noFindings: "Feststellungen: keine",
    findings: (tally) => `Feststellungen: ${tally}`,
    criteria: (tally) => `Kriterien: ${tally}`,
    tests: "Prüfungen außerhalb oder zwischen ihren Grenzwerten",
    open: "Was offen geblieben ist",
    others: (criteria) =>
      criteria === 1 ? "Das übrige Kriterium" : `Die übrigen ${count(criteria)} Kriterien`,
    fix: "Das Protokoll verbessern",
    log: "Protokoll",
    passed: "Bestanden: die entscheidenden Prüfungen blieben innerhalb ihrer Grenzwerte",
    noException: "Keine Abweichung in entscheidenden Prüfungen, die nur widerlegen können",
    figures: "Angaben ohne Urteil",
    notApplicable: "Nicht anwendbar",
  },
  periodIn: (days) => `${days}, UTC`,
  score: (score, grade) => `Punktzahl ${score} von 100, Note ${grade}`,
  evidenceScore: (score, grade) => `Punktzahl der Nachweise ${score} von 100, Note ${grade}`,
  notGraded: (why) => `Nicht benotet: ${why}`,
  heldDown: (at, uncapped, by) => `auf ${count(at)} statt ${count(uncapped)} durch ${by}`,
  band: (name, means) => `${name}: ${means}`,
  policyUnrecorded: "das Protokoll zeichnet nicht auf, was die Richtlinie entschieden hat",
  answersUnrecorded: "vom Protokoll nicht aufgezeichnet",
  actions: (total, letThrough, asked, blocked) =>
    `${count(total)}, davon ${count(letThrough)} zugelassen, ${count(asked)} einem Menschen vorgelegt, ${count(blocked)} blockiert`,
  answers: (approved, denied, unanswered) =>
    `${count(approved)} genehmigt, ${count(denied)} abgelehnt, ${count(unanswered)} unbeantwortet`,
  noActions: "keine Aktionen, von denen ein Anteil zu bilden wäre",
  enforcement: (share) => `${share} der Aktionen mit einer Entscheidung der Richtlinie`,
  countOf: (value, population) => `${count(value)} von ${count(population)}`,
  lost: (points) => `${counted(points, "Punkt", "Punkte")} Abzug`,
  entries: (names, amount) => `${amount === 1 ? "Eintrag" : "Einträge"} ${names}`,
  andMore: (named, more) => `${named} und ${count(more)} weitere`,
  rules: (names, amount, findings) =>
    `${amount === 1 ? "Regel" : "Regeln"} ${names}: ${counted(findings, "Befund", "Befunde")}`,
  defaults: (findings) => `die Voreinstellungen: ${counted(findings, "Befund", "Befunde")}`,
  opens: (field, criteria, weight) => `${field}: öffnet ${criteria}; Gewicht ${count(weight)}`,
  openedWith: (criterion, fields) => `${criterion} (mit ${fields})`,
  moreFields: (more) => `und ${counted(more, "weiteres Feld", "weitere Felder")}`,
  leftOut: (files) =>
    files === 1
      ? "1 Datei neben den Eingaben nicht gelesen, weil sie kein Protokoll ist"
      : `${count(files)} Dateien neben den Eingaben nicht gelesen, weil sie keine Protokolle sind`,
  withoutAction: (actions, records, without) =>
    `${counted(actions, "Aktion", "Aktionen")} in ${counted(records, "Satz", "Sätzen")}, davon ${count(without)} ohne Aktion`,
  unmapped: (fields) => `${counted(fields, "Rohfeld", "Rohfelder")} ohne Zuordnung`,
  unknownWords: (words) => `${counted(words, "Wort", "Wörter")} außerhalb der Tabellen`,
  mapping: (id, version) => `${id}, Version ${version}`,
  inputDigest: (name, digest) => `${name}, SHA-256 ${digest}`,
  moreInputs: (more) => `und ${counted(more, "weitere Eingabe", "weitere Eingaben")}`,
  counts: ({ read, rejected, duplicate, outOfPeriod, inScope }) =>
    `${count(read)} gelesen, ${count(rejected)} abgewiesen, ${count(duplicate)} doppelt, ` +
    `${count(outOfPeriod)} außerhalb des Zeitraums, ${count(inScope)} im Prüfungsumfang; `,
  tie: "die Summen gehen auf",
  untied: "DIE SUMMEN GEHEN NICHT AUF",
  covers: (span) => `${span}, vom ersten bis zum letzten Eintrag`,
  oddities: {
    unreadable: (entries) => `${count(entries)} mit einer Zeit, die sich nicht lesen lässt`,
    naive: (entries) => `${count(entries)} mit einer Zeit ohne Zeitzone, als UTC gelesen`,
    unordered: (entries) => `${count(entries)} mit früherer Zeit als der Eintrag davor`,
    future: (entries) => `${count(entries)} mit späterer Zeit als dieser Bericht`,
    repeated: (entries) => `${count(entries)} mit wiederholter Kennung`,
    missing: (ids) => `${count(ids)} fehlen nach der Folge der Kennungen`,
  },
  noPolicy: "keine angegeben",
  policy: (rules, unknown, weaknesses) =>
    `${counted(rules, "Regel", "Regeln")}; das Protokoll nennt ${count(unknown)}, die sie nicht hat; ` +
    counted(weaknesses, "Schwäche", "Schwächen"),
  notGiven: (input, measures) => `${input}, gebraucht von ${measures}`,
  requirements: (rows) => counted(rows, "Anforderung oder Bereich", "Anforderungen oder Bereiche"),
  details:
    "Die anderen Formate dieses Berichts enthalten die Abweichungen, die Angaben zur Grundgesamtheit, die Grenzwerte und die Prüfsummen.",
};

// What a German report says before its first section.

import type { OpeningWords } from "../../words/report/opening.ts";
import { count, counted } from "./counted.ts";

/** Head, notice, cover, conclusion and key figures. */
export const OPENING: OpeningWords = {
  title: (reportType) => `${reportType}-Compliance-Bericht`,
  titleOf: (framework) => `${framework}: was das Agentenprotokoll zeigt`,
  period: (days) => `Zeitraum: ${days}`,
  days: (from, to) => `${from} bis ${to}`,
  unknown: "unbekannt",
  unknownPeriod: "unbekannt (kein Eintrag mit lesbarer Zeit)",
  lead: "Zusammenfassung",
  notice:
    "Dies sind Nachweise, die eine Software aus Protokollen der Organisation erstellt hat. " +
    "Der Bericht sagt, was geprüft wurde, an wie vielen Einträgen, zwischen welchen Tagen, und was nicht. " +
    "Er ist kein Prüfungsurteil.",
  readiness: "Vorbereitung.",
  overdue: "Abgleich überfällig.",
  inDoubt: {
    strong: "Die Aufzeichnung selbst ist zweifelhaft.",
    rest: "Jedes „bestanden“ in diesem Bericht beruht auf ihr; deshalb gibt es keine Punktzahl.",
  },
  untied: {
    strong: "Die Summen gehen nicht auf.",
    rest: "Was gelesen wurde und was daraus geworden ist, stimmt nicht überein; der Bericht ist deshalb zweifelhaft.",
  },
  revealed: {
    strong: "Die Nachweise sind nicht maskiert.",
    rest: "Geheimnisse und personenbezogene Daten stehen darin so, wie das Protokoll sie enthält. Der angegebene Grund: {reason}",
  },
  untranslated: (texts) =>
    texts === 1
      ? "Ein Text des Rahmenwerks und seiner Messungen steht auf Englisch, weil ihn niemand übersetzt hat."
      : `${count(texts)} Texte des Rahmenwerks und seiner Messungen stehen auf Englisch, weil sie niemand übersetzt hat.`,

  score: (score, grade) => `Punktzahl: ${score} von 100. Note: ${grade}.`,
  evidenceScore: (score, grade) => `Punktzahl der Nachweise: ${score} von 100. Note: ${grade}.`,
  notGraded: (why) => `Nicht benotet: ${why}.`,
  noScore: "Keine Punktzahl.",
  noGrade: "keine",
  noEntry: "kein Eintrag fällt in den Prüfungsumfang",
  nothingDecided: "anhand dieses Protokolls ließ sich nichts entscheiden",
  tooLittleDecided: "anhand dieses Protokolls ließ sich zu wenig entscheiden",
  criteriaOf: (decided, total, framework) =>
    total === undefined
      ? `${counted(decided, "Kriterium", "Kriterien")} (${framework})`
      : `${count(decided)} von ${counted(total, "Kriterium", "Kriterien")} (${framework})`,
  decided: (criteria) => `Entschieden: ${criteria}.`,
  band: (means) => `Einstufung: {band} (${means}).`,
  withheld: "Es gibt keine Punktzahl. Der Grund: {why}.",
  capped: (at, uncapped) =>
    `Die Punktzahl läge bei ${count(uncapped)}; sie ist auf ${count(at)} begrenzt, weil {by} nicht bestanden ist.`,

  cover: {
    organisation: "Organisation",
    system: "System",
    contact: "Kontakt",
    period: "Zeitraum",
    framework: "Rahmenwerk",
    inputs: "Gelesene Protokolle",
    generated: "Erstellt",
    tool: "Werkzeug",
  },
  bothIncluded: (from, to) => `${from} bis ${to}, beide eingeschlossen`,
  edition: (framework, edition) => `${framework}, Ausgabe ${edition}`,
  moreInputs: (more) => `${count(more)} weitere`,

  figures: {
    total: "Aktionen insgesamt",
    enforcement: "Durchsetzungsquote",
    blocked: "Von der Richtlinie blockiert",
    approval: "Genehmigung durch Menschen verlangt",
    letThrough: "Ohne Rückfrage zugelassen",
    coverage: "Abdeckung",
    findings: "Feststellungen",
    decisions: "Entscheidungen der Richtlinie",
  },
  policyUnrecorded: "Das Protokoll zeichnet nicht auf, was die Richtlinie entschieden hat.",
  noActions: "keine, denn es gibt keine Aktionen, von denen ein Anteil zu bilden wäre",
  carryDecision: (decided, total) =>
    `${count(decided)} von ${counted(total, "Aktion", "Aktionen")} mit einer Entscheidung der Richtlinie`,
  answers: (approved, denied, unanswered) =>
    `, davon genehmigt ${count(approved)}, abgelehnt ${count(denied)}, unbeantwortet ${count(unanswered)}`,
  answersUnrecorded: "; was die Menschen geantwortet haben, zeichnet das Protokoll nicht auf",
  coverageRest: (possible, weightDecided, weightPossible) =>
    ` entschieden; ein vollständiges Protokoll derselben Aktionen könnte ${count(possible)} entscheiden; entschiedenes Gewicht ${count(weightDecided)} von ${count(weightPossible)}`,
  foot: (tool, version, generated) => `${tool} ${version} · erstellt am ${generated}`,
};

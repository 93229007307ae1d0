// What a German report says about findings and tests.

import type { FindingWords } from "../../words/report/findings.ts";
import { count, counted } from "./counted.ts";

/** Results, exceptions, what stayed open, what passed. */
export const FINDINGS: FindingWords = {
  first: {
    title: "Was zuerst zu tun ist",
    caption: "Was zuerst zu tun ist, das Schwerste zuerst",
    introduction: "Die leeren Felder sind für diejenigen, die sich darum kümmern.",
  },
  activity: {
    title: "Aktivität",
    untimed: (entries) =>
      entries === 1
        ? "Ein Eintrag hat keine lesbare Zeit und steht in keinem Bild über die Zeit."
        : `${count(entries)} Einträge haben keine lesbare Zeit und stehen in keinem Bild über die Zeit.`,
  },
  results: {
    title: "Ergebnisse",
    caption: "Alle Kriterien in der Reihenfolge des Rahmenwerks",
  },
  exceptions: {
    title: "Abweichungen",
    introduction:
      "Jede Feststellung, bei der etwas zu tun ist, mit den Einträgen, auf denen sie beruht.",
    testsIntroduction:
      "Jede Prüfung außerhalb oder zwischen ihren Grenzwerten steht hier einmal, mit allen Kriterien, die sie berührt.",
  },
  columns: {
    result: "Ergebnis",
    criterion: "Kriterium",
    title: "Titel",
    severity: "Schweregrad",
    observed: "Beobachtet",
    population: "Grundgesamtheit",
    exceptions: "Abweichungen",
    pointsLost: "Punktabzug",
    tests: "Prüfungen",
    test: "Prüfung",
    change: "Was zu ändern ist",
    owner: "Verantwortlich",
    due: "Fällig am",
    response: "Stellungnahme der Organisation",
    whyOpen: "Warum es keine Antwort gibt",
    help: "Was eine Antwort ermöglichen würde",
    criteria: "Kriterien",
    saw: "Was beobachtet wurde",
    shows: "Was das Protokoll zeigt",
    notShown: "Was es nicht zeigt",
  },
  evidence: {
    entry: "Eintrag",
    time: "Zeit",
    agent: "Agent",
    action: "Aktion",
    target: "Ziel",
    rule: "Regel",
    decision: "Entscheidung",
    human: "Mensch",
    result: "Ausgang",
  },
  facts: {
    noVerdict: "Warum es kein Ergebnis gibt",
    severity: "Schweregrad",
    category: "Kategorie",
    points: "Punktabzug",
    population: "Grundgesamtheit",
    exceptions: "Abweichungen",
    observed: "Beobachtet",
    passesWhen: "Bestanden, wenn",
    measuredBy: "Gemessen durch",
    question: "Frage",
    touches: "Berührt",
    limits: "Grenzwerte",
    basis: "Grundlage der Grenzwerte",
    numbers: "Zahlen",
    heuristic: "Heuristik",
  },
  change: "Was zu ändern ist:",
  heldBecause: "Mehr als eine Warnung ist nicht erreichbar: {why}",
  entries: (amount) => counted(amount, "Eintrag", "Einträge"),
  groups: (amount) => counted(amount, "Gruppe", "Gruppen"),
  rules: (amount) => counted(amount, "Regel", "Regeln"),
  findings: (amount) => counted(amount, "Befund", "Befunde"),
  exceptionsWithin: (amount) =>
    `${counted(amount, "Abweichung", "Abweichungen")} innerhalb der Grenzwerte`,
  shareOf: (share, part, whole) => `${share} (${count(part)} von ${count(whole)})`,
  rulePopulation: (rules) =>
    `${counted(rules, "Regel", "Regeln")} (die Voreinstellungen zählen als eine)`,
  ruleExceptions: (findings, about) =>
    `${counted(findings, "Befund", "Befunde")}; betroffen: ${about}`,
  theDefaults: "die Voreinstellungen",
  defaults: "Voreinstellungen",
  recordOnly: "kein Kriterium; sie sagt, ob auf die Aufzeichnung Verlass ist",
  roles: { decisive: "entscheidend", supporting: "unterstützend", figures: "Angabe" },
  touch: (criterion, severity, role, result) => `${criterion} (${severity}, ${role}: ${result})`,
  heuristic: "Die Prüfung beruht auf Aktionen, die an Wörtern erkannt werden ({classes}).",
  testFor: (code, criterion) => `${code} für ${criterion}`,
  supporting: "unterstützend:",
  supportingTest: "unterstützend",
  noTest: "keine Prüfung",

  limitWhen: (result) => `${result}, wenn {condition}`,
  limitElse: (result) => `sonst ${result}`,
  figureOnly: "keine; sie liefert eine Angabe",

  notes: {
    open: "entscheidende Prüfungen offen",
    inDoubt: "Aufzeichnung zweifelhaft",
    bindsFrom: (date) => `gilt ab ${date}`,
    withWarning: "mit Warnung",
  },

  tables: {
    response: "Stellungnahme der Organisation",
    exceptions: (listed) => `Abweichungen, ${listed}, nach Zeit`,
    pairs: (listed) => `Abweichungen, ${listed}, jeweils mit dem Eintrag, der sie dazu macht`,
    silences: (listed) => `Lücken, ${listed}, nach Zeit`,
    groups: (listed) => `Gruppen, ${listed}, die größten zuerst`,
    values: "Werte, die häufigsten zuerst",
    valuesListed: "Werte, die häufigsten zuerst, so viele wie aufgeführt werden",
    weaknesses: (listed) => `Schwächen der Richtlinie, ${listed}`,
    before: "Letzter Eintrag davor",
    after: "Erster Eintrag danach",
    at: "Zeit",
    silence: "Lücke",
    group: "Gruppe",
    number: "Einträge",
    amount: "Anzahl",
    share: "Anteil an der Grundgesamtheit",
    value: "Wert",
    no: "Nr.",
    which: "Welcher",
    earlier: "zuerst",
    later: "danach",
    line: "Zeile",
  },
  all: (total) => (total === 1 ? "die einzige" : `alle ${count(total)}`),
  firstOf: (shown, total) =>
    shown === 1
      ? `die erste von ${count(total)}`
      : `die ersten ${count(shown)} von ${count(total)}`,
  andMore: (more) => `{named} und ${count(more)} weitere`,
  notListed: "nicht aufgeführt",
  within: (exceptions) => `Abweichungen: ${count(exceptions)} (Einträge {entries}).`,

  open: {
    title: "Was offen geblieben ist",
    nothing:
      "Nichts ist offen geblieben: Auf jedes Kriterium, nach dem gefragt wurde, gibt es eine Antwort.",
    caption: "Prüfungen ohne Antwort",
  },
  fix: {
    title: "Das Protokoll verbessern",
    introduction: (weight) =>
      `Diese Felder werden nicht aufgezeichnet. Mit jedem von ihnen ließen sich die Kriterien daneben prüfen; das Gewicht bezieht sich auf ${count(weight)}, die ein vollständiges Protokoll entscheiden könnte.`,
    caption: "Felder, die aufzuzeichnen wären, die wertvollsten zuerst",
    record: "Feld",
    opens: "Kriterien, die dadurch prüfbar würden",
    weight: "Gewicht",
    alone: "Allein",
    together: "(zusammen mit {fields})",
  },

  passed: {
    title: "Innerhalb der Grenzwerte, und Angaben",
    pass: "Bestanden",
    introduction: (actions, days) =>
      `In ${counted(actions, "aufgezeichneten Agentenaktion", "aufgezeichneten Agentenaktionen")} (${days}) blieben die Prüfungen, die diese Kriterien entscheiden, innerhalb ihrer Grenzwerte.`,
    reach:
      "Sie betreffen Aktionen von Agenten, die in dieses Protokoll gelangt sind; was sie nicht zeigen, steht weiter unten.",
    contrary: "Daneben weicht eine unterstützende Prüfung ab: {criteria}.",
    figures: "Angaben ohne Urteil",
    noException: "Keine Abweichung gefunden",
    noExceptionIntroduction:
      "Prüfungen dieser Kriterien können nur widerlegen. Die entscheidenden blieben innerhalb ihrer Grenzwerte, was keine Punkte bringt: Wonach sie suchen, kann dort geschehen, wo dieses Protokoll nicht hinsieht.",
    notApplicable: "Nicht anwendbar",
    quiet: "Prüfungen innerhalb ihrer Grenzwerte, und Angaben",
    quietCaption: "Prüfungen innerhalb ihrer Grenzwerte, Angaben und nicht anwendbare Prüfungen",
    record: "die Aufzeichnung selbst",
  },
  reach: {
    title: "Was das Protokoll zeigt und was nicht",
    caption: "Was das Protokoll zu jedem Kriterium zeigt und was nicht",
  },
};

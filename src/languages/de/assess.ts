// German sentences of the report document.

import type { EntryField } from "../../model/audit-entry.ts";
import type { InputPart, InputWay } from "../../model/population.ts";
import type { Reason, Result } from "../../model/result.ts";
import type {
  AssessWords,
  Concluded,
  ConclusionOccasion,
  DecisionFacts,
  FoundNothing,
  ResultAmount,
  WarnedBy,
} from "../words/assess.ts";
import { NUMBERS } from "./numbers.ts";

const { count, list, day } = NUMBERS;

/** What a German report says. */
export const ASSESS: AssessWords = {
  summary: {
    nothingInScope: "Im Prüfungszeitraum liegt keine aufgezeichnete Aktion eines Agenten.",
    scope: ({ actions, days, decided, total, framework }) => {
      const when =
        days === undefined ? "ohne lesbare Zeit" : `vom ${day(days.from)} bis ${day(days.to)}`;
      const allowed = actions === 1 ? "erlaubte" : "erlaubten";
      const criteria =
        total === undefined
          ? counted(decided, "Kriterium", "Kriterien")
          : `${count(decided)} von ${counted(total, "Kriterium", "Kriterien")}`;
      return `${counted(actions, "aufgezeichnete Aktion", "aufgezeichnete Aktionen")} von Agenten ${when} ${allowed} ein Urteil über ${criteria} (${framework}).`;
    },
    policyNotRecorded: "Das Protokoll zeichnet nicht auf, was die Richtlinie entschieden hat.",
    decisions,
    results: (amounts) => `Ergebnis der Prüfungen: ${amountsIn(amounts)}.`,
    weightedResults: (amounts) =>
      `Kriterien, zu denen ein Protokoll etwas sagen kann: ${amountsIn(amounts)}.`,
    notGraded: "Nichts ließ sich entscheiden; es gibt daher weder Punktzahl noch Note.",
    score: ({ score, grade, undecided }) => {
      const head = `Punktzahl ${score} von 100, Note ${grade}`;
      if (undecided === undefined) return `${head}.`;
      const { tests, holdDown } = undecided;
      return holdDown
        ? `${head}, gedrückt durch ${counted(tests, "unentschiedene Prüfung", "unentschiedene Prüfungen")}.`
        : `${head}, bei ${counted(tests, "unentschiedener Prüfung", "unentschiedenen Prüfungen")}.`;
    },
    weightedScore: ({ graded, withheld = "", band, decided, possible, notAssessed, total }) => {
      const { coverage, bands } = ASSESS;
      const rest = `${capital(bands[band])}; ${coverage.decided(decided, possible)}; ${coverage.notAssessed(notAssessed, total)}.`;
      if (graded === undefined) return `Es gibt keine Punktzahl: ${withheld}. ${rest}`;
      const { score, grade, capped } = graded;
      const held =
        capped === undefined ? "" : `, auf ${capped.at} begrenzt durch ${capped.by.join(", ")}`;
      return `Punktzahl der Nachweise ${score} von 100, Note ${grade}${held}. ${rest}`;
    },
  },
  coverage: {
    decided: (decided, possible) =>
      `${count(decided)} von ${count(possible)} ${possible === 1 ? "prüfbaren Kriterium" : "prüfbaren Kriterien"} entschieden`,
    amount: (missing, total) =>
      total === undefined
        ? counted(missing, "Anforderung", "Anforderungen")
        : `${count(missing)} von ${counted(total, "Kriterium", "Kriterien")}`,
    notAssessed: (missing, total) => `${ASSESS.coverage.amount(missing, total)} nicht beurteilt`,
  },
  bands: {
    "critical exceptions": "kritische Abweichungen",
    "significant exceptions": "erhebliche Abweichungen",
    "minor exceptions": "geringe Abweichungen",
    "no exceptions in the tests run": "keine Abweichungen in den durchgeführten Prüfungen",
    "not enough evidence": "zu wenige Nachweise",
  },
  withheld: {
    tooFewEntries: (inScope, needed) =>
      `${counted(inScope, "Eintrag liegt", "Einträge liegen")} im Prüfungsumfang, nötig sind ${needed}`,
    recordInDoubt: "die Aufzeichnung selbst ist zweifelhaft",
    nothingDecided: "keines der prüfbaren Kriterien ließ sich entscheiden",
    tooLittleWeight: (decided, testable) =>
      `vom Gewicht ${testable}, das ein Protokoll prüfen kann, ließ sich nur ${decided} entscheiden, weniger als die Hälfte`,
    join: (clauses) => clauses.join("; "),
  },
  filled: {
    noFigure: "keine Zahl",
    none: "keine",
    unrecorded: "(nicht aufgezeichnet)",
    days: (days) => counted(days, "Tag", "Tage"),
    characters: (length) => `(${count(length)} Zeichen)`,
    entries: (ids, total) => {
      if (ids.length === 0) return "kein Eintrag";
      return `${total === 1 ? "Eintrag" : "Einträge"} ${listing(ids, total - ids.length, "weiterer")}`;
    },
    withoutId: "ohne Kennung",
    groups: (named, more) => listing(named, more),
    rules: (names, more) => {
      const named = names.map((name) => name ?? "Standardentscheidung");
      if (named.length === 0) return "keine Regel";
      if (more === "some") return `Regeln ${named.join(", ")} und weitere`;
      return `${named.length + more === 1 ? "Regel" : "Regeln"} ${listing(named, more)}`;
    },
    unplaced: (entries) => `Nicht eingeordnet, weil ihre Zeit nicht lesbar ist: ${count(entries)}.`,
    sentence: "{exceptions:Abweichung|Abweichungen} in {population:Eintrag|Einträgen}.",
  },
  undecided: {
    noEntries: "Kein Eintrag des Protokolls liegt im Prüfungszeitraum; geprüft wurde also nichts.",
    checkPeriod:
      "Prüfen Sie den Zeitraum und ob die Aktionen der Agenten in dieses Protokoll gelangen.",
    barredByFormat: (why) => `Ein Protokoll dieses Formats kann das nicht zeigen. ${why}`,
    testElsewhere: "Prüfen Sie es an einem Protokoll des Systems, das solche Aktionen aufzeichnet.",
    onlySoMany: (needed) =>
      `Nur {population:Eintrag ließ|Einträge ließen} sich prüfen; nötig sind mindestens ${count(needed)}.`,
    needsInputs: (inputs) =>
      `Das braucht ${inputs.map((name) => ASSESS.inputs[name].is).join(" und ")}; kein Protokoll enthält das, und angegeben wurde es nicht.`,
    unknownClasses: (names) =>
      `Keine Aktion lässt sich als ${names.join(", ")} erkennen, weil die Definition nichts findet.`,
    defineClasses: (names) => `Definieren Sie ${names.join(", ")} in der Konfiguration.`,
    nothingHappened: "Nichts dergleichen ist geschehen.",
    tooLittle: "Das ist zu wenig, um daraus etwas zu schließen.",
    setLimits: (whose) =>
      `Setzen Sie in der Konfiguration eigene Grenzwerte für ${list(whose)} (docs/configuration.md).`,
    help: {
      "too-few":
        "Erweitern Sie den Zeitraum, oder binden Sie die Agenten an, die noch nicht protokollieren.",
      "not-exercised":
        "Erweitern Sie den Zeitraum, oder prüfen Sie ein Protokoll von Agenten, die dergleichen tun.",
      "not-recorded": "Lassen Sie protokollieren, was hier fehlt.",
      "missing-input":
        "Geben Sie neben dem Protokoll an, was hier fehlt; die Begründung der Grenzwerte sagt, was.",
      "record-in-doubt": "Klären Sie, was mit der Aufzeichnung geschehen ist.",
    },
  },
  faults: {
    noAnswer: (measure) => `Die Messung ${measure} gab keine Antwort.`,
    noLimitOfCriterion: "Kein Grenzwert dieses Kriteriums deckt das Beobachtete ab.",
    noLimitOfMeasure: "Kein Grenzwert dieser Messung deckt das Beobachtete ab.",
    measureUnknown: (measure) => `Die Messung ${measure} ist nicht bekannt.`,
    measureWithoutLimits: (measure) => `Die Messung ${measure} hat keine Grenzwerte.`,
    ofTest: "Das ist ein Fehler der Prüfung, nicht des Protokolls: Melden Sie ihn mit diesem Text.",
    ofFramework: "Das ist ein Fehler des Rahmenwerks, nicht des Protokolls.",
  },
  inputs: {
    policy: {
      is: "die Richtlinie, die für die Agenten galt",
      give: "Nennen Sie die Datei der Richtlinie, wenn der Bericht erstellt wird.",
      holds: (rules) => counted(rules, "Regel", "Regeln"),
    },
    roster: {
      is: "die Liste der Agenten, die der Organisation bekannt sind",
      give: "Geben Sie die Liste der bekannten Agenten als inputs.roster der Konfiguration an.",
      holds: (agents) => counted(agents, "Agent", "Agenten"),
    },
    "allow-list": {
      is: "die Liste der Ziele, an die Agenten senden dürfen",
      give: "Geben Sie die erlaubten Ziele als inputs.allow_list der Konfiguration an.",
      holds: (hosts) => counted(hosts, "Rechner", "Rechner"),
    },
    "deployed-since": {
      is: "den Tag, seit dem die Agenten laufen",
      give: "Geben Sie den Tag als inputs.deployed_since der Konfiguration an.",
      holds: count,
    },
    "recovery-time": {
      is: "die angestrebte Wiederherstellungszeit",
      give: "Geben Sie diese Zeit als inputs.recovery_time der Konfiguration an.",
      holds: count,
    },
    incidents: {
      is: "das Verzeichnis der Vorfälle",
      give: "Geben Sie das Verzeichnis als inputs.incidents der Konfiguration an.",
      holds: (incidents) => counted(incidents, "Vorfall", "Vorfälle"),
    },
  },
  fields: {
    lacking,
    toRecord,
    pointsLacking: lacking,
    pointsToRecord: toRecord,
  },
  weighted: {
    conclusion,
    notShown: (text) => `Nicht gezeigt: ${text}`,
    heldAtWarning: (why) => `Besser als eine Warnung kann es nicht ausfallen: ${why}`,
    toDecide: (sentences) => `Um es zu entscheiden: ${sentences}`,
    remedyFor: (tests, remedy) => `Zu ${list(tests)}: ${remedy}`,
  },
  applicability: {
    declared: (reason) => `Die Organisation erklärt es für nicht anwendbar: ${reason}`,
    ruledOut: (answers) => {
      const why = answers.map(
        ({ question, answers: given }) =>
          `die Antwort auf „${question}“ lautet ${given.join(", ") || "keine"}`,
      );
      return `Es ist nicht anwendbar: ${why.join("; ")}.`;
    },
    readiness: ({ criteria, later }) => {
      const waiting = later.reduce((sum, one) => sum + one.criteria, 0);
      const when = later.map(({ date, criteria: some }) => `${some} ab ${day(date)}`).join(", ");
      const who =
        waiting === criteria
          ? `Noch keines der ${criteria} Kriterien ist verbindlich`
          : `${waiting} der ${criteria} Kriterien ${waiting === 1 ? "ist" : "sind"} noch nicht verbindlich`;
      return `${who} (${when}). Was dieser Bericht dazu sagt, zeigt, wie weit die Agenten nach dem Protokoll vorbereitet sind, und keine Verletzung einer Pflicht.`;
    },
    stale: ({ reviewed, age, staleAfter }) =>
      `Dieses Rahmenwerk wurde zuletzt am ${day(reviewed)} mit seiner Quelle verglichen, ` +
      `${counted(age, "Tag", "Tage")} vor diesem Bericht; nach ${counted(staleAfter, "Tag", "Tagen")} gilt das ` +
      `als veraltet. Prüfen Sie an der Quelle, was sich seither geändert hat.`,
  },
  readings: { part: partRead, through: wayRead },
};

function counted(number: number, singular: string, plural: string): string {
  return `${count(number)} ${number === 1 ? singular : plural}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listing(named: readonly string[], more: number, oneMore = "weitere"): string {
  if (named.length === 0) return "keine";
  return more > 0 ? `${named.join(", ")} und ${counted(more, oneMore, "weitere")}` : list(named);
}

function decisions({ blocked, auto, asked, unknown, answers }: DecisionFacts): string {
  const policy =
    `Die Richtlinie blockierte ${count(blocked)}, ließ ${count(auto)} zu und legte ` +
    `${count(asked)} einem Menschen vor`;
  const humans =
    answers === undefined
      ? "; was Menschen antworteten, zeichnet das Protokoll nicht auf."
      : ` (genehmigt: ${count(answers.approved)}, abgelehnt: ${count(answers.denied)}, ` +
        `ohne aufgezeichnete Antwort: ${count(answers.unanswered)}).`;
  const rest =
    unknown === 0
      ? ""
      : ` Zu ${count(unknown)} ist keine bekannte Entscheidung der Richtlinie aufgezeichnet.`;
  return `${policy}${humans}${rest}`;
}

const RESULTS: Readonly<Record<Result | "open", string>> = {
  fail: "nicht bestanden",
  warn: "mit Warnung",
  pass: "bestanden",
  inconclusive: "nicht entscheidbar",
  error: "nicht ausführbar",
  open: "mit Warnung allein durch unterstützende Prüfungen und nicht entschieden",
  no_exception: "nur widerlegbar und nicht widerlegt",
  context: "nur mit Zahlen",
  not_applicable: "nicht anwendbar",
  not_assessed: "nicht beurteilt",
};

function amountsIn(amounts: readonly ResultAmount[]): string {
  return amounts.map(({ result, amount }) => `${amount} ${RESULTS[result]}`).join(", ");
}

function lacking(fields: readonly EntryField[]): string {
  const [first = "", second = ""] = fields;
  const records =
    fields.length === 1
      ? `zeichnet ${first} nicht auf`
      : fields.length === 2
        ? `zeichnet weder ${first} noch ${second} auf`
        : `zeichnet keines der Felder ${list(fields)} auf`;
  return `Das Protokoll ${records}; ohne das lässt sich dies nicht entscheiden.`;
}

function toRecord(fields: readonly EntryField[]): string {
  return `Zeichnen Sie ${list(fields)} bei jeder Aktion auf.`;
}

function conclusion(concluded: Concluded, occasion: ConclusionOccasion): string {
  const { criterion: id } = occasion;
  const within = scope(occasion);
  const words = READINGS[occasion.reading];
  switch (concluded.kind) {
    case "passed":
      return `${within} ${words.passed(id, foundBy(concluded.found))}.`;
    case "unfound":
      return `${within} ${words.unfound(id, foundBy(concluded.found))}. Solche Prüfungen können nur widerlegen; bestanden ist damit nichts.`;
    case "warned": {
      const warned = concluded.only ? words.warnedOnly(id) : words.warned(id);
      return `${within} ${warned}: ${warnedBy(concluded.by)}.`;
    }
    case "failed":
      return `${within} ${words.failed(id)}: ${outOf(concluded.tests, concluded.of)} jenseits ihres Grenzwerts.`;
    case "inconclusive":
      return `${within} lässt sich zu ${id} nichts feststellen: ${CLAUSES[concluded.reason]}.`;
    case "context":
      return `${within} sagen diese Zahlen etwas zu ${id}; ein Urteil wird daraus nicht gezogen.`;
    case "not-applicable":
      return `${within} gibt es nichts, was ${id} betreffen könnte.`;
    case "no-test":
      return `Zu ${id} ist keine Prüfung vorgesehen.`;
    case "not-run":
      return `Eine Prüfung zu ${id} ließ sich nicht ausführen.`;
  }
}

/** `In den 1.204 aufgezeichneten Aktionen von Agenten vom 01.01.2026 bis 31.03.2026`; the verb follows. */
function scope({ actions, from, to }: ConclusionOccasion): string {
  if (actions === 0) return "Ohne aufgezeichnete Aktion eines Agenten im Prüfungszeitraum";
  const them =
    actions === 1
      ? "der einen aufgezeichneten Aktion eines Agenten"
      : `den ${count(actions)} aufgezeichneten Aktionen von Agenten`;
  return `In ${them} ${between(from, to)}`;
}

function between(from: string | null, to: string | null): string {
  if (from === null || to === null) return "ohne lesbare Zeit";
  const [first, last] = [day(from), day(to)];
  return first === last ? `vom ${first}` : `vom ${first} bis ${last}`;
}

/** What decided, as a noun with its adjective, and what it found. */
interface Found {
  readonly tests: string;
  readonly what: string;
}

/** How a reading speaks of a criterion; each begins with its verb. */
interface Reading {
  readonly passed: (id: string, found: Found) => string;
  readonly unfound: (id: string, found: Found) => string;
  readonly warned: (id: string) => string;
  readonly warnedOnly: (id: string) => string;
  readonly failed: (id: string) => string;
}

const READINGS: Readonly<Record<ConclusionOccasion["reading"], Reading>> = {
  tests: {
    passed: (id, { tests, what }) => `fanden die ${tests} zu ${id} ${what}`,
    unfound: (id, { tests, what }) => `fanden die ${tests} zu ${id} ${what}`,
    warned: (id) => `geben die Prüfungen zu ${id} eine Warnung`,
    warnedOnly: (id) => `geben die Prüfungen zu ${id} eine Warnung`,
    failed: (id) => `fanden die Prüfungen zu ${id} Abweichungen`,
  },
  outcomes: {
    passed: (id, { tests, what }) => `stützen die ${tests} das Ergebnis ${id}; sie fanden ${what}`,
    unfound: (id, { tests, what }) =>
      `sprechen die ${tests} nicht gegen das Ergebnis ${id}; sie fanden ${what}`,
    warned: (id) => `stützen die Prüfungen das Ergebnis ${id} nur zum Teil`,
    warnedOnly: (id) => `geben die Prüfungen eine Warnung zum Ergebnis ${id}`,
    failed: (id) => `stützen die Prüfungen das Ergebnis ${id} nicht`,
  },
  traces: {
    passed: (id, { tests, what }) =>
      `waren keine Spuren von ${id} zu sehen; die ${tests} fanden ${what}`,
    unfound: (id, { tests, what }) =>
      `waren keine Spuren von ${id} zu sehen; die ${tests} fanden ${what}`,
    warned: (id) => `kann es Spuren von ${id} geben`,
    warnedOnly: (id) => `kann es Spuren von ${id} geben`,
    failed: (id) => `waren Spuren von ${id} zu sehen`,
  },
};

/** Where a supporting test speaks against it, only the deciding ones are claimed for. */
function foundBy({ exceptions, warnings, errors }: FoundNothing): Found {
  return {
    tests: warnings + errors === 0 ? "Prüfungen" : "entscheidenden Prüfungen",
    what: [
      exceptions === "none"
        ? "keine Abweichungen"
        : "nicht mehr Abweichungen, als ihre Grenzwerte zulassen",
      ...(warnings === 0
        ? []
        : [`${supportingTests(warnings, "liegt", "liegen")} zwischen ihren Grenzwerten`]),
      ...(errors === 0 ? [] : [`${supportingTests(errors, "blieb", "blieben")} ohne Antwort`]),
    ].join("; "),
  };
}

/** `eine unterstützende Prüfung liegt`, `2 unterstützende Prüfungen liegen`. */
function supportingTests(some: number, one: string, many: string): string {
  return some === 1
    ? `eine unterstützende Prüfung ${one}`
    : `${some} unterstützende Prüfungen ${many}`;
}

function warnedBy(by: WarnedBy): string {
  if (by.kind === "deciding") return `${outOf(by.tests, by.of)} zwischen ihren Grenzwerten`;
  const beyond = `${supportingTests(by.tests, "liegt", "liegen")} jenseits ihres Grenzwerts`;
  return by.open === undefined ? beyond : `${beyond}, und ${stillOpen(by.open)}`;
}

/** `die entscheidende Prüfung ließ sich nicht entscheiden: zu wenig ist aufgezeichnet`. */
function stillOpen({
  tests: some,
  of: all,
  because,
}: NonNullable<Extract<WarnedBy, { kind: "supporting" }>["open"]>): string {
  if (because === "not-applicable") {
    return all === 1
      ? "die entscheidende Prüfung ist nicht anwendbar"
      : "die entscheidenden Prüfungen sind nicht anwendbar";
  }
  const clause = CLAUSES[because];
  if (some < all) {
    return `${some} der ${all} entscheidenden Prüfungen ${some === 1 ? "ließ" : "ließen"} sich nicht entscheiden: ${clause}`;
  }
  return all === 1
    ? `die entscheidende Prüfung ließ sich nicht entscheiden: ${clause}`
    : `die entscheidenden Prüfungen ließen sich nicht entscheiden: ${clause}`;
}

/** `1 von 3 Prüfungen liegt`, `2 von 3 Prüfungen liegen`, `die Prüfung liegt`. */
function outOf(some: number, all: number): string {
  if (all === 1) return "die Prüfung liegt";
  return `${some} von ${all} Prüfungen ${some === 1 ? "liegt" : "liegen"}`;
}

const CLAUSES: Readonly<Record<Reason, string>> = {
  "not-exercised": "nichts geschah, woran es sich prüfen ließe",
  "not-recorded": "das Protokoll zeichnet nicht auf, was die Prüfungen brauchen",
  "too-few": "zu wenig ist aufgezeichnet",
  "missing-input": "eine Angabe neben dem Protokoll fehlt",
  "record-in-doubt": "die Aufzeichnung selbst ist zweifelhaft",
};

function partRead(part: InputPart): string {
  switch (part.kind) {
    case "every-entry":
      return "jeder Eintrag";
    case "no-rows":
      return rowsOf(part.table, "keine Zeilen");
    case "rows":
      return rowsOf(part.table, `Zeilen ${part.first} bis ${part.last}`);
    case "bytes":
      return `Bytes ${part.first} bis ${part.last}`;
  }
}

function rowsOf(table: string | undefined, rows: string): string {
  return table === undefined ? rows : `${table}, ${rows}`;
}

function wayRead(way: InputWay): string {
  return way.kind === "rollup"
    ? "über ein Rollup"
    : `über ein Ledger, Manifest SHA-256 ${way.sha256}`;
}

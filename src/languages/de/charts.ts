// What charts say in German.

import type { ChartWords, Part, TimeParts, TimeUnit } from "../words/charts.ts";
import { NUMBERS } from "./numbers.ts";

const MONTHS = "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split(" ");

const count = (value: number): string => NUMBERS.count(value);
const share = (part: number, whole: number): string => NUMBERS.share(part, whole);

/** Names of a unit of time. */
interface UnitWords {
  readonly one: string;
  readonly many: string;
  /** Of many. */
  readonly dative: string;
}

const UNITS: Readonly<Record<TimeUnit, UnitWords>> = {
  hour: { one: "Stunde", many: "Stunden", dative: "Stunden" },
  day: { one: "Tag", many: "Tage", dative: "Tagen" },
  week: { one: "Woche", many: "Wochen", dative: "Wochen" },
  month: { one: "Monat", many: "Monate", dative: "Monaten" },
  quarter: { one: "Quartal", many: "Quartale", dative: "Quartalen" },
  year: { one: "Jahr", many: "Jahre", dative: "Jahren" },
  decade: { one: "Jahrzehnt", many: "Jahrzehnte", dative: "Jahrzehnten" },
};

function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `02.03.2026`. */
function day({ year, month, day: date }: TimeParts): string {
  return `${String(date).padStart(2, "0")}.${String(month).padStart(2, "0")}.${year}`;
}

function stretch(unit: TimeUnit, at: TimeParts): string {
  switch (unit) {
    case "hour":
      return `${day(at)} ${String(at.hour).padStart(2, "0")}:00`;
    case "day":
      return day(at);
    case "week":
      return `Woche ab ${day(at)}`;
    case "month":
      return `${MONTHS[at.month - 1] ?? ""} ${at.year}`;
    case "quarter":
      return `${Math.ceil(at.month / 3)}. Quartal ${at.year}`;
    case "year":
      return String(at.year);
    case "decade":
      return `${at.year} bis ${at.year + 9}`;
  }
}

function halves(what: string, [first, second]: readonly [Part, Part]): string {
  const before = share(first.part, first.whole);
  const after = share(second.part, second.whole);
  if (before === after) {
    return `${what} lag in beiden Hälften der dargestellten Zeit bei ${before}`;
  }
  const rose = first.part * second.whole < second.part * first.whole;
  return `${what} ${rose ? "stieg" : "sank"} von ${before} in der ersten Hälfte auf ${after} in der zweiten`;
}

/** The words of charts. */
export const CHARTS: ChartWords = {
  months: MONTHS,
  weekdays: "Mo Di Mi Do Fr Sa So".split(" "),
  dayAndMonth: ({ day: date, month }) => `${date}. ${MONTHS[month - 1] ?? ""}`,
  stretch,
  per: (unit) => `Einträge je ${UNITS[unit].one}`,
  column: (unit) => `${UNITS[unit].one} (UTC)`,

  decision: {
    block: "blockiert",
    approve: "einem Menschen vorgelegt",
    auto: "zugelassen",
    other: "keine oder andere Entscheidung",
  },
  risk: {
    critical: "kritisch",
    high: "hoch",
    medium: "mittel",
    low: "niedrig",
    unrated: "keine oder andere Stufe",
  },

  entries: "Einträge",
  noEntries: "keine Einträge",
  untimed: "Ohne lesbare Zeit",
  silence: "Stille über der Grenze",
  agent: "Agent",
  noAgent: "(kein Agent genannt)",
  otherAgents: (agents) => (agents === 1 ? "1 anderer Agent" : `${count(agents)} andere Agenten`),
  criterion: "Kriterium",
  resultColumn: "Ergebnis",
  exceptions: "Abweichungen",
  population: "Grundgesamtheit",
  partOf: ({ part, whole }) =>
    part === whole ? count(whole) : `${count(part)} von ${count(whole)}`,

  gauge: {
    title: "Punktzahl",
    says: ({ score, grade, decided, possible }) => {
      const of = `${count(decided)} von ${counted(possible, "prüfbaren Kriterium", "prüfbaren Kriterien")} ${decided === 1 ? "ist" : "sind"} entschieden`;
      return score === null
        ? `Es gibt weder Punktzahl noch Note; ${of}.`
        : `Die Punktzahl ist ${count(score)} von 100${grade === null ? "" : `, Note ${grade}`}; ${of}.`;
    },
    outOf: "von 100",
    grade: (grade) => `Note ${grade}`,
    notGraded: "Nicht benotet",
    decided: (decided, possible) =>
      `${count(decided)} von ${counted(possible, "prüfbaren Kriterium", "prüfbaren Kriterien")} entschieden`,
    figure: "Angabe",
    value: "Wert",
    score: "Punktzahl (0 bis 100)",
    gradeRow: "Note",
    criteriaDecided: "Entschiedene Kriterien",
    criteriaPossible: "Prüfbare Kriterien",
    criteriaTotal: "Kriterien der Ausgabe",
    weightDecided: "Entschiedenes Gewicht",
  },

  decisions: {
    title: "Was die Richtlinie entschied",
    says: ({ entries, block, approve, unit, busiest }) =>
      `Die Richtlinie blockierte ${count(block)} von ${counted(entries, "Eintrag", "Einträgen")} (${share(block, entries)}) und legte ${count(approve)} (${share(approve, entries)}) einem Menschen vor; die meisten Einträge je ${UNITS[unit].one} sind ${count(busiest.entries)} (${stretch(unit, busiest.at)}).`,
  },

  riskByAgent: {
    title: "Einträge nach Agent und Risiko",
    says: ({ agents, agent, entries, all, elevated }) => {
      const acted = counted(agents, "Agent", "Agenten");
      const most =
        agent === undefined
          ? "Die meisten nennen keinen Agenten"
          : `Die meisten stammen von „${agent}“`;
      if (elevated === 0) {
        return `Das Protokoll nennt ${acted}. ${most}: ${count(entries)} von ${counted(all, "Eintrag", "Einträgen")} (${share(entries, all)}); von den aufgeführten hat keiner hohes oder kritisches Risiko.`;
      }
      const riskiest = agent === undefined ? "nennen keinen Agenten" : `stammen von „${agent}“`;
      const whose = agent === undefined ? "solchen" : "dessen";
      return `Das Protokoll nennt ${acted}. Die meisten Einträge mit hohem oder kritischem Risiko ${riskiest}: ${count(elevated)} von ${whose} ${counted(entries, "Eintrag", "Einträgen")} (${share(elevated, entries)}).`;
    },
    notSplit: "nicht nach Risiko aufgeteilt",
  },

  gapCalendar: {
    title: "Wann Einträge aufgezeichnet wurden",
    says: ({ unit, filled, all, longest }) => {
      const { many, dative, one } = UNITS[unit];
      if (longest === undefined) {
        return all === 1
          ? `Dargestellt ist 1 ${one}, mit Einträgen.`
          : `Alle dargestellten ${many} (${count(all)}) enthalten Einträge.`;
      }
      const where =
        longest.count === 1
          ? stretch(unit, longest.from)
          : `${stretch(unit, longest.from)} bis ${stretch(unit, longest.to)}`;
      return `${count(filled)} von ${counted(all, one, dative)} enthalten Einträge; die längste Folge ohne Eintrag umfasst ${counted(longest.count, one, many)} (${where}).`;
    },
    filled: (unit) => `${UNITS[unit].many} mit Einträgen`,
    empty: (unit) => `${UNITS[unit].many} ohne Einträge`,
  },

  matrix: {
    title: "Kriterien nach Ergebnis",
    says: ({ criteria, fail, warn, pass, open, without }) =>
      `Von ${counted(criteria, "Kriterium", "Kriterien")}: ${count(fail)} nicht bestanden, ${count(warn)} mit Warnung, ${count(pass)} bestanden; ${count(open)} nicht entscheidbar${without === 0 ? "" : `, ${count(without)} ohne Urteil`}.`,
    requirements: (number) => counted(number, "Anforderung", "Anforderungen"),
  },

  oversight: {
    title: "Genehmigung durch Menschen bei hohem oder kritischem Risiko",
    says: ({ elevated, approved, unit, lowest }) =>
      `Ein Mensch genehmigte ${count(approved)} von ${counted(elevated, "Eintrag", "Einträgen")} mit hohem oder kritischem Risiko (${share(approved, elevated)}), die von der Richtlinie blockierten mitgezählt${
        lowest === undefined
          ? "."
          : `; der niedrigste Anteil je ${UNITS[unit].one} ist ${share(lowest.part, lowest.whole)} (${count(lowest.part)} von ${count(lowest.whole)}, ${stretch(unit, lowest.at)}).`
      }`,
    approved: "von Menschen genehmigt",
    notApproved: "ohne Genehmigung, blockierte mitgezählt",
    elevated: "Hohes oder kritisches Risiko",
    per: (unit) => `Einträge mit hohem oder kritischem Risiko je ${UNITS[unit].one}`,
  },

  trend: {
    title: "Anteile: blockiert und einem Menschen vorgelegt",
    says: ({ blocked, asked }) =>
      `${halves("Der Anteil blockierter Einträge", blocked)}; ${halves("der Anteil der einem Menschen vorgelegten", asked)}.`,
    blocked: "blockiert",
    asked: "vorgelegt",
    axis: (unit) => `Anteil an den Einträgen je ${UNITS[unit].one}`,
  },

  timeline: {
    title: "Abweichungen und Stille im Zeitverlauf",
    says: ({ lanes, exceptions, silences, longestSilence }) => {
      const found = `${counted(exceptions, "Abweichung", "Abweichungen")} in ${counted(lanes, "Prüfung", "Prüfungen")}`;
      const quiet =
        longestSilence === undefined
          ? undefined
          : silences === 1
            ? `1 Zeit der Stille (Dauer: ${NUMBERS.span(longestSilence)})`
            : `${count(silences)} Zeiten der Stille (die längste: ${NUMBERS.span(longestSilence)})`;
      if (quiet === undefined) return `Das Protokoll verzeichnet ${found}.`;
      return exceptions === 0
        ? `Das Protokoll hat ${quiet}.`
        : `Das Protokoll verzeichnet ${found} und ${quiet}.`;
    },
    test: "Prüfung",
    shown: "Gezeichnet",
    first: "Erste gezeichnete",
    last: "Letzte gezeichnete",
    unlisted: "weitere Abweichungen, nicht einzeln aufgeführt",
    more: (number) => `und ${count(number)} weitere, in der Tabelle`,
  },
};

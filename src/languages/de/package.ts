// German words of the evidence package's README.

import type { PackageWords } from "../words/package.ts";

/** German. */
export const PACKAGE: PackageWords = {
  title: "Nachweispaket",
  about: [
    "Ein Programm hat diese Dateien aus Protokollen erstellt, die die Organisation geliefert hat. " +
      "Sie sind Nachweise, die die Organisation vorlegt: was geprüft wurde, an wie vielen " +
      "Einträgen, zwischen welchen Zeitpunkten, und was nicht.",
    "Sie sind kein Prüfungsurteil, und niemand hat sie unabhängig untersucht. Ein Protokoll zeigt, " +
      "was protokolliert wurde; ob alles protokolliert wurde, ist an anderer Stelle zu prüfen.",
  ],
  headings: {
    facts: "Worum es geht",
    reports: "Berichte",
    files: "Dateien und wie jede entstanden ist",
    check: "Wie Sie prüfen, dass nichts verändert wurde",
    follow: "Wie Sie eine Zahl zu ihren Einträgen verfolgen",
    evidence: "Nachweise je Messung",
    masking: "Geheimnisse und personenbezogene Daten",
    sampling: "Stichproben",
    missing: "Formate, die fehlen",
    signature: "Signatur",
  },
  facts: {
    organisation: "Organisation",
    system: "System",
    contact: "Ansprechpartner",
    period: "Zeitraum",
    entries: "Einträge im Prüfungsumfang",
    input: "Eingabe",
    generated: "Zeit des Berichts",
    tool: "Programm",
    none: "nicht angegeben",
    open: "ohne Grenzen und ohne Einträge",
    periodOf: (start, end) => `${start} bis ${end}, beide eingeschlossen`,
  },
  files: {
    readme: "Dieser Text.",
    reports:
      "Ein Bericht je Rahmenwerk, in jedem Format derselbe. Die JSON-Datei enthält alles; die " +
      "anderen Formate sind aus ihr gezeichnet. Ein Bericht führt die ersten 50 Abweichungen " +
      "einer Messung auf und zählt alle.",
    controls:
      "Eine Zeile je Kriterium und Prüfung: Ergebnis, Grundgesamtheit, Abweichungen und die Datei, " +
      "die sie aufführt. Die Spalten population und exceptions sind die Zahlen der Berichte.",
    evidence:
      "Jede Abweichung einer Messung mit den Feldern, die Berichte von einem Eintrag " +
      "zeigen, in der Reihenfolge des Protokolls. Die .jsonl-Datei hat ein JSON-Objekt je " +
      "Zeile, die .csv-Datei dasselbe als Tabelle. In der .csv-Datei beginnt ein Text, den " +
      "eine Tabellenkalkulation für eine Formel halten könnte, mit einem Apostroph. Ein " +
      "Text, der für eine Zelle zu lang ist, ist dort gekürzt und steht ganz in der " +
      ".jsonl-Datei. Über 1.000.000 Einträge hinaus gibt es weitere Teile.",
    samples:
      "Die Einträge, die aus der Grundgesamtheit einer Messung gezogen wurden, in der Reihenfolge " +
      "der Ziehung.",
    population:
      "Woher die Einträge stammen, mit dem SHA-256 jeder Eingabe, und wie die Zahlen aufgehen: " +
      "gelesen = angenommen + abgewiesen + doppelt.",
    definitions:
      "Die Messungen und Rahmenwerke, nach denen gefragt wurde, im Wortlaut, und ihre Prüfsummen " +
      "in index.csv.",
    replaced: (definitions) =>
      `Die Konfiguration der Organisation ersetzt darin ${definitions === 1 ? "1 Definition oder Grenzwert" : `${definitions} Definitionen oder Grenzwerte`}: ` +
      "Jeder Bericht führt bei seiner Methode auf, was dort stand und was stattdessen gilt.",
    besides: (files) =>
      `Um die Prüfungen zu wiederholen, erbitten Sie von der Organisation ${files.join(" und ")}; ` +
      `${files.length === 1 ? "sie liegt" : "sie liegen"} nicht in diesem Paket, die Berichte nennen die Prüfsummen.`,
    policy: "die Richtlinie",
    configuration: "die Konfiguration",
    definitionsAbsent:
      "Namen und Prüfsummen der Messungen und Rahmenwerke, die gefragt wurden, in index.csv. Bei " +
      "einer Zeile ohne Datei liegt der Wortlaut nicht in diesem Paket.",
    digests: "Der SHA-256 jeder anderen Datei dieses Pakets.",
  },
  check: {
    unpack: "Entpacken Sie das Paket und führen Sie in seinem Ordner aus:",
    windows: "Unter Windows zeigt Get-FileHash DATEI jeweils eine Prüfsumme.",
    inputs:
      "Die Prüfsummen der Protokolle stehen in population.json. Vergleichen Sie sie mit den " +
      "Protokollen, die Sie selbst beziehen: Erst das zeigt, dass die Nachweise aus ihnen stammen.",
    again:
      "Das Paket hat dieselben Bytes, sooft es dieselbe Version des Programms aus denselben " +
      "Protokollen mit denselben Optionen und derselben Zeit des Berichts (--now) erstellt.",
  },
  follow: [
    "Suchen Sie das Kriterium in controls.csv oder in einem Bericht und merken Sie sich seine " +
      "Messung und seine Abweichungen.",
    "Öffnen Sie die Datei, die die Spalte evidence nennt. Sie hat genau so viele Einträge; das " +
      "Programm hat sie beim Schreiben gezählt und hätte eine andere Zahl nicht geschrieben. Nennt " +
      "sie keine, gibt es keine Abweichung, oder die Abweichungen sind keine Einträge und stehen in " +
      "den Berichten.",
    "Suchen Sie einen Eintrag im Protokoll über seine id oder, wo er eine source hat, über Datei " +
      "und Zeile.",
    "Was die Messung fragt, steht unter definitions/measures/ als Bedingung in CEL, die sich dem " +
      "Protokoll auch auf jedem anderen Weg stellen lässt.",
    "Die Zahlen der ersten Seite eines Berichts (blockiert, zugelassen, einem Menschen vorgelegt " +
      "und dessen Antworten) sind keine Abweichungen, und keine Datei führt die Einträge dahinter " +
      "auf: Zählen Sie die Einträge im Prüfungsumfang nach den Werten von approval und " +
      "human_decision, wie actions-by-approval und human-decisions es tun.",
  ],
  evidence: {
    intro: "Abweichungen und die Dateien, die alle aufführen:",
    none: "Keine Messung dieser Berichte hat eine Abweichung.",
    row: (entries, count) => `${entries} ${count === 1 ? "Eintrag" : "Einträge"}`,
    unlistedIntro:
      "Diese zählen anderes als Einträge, etwa Kennungen oder Regeln der Richtlinie. " +
      "Die Berichte führen die ersten 50 davon auf:",
    unlisted: (measure, exceptions) => `${measure}: ${exceptions}`,
  },
  masking: {
    masked:
      "Geheimnisse und personenbezogene Daten bekannter Formen sowie Werte unter Namen wie " +
      "password oder iban sind als [REDACTED] gezeigt. Ids und Zeiten stehen da, wie sie sind, " +
      "damit den Eintrag findet, wer das Protokoll sehen darf. Formen, die das Programm nicht " +
      "kennt, sind nicht unkenntlich gemacht: Behandeln Sie dieses Paket wie das Protokoll selbst.",
    revealed: (reason) =>
      "Nichts ist unkenntlich gemacht: Geheimnisse und personenbezogene Daten stehen da wie im " +
      `Protokoll. Der angegebene Grund: ${reason}`,
  },
  sampled: (size, seed) =>
    `Aus der Grundgesamtheit jeder Messung wurden bis zu ${size} Einträge mit dem Startwert ` +
    `„${seed}“ gezogen: die mit dem kleinsten SHA-256 aus Startwert, Messung und Eintrag. Wer das ` +
    "Protokoll und den Startwert hat, zieht dieselben.",
  missing: (format) =>
    `${format}: Die Pakete, die es erzeugen, waren nicht installiert. Der HTML-Bericht lässt sich ` +
    "drucken.",
  signature:
    "Dieses Paket ist nicht signiert. Der Ordner signature/ ist für eine Signatur über digests.txt " +
    "reserviert; digests.txt führt ihn nicht auf.",
};

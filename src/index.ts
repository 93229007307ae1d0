// The front door. Names only: nothing is decided here.

export { AuditLogger } from "./audit-logger/audit-logger.ts";
export type { AuditLoggerOptions } from "./audit-logger/audit-logger.ts";
export { DatabaseAuditLogger } from "./audit-logger/database-audit-logger.ts";
export type { DatabaseLogDetails } from "./audit-logger/database-audit-logger.ts";
export type {
  MigrateOptions,
  MigrationProgress,
  MigrationRefusal,
  MigrationStatement,
} from "./audit-logger/migrate.ts";
export type { EntryFilters } from "./audit-logger/entry-filter.ts";
export type { LogDetails, LoggedDecision } from "./audit-logger/logged-action.ts";
export { openAuditLogger } from "./audit-logger/open-audit-logger.ts";
export type { OpenAuditLoggerOptions } from "./audit-logger/open-audit-logger.ts";
export { loadCatalog } from "./catalog/catalog.ts";
export type { FrameworkSummary, ResolvedFramework } from "./catalog/catalog.ts";
export { BASIS_IN_WORDS, limitsInWords, measureInWords } from "./catalog/measure-in-words.ts";
export type { WordedPart } from "./catalog/measure-in-words.ts";
export type { Engine, EntrySelection, ObserveOptions, Progress } from "./engines/engine.ts";
export { clickhouse } from "./engines/clickhouse.ts";
export type { ClickHouseOptions } from "./engines/clickhouse.ts";
export { memory } from "./engines/memory.ts";
export { ledger } from "./engines/ledger.ts";
export { log } from "./engines/log.ts";
export type { LogOptions } from "./engines/log.ts";
export type { FoldedPart, PartEngine } from "./engines/part.ts";
export { postgresql } from "./engines/postgresql.ts";
export type { PostgresqlOptions } from "./engines/postgresql.ts";
export type { RollupUse } from "./engines/rollup.ts";
export { several } from "./engines/several.ts";
export type { NamedLog, SeveralOptions } from "./engines/several.ts";
export { sqlite } from "./engines/sqlite.ts";
export { parsePredicate } from "./expression/parse.ts";
export { ENTRY_SCHEMA } from "./expression/schema.ts";
export { testFramework } from "./framework-test.ts";
export type { FrameworkTest } from "./framework-test.ts";
export { importLogs } from "./import-logs.ts";
export type { ImportLogsOptions } from "./import-logs.ts";
export { detectMappings } from "./intake/detect.ts";
export type { Detection } from "./intake/detect.ts";
export { previewLog } from "./intake/preview.ts";
export type { LogPreview } from "./intake/preview.ts";
export { rejectedFile } from "./intake/rejected-file.ts";
export type { RejectedFile } from "./intake/rejected-file.ts";
export type { Language } from "./languages/language.ts";
export { LANGUAGES, languageOf } from "./languages/languages.ts";
export type { ImportProgress, ImportResult } from "./ledger/import-logs.ts";
export type { LedgerManifest } from "./ledger/manifest.ts";
export { testFixture } from "./mapping-fixture.ts";
export { migrateAuditDatabase } from "./migrate-database.ts";
export type { AuditEntry, EntryField } from "./model/audit-entry.ts";
export { ComplianceError } from "./model/error.ts";
export type { ComplianceErrorCode } from "./model/error.ts";
export type { ComplianceFinding, Reason, Result, Severity } from "./model/finding.ts";
export type { Expression, Predicate, TextTerm } from "./model/expression.ts";
export type {
  Criterion,
  Framework,
  PointsFramework,
  WeightedCriterion,
  WeightedFramework,
} from "./model/framework.ts";
export type { Incident, InputName, Inputs } from "./model/inputs.ts";
export type { IntakeStatement, RejectedRecord } from "./model/intake.ts";
export { formatInstant, parseInstant } from "./model/instant.ts";
export type { Mapping } from "./model/mapping.ts";
export type { LimitBasis, Limits, Measure } from "./model/measure.ts";
export { inclusivePeriod, namedPeriod, readInstant } from "./model/period.ts";
export type { Period, TimeInput } from "./model/period.ts";
export type {
  ComplianceReport,
  Coverage,
  Grade,
  HumanDecisions,
  PolicyLintFinding,
  Presentation,
  Sampling,
} from "./model/report.ts";
export { mappingNamed, openLog } from "./open-log.ts";
export type { KeptRollup, OpenLogOptions, ReadOptions } from "./open-log.ts";
export { packageReports } from "./package-reports.ts";
export type { PackageOptions, WrittenPackage } from "./package-reports.ts";
export type { Action, Approval, Decision, RiskLevel } from "./policy/decision.ts";
export { Policy } from "./policy/policy.ts";
export type { EvaluateOptions } from "./policy/policy.ts";
export type { PolicyRule } from "./policy/rule.ts";
export { ENGINES, RENDERERS } from "./registry.ts";
export type { Renderer } from "./registry.ts";
export type { PdfOptions } from "./renderers/pdf.ts";
export type { RenderOptions, Rendered } from "./renderers/renderer.ts";
export { ReportGenerator } from "./report-generator.ts";
export type { GenerateOptions, ReportOptions } from "./report-generator.ts";
export { TOOL } from "./version.ts";

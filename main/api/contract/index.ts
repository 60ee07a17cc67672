// The one API: every procedure with its input and output. Pure (zod and oRPC's contract builder), so the renderer may import it.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Alert, AlertQuality, AlertSettings, BacktestEvent, Notification } from './alerts.ts';
import {
  Anomaly,
  AnomalyKind,
  AnomalyStatus,
  Expectation,
  Incident,
  IncidentDetail,
  IncidentExplanation,
  IncidentState,
  Remedy,
} from './anomalies.ts';
import { ChatEvent, IntentResult, Message, Session } from './chat.ts';
import { ClusterKind, ClusterMap, ClusterParams, ClusterRun, IndexStatus, LogsFound } from './clusters.ts';
import { ErrorData, Freshness, GivenPath, Instant, Lang, Table } from './common.ts';
import {
  Connection,
  ConnectionView,
  DeadLetter,
  DemoStatus,
  Mapping,
  MappingSuggestion,
  SyncReport,
  SyncStatus,
  TestResult,
} from './company.ts';
import { DayBoard } from './day-plan.ts';
import { DayForecast } from './forecast.ts';
import { Handover } from './handover.ts';
import {
  Document,
  DocumentSource,
  EmbedderStatus,
  Folder,
  KnowHowFound,
  OFFICE_FILE_LIMIT,
  Passage,
} from './knowledge.ts';
import { FormatTrial, OwnFormat } from './log-formats.ts';
import { LogTable, LogTableChoice } from './log-tables.ts';
import {
  Accounting,
  CountBy,
  FormatView,
  FoundCounts,
  HoleStats,
  LineFilter,
  LinePage,
  LogCounts,
  LogDeadLetter,
  LogLine,
  LogSource,
  LogSourceRules,
  LogTemplate,
  SavedFilter,
  SavedSearch,
  SourcePreview,
  TablePreview,
  TemplateChange,
  TemplateMark,
} from './logs.ts';
import { Answered, MeasureInfo, Query, RowsOf } from './measures.ts';
import {
  ModelBenchmark,
  ModelInspection,
  ModelRole,
  ModelSettings,
  ModelsOverview,
  ModelView,
} from './models.ts';
import {
  AuditCheck,
  AuditEntry,
  AuditHead,
  BackTestEvent,
  Decision,
  Ledger,
  Outcomes,
  ProposalScope,
  ProposalView,
  ProposeEvent,
  REJECT_REASONS,
  RuleChange,
  RuleDraft,
  Rules,
  RulesVersion,
  Simulation,
  Verification,
  WhyNot,
} from './placement.ts';
import { Plan, Reading } from './questions.ts';
import { Report, ReportSummary } from './reports.ts';
import { CellDetail, Situation, SituationFilter } from './situation.ts';
import { About, AppLogLine, EngineEvent, Lookup, Settings, TaskView } from './system.ts';
import { Timeline, Verdict } from './timeline.ts';
import { SavedView } from './views.ts';
import { Changes, Comparison, SCENARIOS_AT_ONCE, Scenario } from './what-if.ts';

/** Every procedure may answer with an expected error: `APP` carries its code and params. */
const base = oc.errors({ APP: { data: ErrorData } });
const id = z.string().min(1).max(200);
const page = z.object({ limit: z.number().int().min(1).max(1000).default(100), before: Instant.optional() });
const none = z.object({}).optional();
const ofKind = z.object({ of: ClusterKind.default('template') });
const ok = z.object({ ok: z.literal(true) });
const file = z.object({ name: z.string(), mime: z.string(), text: z.string() });

export const contract = {
  system: {
    about: base.input(none).output(About),
    events: base.input(none).output(eventIterator(EngineEvent)),
    lookup: base.input(none).output(Lookup),
    log: base
      .input(
        z.object({
          limit: z.number().int().min(1).max(5000).default(500),
          level: z.enum(['debug', 'info', 'warn', 'error']).optional(),
          text: z.string().max(200).optional(),
        }),
      )
      .output(z.array(AppLogLine)),
    /** a renderer's own failure, into the app's log */
    report: base
      .input(z.object({ message: z.string().max(2000), stack: z.string().max(8000).optional() }))
      .output(ok),
  },
  settings: {
    get: base.input(none).output(Settings),
    set: base.input(Settings.partial()).output(Settings),
  },
  tasks: {
    list: base.input(none).output(z.array(TaskView)),
    cancel: base.input(z.object({ id })).output(z.object({ cancelled: z.boolean() })),
  },
  notifications: {
    list: base
      .input(page.partial())
      .output(z.object({ items: z.array(Notification), unread: z.number().int() })),
    read: base.input(z.object({ ids: z.array(id).max(1000).optional() })).output(ok),
  },
  situation: {
    list: base.input(SituationFilter.optional()).output(Situation),
    cell: base.input(z.object({ cellId: z.string().max(500) })).output(CellDetail),
    /** the rows behind a cell's numbers */
    rows: base
      .input(z.object({ cellId: z.string().max(500), what: z.enum(['snapshots', 'people', 'productivity']) }))
      .output(Table),
  },
  forecast: {
    /** what comes in to a cell on a date (default: today): ours, the company's, and what came */
    day: base
      .input(
        z.object({
          cellId: z.string().max(500),
          date: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}$/)
            .optional(),
        }),
      )
      .output(DayForecast),
  },
  alerts: {
    list: base
      .input(
        z
          .object({
            states: z.array(Alert.shape.state).optional(),
            limit: z.number().int().min(1).max(500).default(100),
          })
          .partial(),
      )
      .output(z.object({ alerts: z.array(Alert), open: z.number().int(), lastCheckAt: Instant.nullable() })),
    get: base.input(z.object({ id })).output(Alert),
    acknowledge: base.input(z.object({ id })).output(Alert),
    snooze: base.input(z.object({ id, minutes: z.number().int().min(1).max(1440) })).output(Alert),
    reopen: base.input(z.object({ id })).output(Alert),
    check: base.input(none).output(z.object({ checked: z.number().int(), open: z.number().int() })),
    /** what given levels would have raised in the last days */
    backtest: base
      .input(
        AlertSettings.pick({ watchAt: true, dangerAt: true, snapshots: true })
          .partial()
          .extend({ days: z.number().int().min(1).max(28).default(7) }),
      )
      .output(eventIterator(BacktestEvent)),
    quality: base
      .input(z.object({ days: z.number().int().min(1).max(365).default(30) }))
      .output(AlertQuality),
    settings: base.input(none).output(AlertSettings),
  },
  placement: {
    propose: base
      .input(ProposalScope.partial().extend({ alertId: id.optional(), supersedes: id.optional() }))
      .output(eventIterator(ProposeEvent)),
    get: base.input(z.object({ id })).output(ProposalView),
    list: base
      .input(z.object({ limit: z.number().int().min(1).max(500).default(100) }).partial())
      .output(z.array(ProposalView)),
    simulate: base.input(z.object({ id })).output(Simulation),
    whyNot: base.input(z.object({ id, operatorId: id })).output(WhyNot),
    /** solves the stored snapshot again and compares; `id` of a proposal or of a decision */
    verify: base.input(z.object({ id })).output(Verification),
    /** a plan for a day as people × time */
    board: base.input(z.object({ id })).output(DayBoard),
    /** the days that can be planned from here, and whose roster each would have: its own, a weekday's usual one, or none (null) */
    days: base.input(none).output(z.array(z.object({ date: z.string(), roster: z.string().nullable() }))),
    /** people who could be asked about or pinned in this proposal */
    candidates: base.input(z.object({ id, text: z.string().max(100).optional() })).output(
      z.array(
        z.object({
          operatorId: z.string(),
          name: z.string(),
          home: z.string(),
          cellId: z.string().nullable(),
        }),
      ),
    ),
    /** what became of approved proposals: prediction against what came */
    outcomes: base
      .input(
        z
          .object({ proposalId: id.optional(), limit: z.number().int().min(1).max(500).default(100) })
          .partial(),
      )
      .output(Outcomes),
    /** moves per person over the last 30 days */
    ledger: base.input(none).output(Ledger),
    rules: base.input(none).output(RulesVersion),
    rulesHistory: base.input(none).output(z.array(RulesVersion)),
    /** rules read from words, newest first; they count for nothing until confirmed */
    drafts: base.input(none).output(z.array(RuleDraft)),
    /** everybody whom a rule can name */
    people: base.input(none).output(z.array(z.object({ id: z.string(), name: z.string() }))),
    /** reads a text; what it seems to ask for becomes drafts, possibly none */
    draftFrom: base.input(z.object({ text: z.string().trim().min(1).max(2000) })).output(z.array(RuleDraft)),
    /** takes a changed form over, solves the last proposals again under it and keeps the result with the draft */
    backTest: base
      .input(z.object({ id, change: RuleChange.optional() }))
      .output(eventIterator(BackTestEvent)),
    /** a person's word: only a draft that was tried on past proposals becomes a rule */
    confirmDraft: base.input(z.object({ id, why: z.string().trim().min(1).max(1000) })).output(RuleDraft),
    discardDraft: base.input(z.object({ id })).output(RuleDraft),
    setRules: base
      .input(z.object({ rules: Rules, why: z.string().max(1000).nullable() }))
      .output(RulesVersion),
  },
  whatIf: {
    /** scenarios beside the situation as it is; `cellId` is told even where nothing changes */
    compare: base
      .input(
        z.object({
          scenarios: z.array(z.object({ changes: Changes })).max(SCENARIOS_AT_ONCE),
          cellId: z.string().max(500).optional(),
        }),
      )
      .output(Comparison),
    /** saved scenarios, newest first */
    list: base.input(none).output(z.array(Scenario)),
    save: base
      .input(Scenario.pick({ name: true, changes: true }).extend({ id: id.optional() }))
      .output(Scenario),
    /** can be brought back for a day */
    remove: base.input(z.object({ id })).output(ok),
    restore: base.input(z.object({ id })).output(Scenario),
  },
  /** saved queries of the analytics screen */
  measures: {
    list: base.input(none).output(z.array(MeasureInfo)),
    query: base.input(Query).output(Answered),
    /** the rows behind a figure */
    rows: base.input(RowsOf).output(Table),
  },
  questions: {
    /** the plan of a question and the account of its words; nothing is run */
    read: base.input(z.object({ text: z.string().trim().min(1).max(8000), lang: Lang })).output(Reading),
  },
  views: {
    /** newest first */
    list: base.input(none).output(z.array(SavedView)),
    /** without an `id` a new one; with one it takes what is given: its name, its query, its place in the nightly report */
    save: base
      .input(SavedView.pick({ name: true, query: true, nightly: true }).extend({ id: id.optional() }))
      .output(SavedView),
    /** can be brought back for a day */
    remove: base.input(z.object({ id })).output(ok),
    restore: base.input(z.object({ id })).output(SavedView),
  },
  approvals: {
    approve: base
      .input(z.object({ id, actor: z.string().max(100).optional(), note: z.string().max(2000).optional() }))
      .output(Decision),
    reject: base
      .input(
        z.object({
          id,
          actor: z.string().max(100).optional(),
          reason: z.enum(REJECT_REASONS),
          text: z.string().max(2000).optional(),
        }),
      )
      .output(Decision),
    /** a compensating record; nothing is deleted */
    undo: base.input(z.object({ decisionId: id, actor: z.string().max(100).optional() })).output(Decision),
    list: base
      .input(z.object({ limit: z.number().int().min(1).max(500).default(100) }).partial())
      .output(z.array(Decision)),
    retry: base.input(none).output(z.object({ waiting: z.number().int() })),
    audit: base
      .input(z.object({ limit: z.number().int().min(1).max(1000).default(200) }).partial())
      .output(z.object({ entries: z.array(AuditEntry), intact: z.boolean(), head: AuditHead.nullable() })),
    verify: base
      .input(
        z.object({ seq: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{8,64}$/) }).optional(),
      )
      .output(AuditCheck),
  },
  chat: {
    sessions: base
      .input(
        z
          .object({
            text: z.string().max(200).optional(),
            /** pinned ones first, then the newest */
            limit: z.number().int().min(1).max(1000).default(1000),
          })
          .partial(),
      )
      .output(z.array(Session)),
    create: base.input(z.object({ title: z.string().max(200).optional() }).partial()).output(Session),
    rename: base.input(z.object({ sessionId: id, title: z.string().trim().min(1).max(200) })).output(Session),
    pin: base.input(z.object({ sessionId: id, pinned: z.boolean() })).output(Session),
    remove: base.input(z.object({ sessionId: id })).output(ok),
    /** brings a removed session back within the undo bar's time */
    restore: base.input(z.object({ sessionId: id })).output(Session),
    messages: base.input(z.object({ sessionId: id })).output(z.array(Message)),
    /** `sessionId` absent: a new session. Aborting the call stops the answer and keeps what was written. */
    send: base
      .input(
        z.object({
          sessionId: id.optional(),
          text: z.string(),
          lang: Lang,
          /** shown beside the question, e.g. the alert it is about */ alertId: id.optional(),
          /** a person corrected how `text` was read: these plans are run as they are */
          plans: z.array(Plan).min(1).max(4).optional(),
        }),
      )
      .output(eventIterator(ChatEvent)),
    intent: base.input(z.object({ text: z.string() })).output(IntentResult),
    /** somebody is about to ask: models that play a role are made ready */
    prepare: base.input(z.object({ lang: Lang })).output(ok),
    export: base.input(z.object({ sessionId: id, format: z.enum(['markdown', 'json', 'csv']) })).output(file),
  },
  knowledge: {
    list: base.input(none).output(z.array(Document)),
    get: base.input(z.object({ id })).output(
      z.object({
        document: Document,
        text: z.string(),
        chunks: z.array(Passage),
      }),
    ),
    add: base
      .input(
        z.object({
          title: z.string().trim().min(1).max(300),
          text: z.string(),
          tags: z.array(z.string().max(50)).max(20).default([]),
          source: z.enum(['typed', 'file']).default('typed'),
        }),
      )
      .output(Document),
    update: base
      .input(
        z.object({
          id,
          title: z.string().trim().min(1).max(300),
          text: z.string(),
          tags: z.array(z.string().max(50)).max(20),
        }),
      )
      .output(Document),
    /** a file's bytes as they are: kind and encoding are found out here */
    addFile: base
      .input(
        z.object({
          name: z.string().trim().min(1).max(300),
          /** base64 */
          data: z.string().max(Math.ceil((OFFICE_FILE_LIMIT * 4) / 3) + 8),
          tags: z.array(z.string().max(50)).max(20).default([]),
          modifiedAt: z.number().int().nullable().default(null),
        }),
      )
      .output(Document),
    /** hides it; gone for good a day later */
    remove: base.input(z.object({ id })).output(ok),
    restore: base.input(z.object({ id })).output(Document),
    search: base
      .input(
        z.object({
          text: z.string().max(2000),
          limit: z.number().int().min(1).max(50).default(8),
          /** documents with any of these */
          tags: z.array(z.string().max(50)).max(20).optional(),
          sources: z.array(DocumentSource).optional(),
        }),
      )
      .output(KnowHowFound),
    folders: base.input(none).output(z.array(Folder)),
    watch: base
      .input(
        z.object({
          path: GivenPath.pipe(z.string().trim().min(1).max(1000)),
          tags: z.array(z.string().max(50)).max(20).default([]),
        }),
      )
      .output(Folder),
    /** looks now instead of at the next minute */
    scan: base.input(z.object({ id })).output(Folder),
    unwatch: base.input(z.object({ id, documents: z.enum(['keep', 'remove']) })).output(ok),
    embedder: base.input(none).output(EmbedderStatus),
    /** begins again what failed or was stopped; resolves when it has begun */
    rebuild: base.input(none).output(ok),
  },
  company: {
    connection: base.input(none).output(ConnectionView),
    save: base
      .input(
        z.object({
          connection: Connection,
          password: z.string().max(1000).optional(),
          remember: z.enum(['key-store', 'file', 'memory']).default('memory'),
        }),
      )
      .output(ConnectionView),
    forget: base.input(none).output(ConnectionView),
    test: base
      .input(z.object({ connection: Connection, password: z.string().max(1000).optional() }))
      .output(TestResult),
    suggest: base.input(none).output(MappingSuggestion),
    mapping: base.input(none).output(Mapping.nullable()),
    saveMapping: base
      .input(z.object({ mapping: Mapping }))
      .output(z.object({ mapping: Mapping, problems: z.array(ErrorData) })),
    /** the first rows of a table as they would arrive, with what would be refused */
    preview: base
      .input(z.object({ mapping: Mapping, table: z.string().max(100) }))
      .output(z.object({ table: Table, dead: z.array(DeadLetter) })),
    sync: base.input(none).output(SyncReport),
    status: base.input(none).output(SyncStatus),
    deadLetters: base
      .input(
        z
          .object({
            source: z.string().max(100).optional(),
            limit: z.number().int().min(1).max(1000).default(100),
          })
          .partial(),
      )
      .output(z.object({ items: z.array(DeadLetter), total: z.number().int() })),
    replay: base
      .input(z.object({ source: z.string().max(100).optional() }).partial())
      .output(z.object({ replayed: z.number().int(), fixed: z.number().int() })),
    freshness: base.input(none).output(Freshness),
  },
  logs: {
    sources: base.input(none).output(z.array(LogSource)),
    formats: base.input(none).output(z.array(FormatView)),
    /** what a format of the site's own, kept or not, makes of a file on this machine */
    tryFormat: base.input(z.object({ format: OwnFormat, path: GivenPath })).output(FormatTrial),
    addFormat: base.input(OwnFormat).output(z.object({ name: z.string() })),
    removeFormat: base.input(z.object({ name: z.string().max(50) })).output(ok),
    /** how the first lines of a file on this machine would be read */
    preview: base
      .input(z.object({ path: GivenPath, rules: LogSourceRules.partial().optional() }))
      .output(SourcePreview),
    /** a file or folder on this machine, followed from now on, or read once */
    addSource: base
      .input(
        z.object({
          kind: z.enum(['file', 'folder', 'import']),
          path: GivenPath.pipe(z.string().min(1)),
          rules: LogSourceRules.partial().optional(),
        }),
      )
      .output(LogSource),
    /** the company's tables, those that look like logs first, each with the columns it would be read by */
    tables: base.input(none).output(z.array(LogTableChoice)),
    /** how its newest rows would be read, and which would be refused */
    previewTable: base
      .input(z.object({ table: LogTable, rules: LogSourceRules.partial().optional() }))
      .output(TablePreview),
    /** a further log table of the company's, followed from now on */
    addTable: base
      .input(z.object({ table: LogTable, rules: LogSourceRules.partial().optional() }))
      .output(LogSource),
    updateSource: base.input(z.object({ id, rules: LogSourceRules.partial() })).output(LogSource),
    /** its lines go with it; templates stay */
    removeSource: base.input(z.object({ id })).output(ok),
    /** tries a waiting source at once */
    retrySource: base.input(z.object({ id })).output(LogSource),
    /** a dropped file, or a folder's files, in pieces of at most 1 MB (base64); `done` on the last makes a source of kind `import` */
    upload: base
      .input(
        z.object({
          uploadId: z.string().regex(/^[\w-]{8,64}$/),
          name: z.string().min(1).max(300),
          /** of a folder's file: `folder/web/app.log`; `name` is the folder's then */
          place: z.string().min(1).max(2000).optional(),
          modifiedAt: Instant.optional(),
          offset: z.number().int().min(0),
          data: z.string().max(1_500_000),
          done: z.boolean(),
          rules: LogSourceRules.partial().optional(),
        }),
      )
      .output(z.object({ received: z.number().int(), source: LogSource.nullable() })),
    accounting: base.input(none).output(Accounting),
    deadLetters: base
      .input(
        z
          .object({
            sourceId: id.optional(),
            before: z.number().int().optional(),
            limit: z.number().int().min(1).max(1000).default(100),
          })
          .partial(),
      )
      .output(z.object({ items: z.array(LogDeadLetter), total: z.number().int() })),
    /** reads them again under the source's rules of now */
    replay: base
      .input(z.object({ sourceId: id.optional() }).partial())
      .output(z.object({ replayed: z.number().int(), fixed: z.number().int() })),
    lines: base
      .input(
        z.object({
          filter: LineFilter,
          order: z.enum(['newest', 'oldest']).default('newest'),
          limit: z.number().int().min(1).max(1000).default(200),
          /** a screenful at once rather than a whole page: where lines are far apart, `next` goes on sooner */
          soon: z.boolean().default(false),
          /** a page's `next` */
          after: z.string().max(500).optional(),
        }),
      )
      .output(LinePage),
    /** a line and its neighbours of the same source, in the order of the file */
    context: base
      .input(
        z.object({
          id: z.number().int(),
          before: z.number().int().min(0).max(500).default(20),
          after: z.number().int().min(0).max(500).default(20),
        }),
      )
      .output(z.array(LogLine)),
    counts: base
      .input(
        z.object({
          filter: LineFilter,
          by: CountBy,
          /** at most so many buckets; absent: one */
          buckets: z.number().int().min(1).max(500).default(1),
          top: z.number().int().min(1).max(5000).default(50),
        }),
      )
      .output(LogCounts),
    /** what roll-ups cannot tell (words, expressions, values, marks), counted line by line; grows until it is exact */
    countFound: base
      .input(
        z.object({
          filter: LineFilter,
          buckets: z.number().int().min(1).max(500).default(1),
          top: z.number().int().min(1).max(5000).default(50),
        }),
      )
      .output(eventIterator(FoundCounts)),
    templates: base
      .input(
        z
          .object({
            text: z.string().max(300),
            services: z.array(z.string()),
            levels: z.array(z.string()),
            mark: TemplateMark,
            noise: z.boolean(),
            sort: z.enum(['lines', 'newest', 'rarest', 'id']),
            limit: z.number().int().min(1).max(5000),
          })
          .partial(),
      )
      .output(z.object({ templates: z.array(LogTemplate), total: z.number().int() })),
    template: base.input(z.object({ id: z.number().int() })).output(
      z.object({
        template: LogTemplate,
        /** what was merged into it by a person, as it was on its own */
        parts: z.array(z.object({ id: z.number().int(), text: z.string() })),
        holes: z.array(HoleStats),
        history: z.array(TemplateChange),
      }),
    ),
    renameTemplate: base
      .input(z.object({ id: z.number().int(), name: z.string().max(300).nullable() }))
      .output(LogTemplate),
    lockTemplate: base.input(z.object({ id: z.number().int(), locked: z.boolean() })).output(LogTemplate),
    markTemplate: base.input(z.object({ id: z.number().int(), mark: TemplateMark })).output(LogTemplate),
    /** `ids` become part of `into`; can be taken back */
    mergeTemplates: base
      .input(z.object({ into: z.number().int(), ids: z.array(z.number().int()).min(1).max(500) }))
      .output(LogTemplate),
    unmergeTemplate: base.input(z.object({ id: z.number().int() })).output(LogTemplate),
    /** lines with one of `values` in a hole get templates of their own, the stored ones too */
    splitTemplate: base
      .input(
        z.object({
          id: z.number().int(),
          hole: z.number().int().min(0),
          values: z.array(z.string().max(1000)).min(1).max(20),
        }),
      )
      .output(z.array(LogTemplate)),
    bookmark: base
      .input(z.object({ lineId: z.number().int(), on: z.boolean(), note: z.string().max(5000).nullable() }))
      .output(LogLine),
    saved: base.input(none).output(z.array(SavedSearch)),
    /** takes the place of the one of this name */
    save: base
      .input(z.object({ name: z.string().trim().min(1).max(200), filter: SavedFilter }))
      .output(SavedSearch),
    removeSaved: base.input(z.object({ id })).output(ok),
    /** lines as a file, at most 100,000 */
    export: base
      .input(z.object({ filter: LineFilter, format: z.enum(['text', 'csv', 'json']) }))
      .output(file),
    search: base
      .input(
        z.object({
          text: z.string().min(1).max(2000),
          services: z.array(z.string()).optional(),
          levels: z.array(z.string()).optional(),
          sources: z.array(z.string()).optional(),
          from: Instant.optional(),
          to: Instant.optional(),
          limit: z.number().int().min(1).max(200).default(30),
        }),
      )
      .output(LogsFound),
    indexes: base.input(none).output(z.array(IndexStatus)),
    rebuildIndex: base.input(z.object({ name: z.string() })).output(IndexStatus),
  },
  clusters: {
    /** the last run; null before the first */
    current: base.input(ofKind).output(ClusterRun.nullable()),
    /** groups again; runs as a task */
    run: base.input(ClusterParams.partial().extend(ofKind.shape)).output(ClusterRun),
    /** the map as last drawn; `draw` makes it anew, as a task */
    map: base.input(ofKind).output(ClusterMap),
    draw: base.input(ofKind).output(ClusterMap),
    /** what templates say, with `<*>` for holes, or their names; those that are gone are left out */
    texts: base
      .input(z.object({ ids: z.array(z.number().int()).min(1).max(2000) }))
      .output(z.array(z.object({ id: z.number().int(), text: z.string() }))),
    rename: base
      .input(z.object({ id: z.number().int(), name: z.string().max(200).nullable() }))
      .output(ClusterRun),
    pin: base.input(z.object({ id: z.number().int(), pinned: z.boolean() })).output(ClusterRun),
    merge: base
      .input(z.object({ into: z.number().int(), ids: z.array(z.number().int()).min(1).max(200) }))
      .output(ClusterRun),
    /** undoes a merge; `pinned`: as it was before */
    unmerge: base
      .input(
        z.object({
          clusters: z
            .array(z.object({ id: z.number().int(), pinned: z.boolean() }))
            .min(1)
            .max(200),
        }),
      )
      .output(ClusterRun),
  },
  anomalies: {
    status: base.input(none).output(AnomalyStatus),
    list: base
      .input(
        z
          .object({
            from: Instant,
            to: Instant,
            kinds: z.array(AnomalyKind),
            open: z.boolean(),
            limit: z.number().int().min(1).max(2000),
          })
          .partial(),
      )
      .output(z.array(Anomaly)),
    /** looks at everything up to now */
    look: base.input(none).output(AnomalyStatus),
    dismiss: base.input(z.object({ id })).output(Anomaly),
    expect: base
      .input(
        z.object({
          kind: AnomalyKind.nullable(),
          templateId: z.number().int().nullable(),
          service: z.string().nullable(),
          until: Instant.nullable(),
          why: z.string().max(500).nullable(),
        }),
      )
      .output(Expectation),
    expectations: base.input(none).output(z.array(Expectation)),
    unexpect: base.input(z.object({ id })).output(ok),
  },
  incidents: {
    list: base
      .input(
        z
          .object({
            from: Instant,
            to: Instant,
            states: z.array(IncidentState),
            limit: z.number().int().min(1).max(1000),
          })
          .partial(),
      )
      .output(z.array(Incident)),
    get: base.input(z.object({ id })).output(IncidentDetail),
    /** a few sentences; with `reword` in a model's words where one plays that role, which takes seconds */
    explain: base
      .input(z.object({ id, lang: Lang, reword: z.boolean().default(false) }))
      .output(IncidentExplanation),
    setState: base
      .input(
        z.object({
          id,
          state: IncidentState,
          note: z.string().max(5000).nullable().optional(),
          remedyId: id.nullable().optional(),
        }),
      )
      .output(IncidentDetail),
    remedies: base.input(none).output(z.array(Remedy)),
    /** `incidentId`: written down for that incident, and its remedy from now on */
    saveRemedy: base
      .input(
        z.object({
          id: id.optional(),
          incidentId: id.optional(),
          title: z.string().trim().min(1).max(300),
          steps: z.string().max(20_000),
        }),
      )
      .output(Remedy),
    removeRemedy: base.input(z.object({ id })).output(ok),
    /** worked or did not: changes what is recommended */
    feedback: base
      .input(z.object({ incidentId: id, remedyId: id, worked: z.boolean() }))
      .output(IncidentDetail),
    /** writes the incident down as know-how */
    toKnowledge: base.input(z.object({ id, lang: Lang })).output(Incident),
  },
  timeline: {
    view: base
      .input(
        z.object({
          location: z.string().optional(),
          businessId: z.string().optional(),
          process: z.string().optional(),
          from: Instant.optional(),
          to: Instant.optional(),
        }),
      )
      .output(Timeline),
    verdict: base.input(z.object({ cellId: z.string().max(500), at: Instant.optional() })).output(Verdict),
  },
  reports: {
    /** the sheet for the next shift, as of now */
    handover: base.input(none).output(Handover),
    list: base.input(none).output(z.array(ReportSummary)),
    get: base.input(z.object({ id })).output(Report),
    /** the nightly report of a day (today when absent), now */
    make: base
      .input(
        z
          .object({
            date: z
              .string()
              .regex(/^\d{4}-\d{2}-\d{2}$/)
              .optional(),
          })
          .optional(),
      )
      .output(Report),
    validate: base.input(none).output(Report),
    export: base
      .input(z.object({ id, format: z.enum(['markdown', 'csv', 'json']), lang: Lang }))
      .output(file),
    remove: base.input(z.object({ id })).output(ok),
  },
  models: {
    overview: base.input(none).output(ModelsOverview),
    /** looks at a file or folder of this machine without taking it in */
    inspect: base.input(z.object({ path: GivenPath.pipe(z.string().min(1)) })).output(ModelInspection),
    /** takes a model in as a task `model-import`; a copy that was cut off goes on where it stopped */
    import: base
      .input(z.object({ path: GivenPath.pipe(z.string().min(1)), mode: z.enum(['copy', 'link']) }))
      .output(ModelView),
    /** a dropped file where its path is not known (browser), in pieces of at most 4 MB (base64); goes on after a cut at `received` */
    upload: base
      .input(
        z.object({
          uploadId: z.string().regex(/^[\w-]{8,64}$/),
          /** files of an ONNX folder name their place in it */
          name: z.string().min(1).max(300),
          bytes: z.number().int().min(0),
          offset: z.number().int().min(0),
          data: z.string().max(6_000_000),
          /** the last piece of the last file */
          done: z.boolean(),
        }),
      )
      .output(z.object({ received: z.number().int(), model: ModelView.nullable() })),
    /** the copy goes to no bin: a link is only forgotten */
    remove: base.input(z.object({ id })).output(ok),
    assign: base.input(z.object({ role: ModelRole, modelId: id.nullable() })).output(ModelsOverview),
    /** back to the model that played the role before */
    rollBack: base.input(z.object({ role: ModelRole })).output(ModelsOverview),
    /** lifts the quarantine, checks the file again */
    retry: base.input(z.object({ id })).output(ModelView),
    /** a task `model-load` */
    load: base.input(z.object({ id })).output(ModelsOverview),
    unload: base.input(z.object({ id })).output(ModelsOverview),
    settings: base.input(ModelSettings.omit({ server: true }).partial()).output(ModelSettings),
    /** `key`: null forgets it, absent leaves it */
    server: base
      .input(
        ModelSettings.shape.server
          .omit({ hasKey: true })
          .partial()
          .extend({ key: z.string().max(500).nullable().optional() }),
      )
      .output(ModelSettings),
    /** the names of the models that the server offers */
    testServer: base.input(none).output(z.object({ models: z.array(z.string()), ms: z.number() })),
    /** a task `model-benchmark` */
    benchmark: base.input(z.object({ id, role: ModelRole })).output(ModelBenchmark),
    /** newest first */
    benchmarks: base.input(none).output(z.array(ModelBenchmark)),
  },
  demo: {
    status: base.input(none).output(DemoStatus),
    start: base
      .input(
        z
          .object({
            seed: z
              .number()
              .int()
              .min(0)
              .max(2 ** 31 - 1)
              .optional(),
            scenario: z.string().max(50).optional(),
            speed: z.number().min(0).max(600).optional(),
          })
          .partial(),
      )
      .output(DemoStatus),
    stop: base.input(none).output(DemoStatus),
  },
};
export type Contract = typeof contract;

// The one API: every procedure with its input and output. Pure (zod and oRPC's contract builder), so the renderer may import it.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Alert, AlertSettings, Notification } from './alerts.ts';
import { ChatEvent, IntentResult, Message, Session } from './chat.ts';
import { ErrorData, Freshness, Instant, Lang, Table } from './common.ts';
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
import { Document, Hit } from './knowledge.ts';
import {
  AuditEntry,
  Decision,
  Outcomes,
  ProposalScope,
  ProposalView,
  ProposeEvent,
  REJECT_REASONS,
  Rules,
  RulesVersion,
  Simulation,
  WhyNot,
} from './placement.ts';
import { CellDetail, Situation, SituationFilter } from './situation.ts';
import { About, AppLogLine, EngineEvent, Lookup, Settings, TaskView } from './system.ts';

/** Every procedure may answer with an expected error: `APP` carries its code and params. */
const base = oc.errors({ APP: { data: ErrorData } });
const id = z.string().min(1).max(200);
const page = z.object({ limit: z.number().int().min(1).max(1000).default(100), before: Instant.optional() });
const none = z.object({}).optional();
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
    rules: base.input(none).output(RulesVersion),
    rulesHistory: base.input(none).output(z.array(RulesVersion)),
    setRules: base
      .input(z.object({ rules: Rules, why: z.string().max(1000).nullable() }))
      .output(RulesVersion),
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
      .output(z.object({ entries: z.array(AuditEntry), intact: z.boolean() })),
  },
  chat: {
    sessions: base
      .input(z.object({ text: z.string().max(200).optional() }).partial())
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
        }),
      )
      .output(eventIterator(ChatEvent)),
    intent: base.input(z.object({ text: z.string() })).output(IntentResult),
    export: base.input(z.object({ sessionId: id, format: z.enum(['markdown', 'json', 'csv']) })).output(file),
  },
  knowledge: {
    list: base.input(none).output(z.array(Document)),
    get: base.input(z.object({ id })).output(
      z.object({
        document: Document,
        text: z.string(),
        chunks: z.array(z.object({ id: z.string(), text: z.string() })),
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
    remove: base.input(z.object({ id })).output(ok),
    search: base
      .input(z.object({ text: z.string().max(2000), limit: z.number().int().min(1).max(50).default(8) }))
      .output(z.array(Hit)),
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

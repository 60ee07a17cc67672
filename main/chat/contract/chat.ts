import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Bilingual, ErrorData, Fact, Instant, Lang, Table } from '../../api/contract/common.ts';
import { base, file, id, ok } from '../../api/contract/procedure.ts';
import { Place } from '../../knowledge/contract/knowledge.ts';
import { CHARTS } from '../../measures/contract/measures.ts';
import { Chip, Plan, Reading } from '../../questions/contract/questions.ts';

/** The nine intents; the names are the contract. */
export const INTENTS = [
  'deadline_optimization',
  'delay_risk_detection',
  'impact_analysis',
  'improve_alerts',
  'optimize_assignment',
  'simple_query',
  'productivity_analysis',
  'log_investigation',
  'out_of_scope',
] as const;
export const Intent = z.enum(INTENTS);
export type Intent = z.infer<typeof Intent>;
/** Entities are master-data names exactly as synced; business is a business_id. */
export const IntentResult = z.object({
  intent: Intent,
  location: z.string().nullable(),
  process: z.string().nullable(),
  business: z.string().nullable(),
  requires_action: z.boolean(),
  confidence: z.number().min(0).max(1),
});
export type IntentResult = z.infer<typeof IntentResult>;

export const StepName = z.enum(['intent', 'evidence', 'proposal', 'wording', 'check']);
export const Step = z.object({
  step: StepName,
  state: z.enum(['waiting', 'running', 'done', 'skipped', 'failed']),
  ms: z.number().nullable(),
  /** a short result for the person, e.g. 札幌 / エントリ1 / 遅延 */
  note: Bilingual.nullable(),
});
export type Step = z.infer<typeof Step>;
export const Citation = z.object({
  documentId: z.string(),
  chunkId: z.string(),
  title: z.string(),
  excerpt: z.string(),
  /** answers of earlier versions told none */
  place: Place.nullable().default(null),
  score: z.number(),
});
export type Citation = z.infer<typeof Citation>;
/** A question back, with real options; choosing one sends `text` as the next message. */
export const Clarify = z.object({
  question: Bilingual,
  options: z.array(z.object({ label: Bilingual, text: Bilingual })),
});
export type Clarify = z.infer<typeof Clarify>;

/** Why a model did not arrange all of an answer: a person stopped it (or asked on), it took too long, it broke. */
export const KeptWords = z.enum(['stopped', 'late', 'failed']);
export type KeptWords = z.infer<typeof KeptWords>;

export const MessageBody = z.object({
  lang: Lang,
  understood: IntentResult.nullable(),
  steps: z.array(Step),
  facts: z.array(Fact),
  tables: z.array(Table),
  citations: z.array(Citation),
  proposalId: z.string().nullable(),
  alertIds: z.array(z.string()),
  clarify: Clarify.nullable(),
  /** where each fact stands in `text`: [start, end) in UTF-16 units */
  marks: z.array(z.object({ fact: z.string(), start: z.number().int(), end: z.number().int() })),
  wordedBy: z.enum(['composer', 'model', 'person']),
  /**
   * the model that moved `lines` of the `of` sentences it was shown, or put a connective before them, and why it did not come to the
   * end; absent where none was asked
   */
  worded: z
    .object({
      modelId: z.string(),
      lines: z.number().int(),
      of: z.number().int(),
      /** earlier versions knew other reasons */
      kept: KeptWords.nullish().catch(null),
      /** what a model that failed ended with */
      because: ErrorData.nullish(),
    })
    .nullish(),
  /** parts of a structured answer: the heading is [start, end) of `text`, the part goes on to `bodyEnd` */
  sections: z
    .array(
      z.object({
        key: z.string(),
        start: z.number().int(),
        end: z.number().int(),
        bodyEnd: z.number().int(),
      }),
    )
    .optional(),
  /** the plans that were run and what became of each word; null: none was needed, or by an earlier version */
  reading: Reading.nullable().default(null),
  /** parts of the plans that a person can exchange or take away; a chip's path begins with its plan (`0.query.where.0`) */
  chips: z.array(Chip).default([]),
  /** two or three questions that are natural after this answer; `plans`: another reading of the same question, to be run instead */
  next: z.array(Bilingual.extend({ plans: z.array(Plan).max(4).optional() })).default([]),
  /** the chart that fits a table of the answer */
  charts: z.array(z.object({ table: z.number().int(), kind: z.enum(CHARTS) })).default([]),
  /** the button of the proposal's card that a person was asking for: it is focused, nothing is decided */
  focus: z.enum(['approve', 'reject']).nullable().default(null),
  stopped: z.boolean(),
  error: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type MessageBody = z.infer<typeof MessageBody>;
export const Message = z.object({
  id: z.string(),
  sessionId: z.string(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  at: Instant,
  body: MessageBody,
});
export type Message = z.infer<typeof Message>;
export const Session = z.object({
  id: z.string(),
  title: z.string(),
  pinned: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  messages: z.number().int(),
  /** where a search matched */ excerpt: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;
export const ChatEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked'), message: Message }),
  z.object({ kind: z.literal('step'), step: Step }),
  z.object({ kind: z.literal('understood'), understood: IntentResult }),
  z.object({ kind: z.literal('delta'), text: z.string() }),
  /** the answer, already given, as far as a model has arranged it by now: takes the place of its text */
  z.object({
    kind: z.literal('revised'),
    messageId: z.string(),
    text: z.string(),
    marks: MessageBody.shape.marks,
    sections: MessageBody.shape.sections,
    /** sentences looked at so far, of all that may be arranged */
    done: z.number().int(),
    of: z.number().int(),
  }),
  /** complete and stored; comes once more where a model arranged it */
  z.object({ kind: z.literal('answered'), message: Message, arranging: z.boolean().optional() }),
]);
export type ChatEvent = z.infer<typeof ChatEvent>;
export const CHAT_LIMIT = 8000;
export type StepName = z.infer<typeof StepName>;

export const chat = {
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
};

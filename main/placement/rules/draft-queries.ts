import { type Reader, run, type Sql, type Statement, sql } from '../../store/index.ts';
import { RuleDraft } from '../contract/placement.ts';

type DraftRow = {
  readonly draft_id: string;
  readonly created_at: number;
  readonly source_kind: string;
  readonly source_id: string | null;
  readonly source_title: string | null;
  readonly source_text: string;
  readonly change_json: string;
  readonly state: string;
  readonly back_test: string | null;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
  readonly version: number | null;
};
const drafts = (read: Reader, condition: Sql, limit: number): RuleDraft[] =>
  read
    .all<DraftRow>(
      sql`SELECT * FROM rule_drafts WHERE ${condition} ORDER BY created_at DESC, rowid DESC LIMIT ${limit}`,
    )
    .map((row) =>
      RuleDraft.parse({
        id: row.draft_id,
        createdAt: row.created_at,
        source: { kind: row.source_kind, id: row.source_id, title: row.source_title },
        text: row.source_text,
        change: JSON.parse(row.change_json),
        state: row.state,
        backTest: row.back_test === null ? null : JSON.parse(row.back_test),
        decidedBy: row.decided_by,
        decidedAt: row.decided_at,
        version: row.version,
      }),
    );
/** newest first */
export const draftRows = (read: Reader, limit: number): RuleDraft[] => drafts(read, sql`1`, limit);
export const draftById = (read: Reader, id: string): RuleDraft | undefined =>
  drafts(read, sql`draft_id = ${id}`, 1)[0];

export const insertDraft = (d: RuleDraft): Statement =>
  run(sql`INSERT INTO rule_drafts (draft_id, created_at, source_kind, source_id, source_title, source_text, change_json, state)
    VALUES (${d.id}, ${d.createdAt}, ${d.source.kind}, ${d.source.id}, ${d.source.title}, ${d.text}, ${JSON.stringify(d.change)}, ${d.state})`);
/** Refused when somebody else decided in the meantime. */
export const saveDraft = (d: RuleDraft): Statement =>
  run(
    sql`UPDATE rule_drafts SET change_json = ${JSON.stringify(d.change)}, state = ${d.state},
      back_test = ${d.backTest && JSON.stringify(d.backTest)}, decided_by = ${d.decidedBy}, decided_at = ${d.decidedAt}, version = ${d.version}
    WHERE draft_id = ${d.id} AND state = 'open'`,
    { changes: 1, why: `draft ${d.id} is decided` },
  );

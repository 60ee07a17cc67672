// Two laptops, one person: a decision is refused when another laptop's decision has the same person elsewhere at the same time.
import { z } from 'zod';
import { dateTimeIn } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { ApprovalRow, CompanyDecision } from '../store/index.ts';

const Moved = z.array(
  z.object({
    operator_id: z.coerce.string(),
    operator_name: z.string().default(''),
    to: z.object({ location_name: z.string(), process_name: z.string() }),
    start: z.iso.datetime().transform(Date.parse),
    end: z.iso.datetime().transform(Date.parse),
  }),
);
const Despite = z.object({ despite: z.array(z.string()) });

const parsed = <T>(schema: z.ZodType<T>, text: string): T | null => {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // a row that is not ours
  }
};
const moves = (row: Pick<ApprovalRow, 'action_type' | 'execution_status' | 'changes'>) =>
  ['approved', 'modified'].includes(row.action_type) && row.execution_status !== 'failed'
    ? (parsed(Moved, row.changes) ?? [])
    : [];

/** The decisions that a person chose to act against. */
export const despite = (impact: string): readonly string[] => parsed(Despite, impact)?.despite ?? [];
/** `impact` of a decision that a person holds to against another one. */
export const heldAgainst = (impact: string, other: string): string =>
  JSON.stringify({ ...(JSON.parse(impact) as object), despite: [...despite(impact), other] });

/**
 * Throws `approval.taken` when a decision in force of another laptop moves one of the same people at an overlapping time.
 * @param decisions the newest ones in the company's table
 * @param isOwn whether a proposal is of this laptop, which has weighed its own decisions already
 */
export function refuseTaken(
  row: ApprovalRow,
  decisions: readonly CompanyDecision[],
  { isOwn, zone }: { readonly isOwn: (proposalId: string) => boolean; readonly zone: string },
): void {
  const mine = moves(row);
  const accepted = new Set(despite(row.impact));
  const withdrawn = new Set(
    decisions.filter((one) => one.action_type === 'rejected').map((one) => one.suggestion_id),
  );
  for (const other of mine.length > 0 ? decisions : []) {
    const id = other.suggestion_id;
    if (withdrawn.has(id) || accepted.has(id) || isOwn(id)) continue;
    for (const theirs of moves(other)) {
      const same = mine.find(
        (move) =>
          move.operator_id === theirs.operator_id && move.start < theirs.end && theirs.start < move.end,
      );
      if (!same) continue;
      const at = (time: number): string => dateTimeIn(time, zone).slice(5, 16);
      throw new AppError('approval.taken', {
        person: same.operator_name || same.operator_id,
        by: other.action_user,
        proposal: id,
        start: at(theirs.start),
        end: at(theirs.end),
        place: `${theirs.to.location_name} ${theirs.to.process_name}`,
      });
    }
  }
}

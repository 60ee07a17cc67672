import { userInfo } from 'node:os';
import type { AuditAction } from './contract/words/audit.ts';
import type { Context } from './services.ts';

/** Who acts: the name in the settings, else this computer's user. A decision about people asks `access.decider`. */
export const actorOf = (context: Context): string =>
  context.services.settings.get().userName.trim() || userInfo().username;

/** What the audit chain keeps of a judgement; `subject`: what it was about, as a person would name it. */
export type Judgement = {
  readonly action: AuditAction;
  readonly subject: string;
  readonly body?: Readonly<Record<string, unknown>>;
};

/**
 * A person's judgement: done, then kept in the audit chain under their name. `judgement` answers null for what turned out to change
 * nothing. A record that cannot be kept is an error of the call: no deed passes silently without it.
 */
export async function judged<T>(
  context: Context,
  deed: T | Promise<T>,
  judgement: (result: T) => Judgement | null,
): Promise<T> {
  const result = await deed;
  const event = judgement(result);
  if (event) await context.services.approvals.record({ body: {}, ...event, actor: actorOf(context) });
  return result;
}

import { userInfo } from 'node:os';
import type { AuditAction } from '../approvals/contract/words.ts';
import type { Call } from './base.ts';

/** Who acts: the name in the settings, else this computer's user. A decision about people asks `access.decider`. */
export const actorOf = (call: Call): string => call.settings.get().userName.trim() || userInfo().username;

/** What the audit chain keeps of a judgement; `subject`: what it was about, as a person would name it. */
export type Judgement = {
  readonly action: AuditAction;
  readonly subject: string;
  readonly body?: Readonly<Record<string, unknown>>;
};

/**
 * A person's judgement, kept in the audit chain under their name in the transaction that does it. `judgement` is asked just before, with what
 * the deed makes where it says so (`store.write`); null: it changes nothing worth keeping. What writes nothing leaves no entry.
 */
export const judged = <T, Made = void>(
  call: Call,
  deed: () => T | Promise<T>,
  judgement: (made: Made) => Judgement | null,
): Promise<T> =>
  call.approvals.judge(
    (made) => {
      const event = judgement(made as Made);
      return event && { body: {}, ...event, actor: actorOf(call) };
    },
    async () => deed(),
  );

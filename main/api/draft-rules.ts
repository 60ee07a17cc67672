import type { RuleDraft } from '../placement/contract/placement.ts';
import type { Call } from './base.ts';

/** Drafts of the rules that a text seems to ask for; pages hear of them. They change nothing until a person confirms them. */
export async function draftRules(
  call: Call,
  text: string,
  source: RuleDraft['source'],
): Promise<RuleDraft[]> {
  const drafts = await call.placement.drafts.from(text, source);
  if (drafts.length > 0) call.events.emit({ kind: 'changed', topics: ['rules'] });
  return drafts;
}

import type { RuleDraft } from '../placement/contract/placement.ts';
import type { Context } from './services.ts';

/** Drafts of the rules that a text seems to ask for; pages hear of them. They change nothing until a person confirms them. */
export async function draftRules(
  { services }: Context,
  text: string,
  source: RuleDraft['source'],
): Promise<RuleDraft[]> {
  const drafts = await services.placement.drafts.from(text, source);
  if (drafts.length > 0) services.events.emit({ kind: 'changed', topics: ['rules'] });
  return drafts;
}

/** What the audit chain keeps, in words: the same on the history screen and on the command line. Pure. */
import { isErrorCode, type Lang, wordError } from '../../kernel/errors.ts';
import { fill } from '../../kernel/words.ts';
import type { AuditCheck } from '../../placement/contract/placement.ts';
import words from './words.json' with { type: 'json' };

const { actions, places, check: said } = words;
/** Every judgement of a person that the chain keeps. */
export type AuditAction = keyof typeof actions;

/** What the check of the record found, a sentence each; the first says whether it is whole. */
export function wordAuditCheck({ chain, anchors, damage }: AuditCheck, lang: Lang): string[] {
  return [
    said[chain ? 'whole' : 'broken'][lang],
    ...anchors.map(({ place, state, seq, error }) => {
      const why = error && isErrorCode(error.code) ? wordError({ ...error, code: error.code }, lang).say : '';
      return fill(said[state], { place: places[place], seq: seq ?? '', why }, lang);
    }),
    ...(damage === null ? [] : [fill(said.damage, { damage }, lang)]),
  ];
}

const isKnown = (action: string): action is AuditAction => Object.hasOwn(actions, action);
/** An action of the chain in words; one that this version does not know, as it is. */
export const wordAudit = (action: string, lang: Lang): string =>
  isKnown(action) ? actions[action][lang] : action;

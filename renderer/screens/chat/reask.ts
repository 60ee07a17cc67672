import type { TFunction } from 'i18next';
import type { IntentResult } from '../../../main/api/contract/chat.ts';

export type Slot = 'intent' | 'location' | 'process' | 'business';
export type Change = { readonly slot: Slot; readonly value: string | null };

/** The scope of an understanding in words, e.g. 札幌のエントリ1工程 (業務SS) */
export const scopeOf = (
  understood: Pick<IntentResult, 'location' | 'process' | 'business'>,
  t: TFunction<'chat'>,
  lang: 'ja' | 'en',
): string => {
  const { location, process, business } = understood;
  const parts = [
    location,
    business === null ? null : t('scopeBusiness', { business }),
    process === null ? null : t('scopeProcess', { process }),
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('scopeAll') : parts.join(lang === 'ja' ? 'の' : ', ');
};

/**
 * The question to ask when a chip was changed: the person's own words where the changed name stands in them,
 * else the plain question of that aim with the new scope.
 */
export function reaskText(
  question: string,
  understood: IntentResult,
  change: Change,
  t: TFunction<'chat'>,
  lang: 'ja' | 'en',
): string {
  const old = understood[change.slot];
  if (change.slot !== 'intent' && change.value !== null && old !== null && question.includes(old))
    return question.replaceAll(old, change.value);
  const changed = { ...understood, [change.slot]: change.value };
  return t(`reask.${changed.intent}`, { scope: scopeOf(changed, t, lang) });
}

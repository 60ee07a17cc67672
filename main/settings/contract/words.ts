/** What a policy file fixes and what is wrong with one, in words: the same in settings and on the command line. Pure. */
import { fill, fillBoth, type Lang, type Words } from '../../kernel/words.ts';
import { POLICY_KEYS, type Policy, type PolicyView } from './policy.ts';
import words from './words.json' with { type: 'json' };

export const { page: POLICY_WORDS, says: POLICY_SAYS } = words;

/** One thing that is wrong: where it is, and what may be written there. */
export function wordPolicyIssue(key: string, isKnown: boolean): Words {
  const known = POLICY_KEYS.join(', ');
  if (!isKnown) return fillBoth(words.says.unknown, { key, known });
  const [top] = key.split('.');
  return fillBoth(words.says.wrong, { key, want: words.keys[top as keyof Policy] });
}

/** Each item with what it is fixed to, or that it is the user's choice. */
export function wordPolicy({ policy, hasPin }: PolicyView, lang: Lang): [string, string][] {
  const { values } = words;
  const value = (key: keyof Policy): string => {
    if (key === 'approverPin') return values[hasPin ? 'asked' : 'free'][lang];
    const given = policy[key];
    if (given === undefined) return values.free[lang];
    if (key === 'readOnly') return given ? values.never[lang] : values.free[lang];
    if (key === 'allowedModels') return fill(values.models, { n: (given as string[]).length }, lang);
    if (typeof given === 'boolean') return values[given ? 'yes' : 'no'][lang];
    return Array.isArray(given) ? given.join(', ') : String(given);
  };
  return POLICY_KEYS.map((key) => [words.names[key][lang], value(key)]);
}
export const wordRole = ({ role, account }: PolicyView, lang: Lang): string =>
  fill(words.page[role], { account }, lang);

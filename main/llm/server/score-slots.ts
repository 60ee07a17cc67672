// Probabilities of the options of slots, from the log-probabilities of the tokens in which a server wrote its JSON answer.
import type { ChooseRequest, Chosen } from '../types.ts';

/** A token of the answer with what might have stood there instead. */
export type ScoredToken = {
  readonly bytes: Uint8Array;
  readonly logprob: number;
  readonly others: readonly { readonly bytes: Uint8Array; readonly logprob: number }[];
};
type Slot = ChooseRequest['slots'][number];

/** A value as it stands between the quotes of JSON, with the quote that ends it: so no option begins with another. */
const written = (option: string): Buffer => Buffer.from(JSON.stringify(option).slice(1));
const startsWith = (whole: Buffer, head: Buffer): boolean =>
  head.length <= whole.length && whole.subarray(0, head.length).equals(head);

/**
 * For every slot the options with their probabilities given the slots before, likeliest first; null where the answer cannot be followed
 * (it is not the JSON that was asked for). At every token of a value, the mass of an alternative goes to the options it could begin,
 * in equal parts, as does the mass that was not told; what belongs to no option is left out and the rest scaled to 1.
 */
export function scoreSlots(tokens: readonly ScoredToken[], slots: readonly Slot[]): Chosen | null {
  const text = Buffer.concat(tokens.map((token) => token.bytes));
  let from = 0;
  const scored: { name: string; options: { option: string; p: number }[] }[] = [];
  for (const slot of slots) {
    const start = valueStart(text, slot.name, from);
    if (start === null) return null;
    const options = slot.options.map((option) => ({ option, bytes: written(option), mass: 0 }));
    const chosen = options.find(({ bytes }) => startsWith(text.subarray(start), bytes));
    if (!chosen) return null;
    const end = start + chosen.bytes.length;
    followValue(tokens, { text, start, end }, options, chosen);
    const sum = options.reduce((total, { mass }) => total + mass, 0);
    if (!(sum > 0)) return null;
    scored.push({
      name: slot.name,
      options: options.map(({ option, mass }) => ({ option, p: mass / sum })).sort((a, b) => b.p - a.p),
    });
    from = end;
  }
  return scored;
}

/** The byte after the opening quote of a slot's value. */
function valueStart(text: Buffer, name: string, from: number): number | null {
  const key = text.indexOf(Buffer.from(`${JSON.stringify(name)}`), from);
  if (key < 0) return null;
  let at = key + Buffer.byteLength(JSON.stringify(name));
  for (const wanted of [':', '"']) {
    while (/\s/.test(String.fromCharCode(text[at] ?? 0))) at += 1;
    if (text[at] !== wanted.charCodeAt(0)) return null;
    at += 1;
  }
  return at;
}

type Mass = { readonly bytes: Buffer; mass: number };
function followValue(
  tokens: readonly ScoredToken[],
  value: { readonly text: Buffer; readonly start: number; readonly end: number },
  options: readonly Mass[],
  chosen: Mass,
): void {
  /** probability of the value so far */
  let before = 1;
  let at = 0;
  for (const token of tokens) {
    const next = at + token.bytes.length;
    if (next > value.start && at < value.end) {
      // a token may begin before the value: alternatives count if they begin alike
      const lead = value.text.subarray(Math.min(at, value.start), value.start);
      const soFar = value.text.subarray(value.start, Math.max(at, value.start));
      for (const other of token.others) {
        const bytes = Buffer.from(other.bytes);
        if (at < value.start && !startsWith(bytes, lead)) continue;
        if (bytes.equals(Buffer.from(token.bytes))) continue;
        const begun = Buffer.concat([soFar, bytes.subarray(at < value.start ? lead.length : 0)]);
        const could = options.filter((o) => startsWith(o.bytes, begun) || startsWith(begun, o.bytes));
        for (const option of could) option.mass += (before * Math.exp(other.logprob)) / could.length;
      }
      // mass below the alternatives that were told: nothing is known of it, so every option still possible gets its part
      const told = token.others.reduce((sum, other) => sum + Math.exp(other.logprob), 0);
      const open = options.filter((o) => startsWith(o.bytes, soFar));
      if (token.others.length > 0 && told < 1)
        for (const option of open) option.mass += (before * (1 - told)) / open.length;
      before *= Math.exp(token.logprob);
    }
    at = next;
  }
  chosen.mass += before;
}

/**
 * Probabilities from answers drawn at temperature 1, where a server gives no log-probabilities: the posterior mean under a flat Dirichlet
 * prior of total weight 1. The first answer is the greedy one and breaks ties by standing first.
 */
export function countVotes(
  answers: readonly Readonly<Record<string, string>>[],
  slots: readonly Slot[],
): Chosen {
  return slots.map(({ name, options }) => ({
    name,
    options: options
      .map((option) => {
        const votes = answers.filter((answer) => answer[name] === option).length;
        return { option, p: (votes + 1 / options.length) / (answers.length + 1) };
      })
      .sort((a, b) => b.p - a.p || rank(answers, name, a.option) - rank(answers, name, b.option)),
  }));
}
const rank = (answers: readonly Readonly<Record<string, string>>[], name: string, option: string): number => {
  const first = answers.findIndex((answer) => answer[name] === option);
  return first < 0 ? answers.length : first;
};

import type { Token } from 'node-llama-cpp';
import { throwIfAborted } from '../../kernel/task.ts';
import type { ChooseRequest, Chosen } from '../types.ts';
import type { LlamaSession, Work } from './llama-session.ts';

/** Options by their tokens; those that begin alike share their beginning. */
export type OptionTree = { option: string | null; readonly next: Map<Token, OptionTree> };

/** Of two options with the same tokens the later is left out. */
export function growTree(
  options: readonly { readonly option: string; readonly tokens: readonly Token[] }[],
): OptionTree {
  const root: OptionTree = { option: null, next: new Map() };
  for (const { option, tokens } of options) {
    let at = root;
    for (const token of tokens) {
      const next = at.next.get(token) ?? { option: null, next: new Map() };
      at.next.set(token, next);
      at = next;
    }
    at.option ??= option;
  }
  return root;
}

/** Options that together are less likely than this share it alike: which of them is the likeliest is not worth an evaluation. */
const NEGLIGIBLE = 0.001;

/**
 * Decides slot after slot by what the model would write as `{"slot":"option",…}`: the options' probabilities where they part, given the
 * likeliest of the slots before. What a grammar would allow, without sampling; costs one evaluation for each parting of the ways.
 */
export async function chooseSlots(
  session: LlamaSession,
  request: ChooseRequest,
  work: Work,
): Promise<Chosen> {
  const prompt = session.writePrompt(request.system, request.user);
  const literal = (text: string): Token[] => session.model.tokenize(text, false, 'trimLeadingSpace');
  const slots = request.slots.map(({ name, options }, i) => {
    const close = literal(i + 1 < request.slots.length ? '",' : '"}');
    return {
      name,
      open: literal(`${i === 0 ? '{' : ''}${JSON.stringify(name)}:"`),
      close,
      // the closing quote parts an option from one that begins with it
      options: [...new Set(options)].map((option) => ({
        option,
        tokens: [...literal(JSON.stringify(option).slice(1, -1)), ...close.slice(0, 1)],
      })),
    };
  });
  const longest = slots.reduce(
    (sum, s) => sum + s.open.length + s.close.length + Math.max(...s.options.map((o) => o.tokens.length)),
    0,
  );
  session.checkLength(prompt, longest);
  await session.evaluate(prompt, work);

  let said: Token[] = [...prompt.tokens];
  const chosen: Chosen[number][] = [];
  for (const slot of slots) {
    said = [...said, ...slot.open];
    const found = await scoreTree(session, said, growTree(slot.options), work);
    const options = found.sort((a, b) => b.p - a.p);
    chosen.push({ name: slot.name, options });
    const best = slot.options.find((o) => o.option === options[0]?.option);
    said = [...said, ...(best?.tokens.slice(0, -1) ?? []), ...slot.close];
  }
  return chosen;
}

/** Probability of every option in the tree: at each fork its share, multiplied along the way. */
async function scoreTree(
  session: LlamaSession,
  said: readonly Token[],
  tree: OptionTree,
  work: Work,
): Promise<{ option: string; p: number }[]> {
  const scored: { option: string; p: number }[] = [];
  const open: { tree: OptionTree; path: readonly Token[]; p: number }[] = [{ tree, path: [], p: 1 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { path, p } = at;
    if (at.tree.option !== null) scored.push({ option: at.tree.option, p });
    const ways = [...at.tree.next];
    const isFork = ways.length > 1 && p >= NEGLIGIBLE;
    if (isFork) {
      throwIfAborted(work.signal);
      await work.offer();
    }
    const shares = isFork
      ? await session.compare(
          [...said, ...path],
          ways.map(([token]) => token),
          work,
        )
      : ways.map(() => 1 / ways.length);
    ways.forEach(([token, next], i) => {
      open.push({ tree: next, path: [...path, token], p: p * (shares[i] ?? 0) });
    });
  }
  return scored;
}

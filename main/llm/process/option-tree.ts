import type { Token } from 'node-llama-cpp';

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

/** Models that say what a test tells them to; the doors are the real ones. */
import type { ChoiceModel, ChooseRequest, Chosen, TextModel, WriteRequest } from '../../main/llm/types.ts';

export type Heard = { readonly writes: WriteRequest[]; readonly choices: ChooseRequest[] };

/** Writes what `answer` makes of the request, cut into small pieces. */
export function writer(answer: (request: WriteRequest) => string): TextModel & Heard {
  const writes: WriteRequest[] = [];
  return {
    modelId: 'stand-in-writer',
    writes,
    choices: [],
    async *write(request) {
      writes.push(request);
      if (request.onlyPrepare) return;
      const text = answer(request);
      for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7);
    },
  };
}
/** The numbered sentences of a wording request, in their order. */
export const sentencesOf = ({ user }: Pick<WriteRequest, 'user'>): string[] =>
  [...user.matchAll(/^\d+: (.+)$/gm)].map((match) => match[1] ?? '');
/** Answers a wording request sentence by sentence, as numbered lines or as the JSON that its schema asks for. */
export const rewriting = (change: (sentence: string) => string): TextModel & Heard =>
  writer((request) => {
    const lines = sentencesOf(request).map(change);
    return request.schema
      ? JSON.stringify({ lines })
      : lines.map((line, i) => `${i + 1}: ${line}`).join('\n');
  });

/** Chooses, for every slot, the option that `pick` names, with probability `p`; the rest is even. */
export function chooser(
  pick: (slot: string, request: ChooseRequest) => string,
  p = 0.9,
): ChoiceModel & Heard {
  const choices: ChooseRequest[] = [];
  const writes: WriteRequest[] = [];
  return {
    modelId: 'stand-in-chooser',
    choices,
    writes,
    async choose(request): Promise<Chosen> {
      choices.push(request);
      return request.slots.map(({ name, options }) => {
        const wanted = pick(name, request);
        const isThere = options.includes(wanted);
        const rest = options.length > 1 ? (1 - p) / (options.length - 1) : 1;
        return {
          name,
          options: options
            .map((option) => ({ option, p: !isThere ? 1 / options.length : option === wanted ? p : rest }))
            .sort((a, b) => b.p - a.p),
        };
      });
    },
    async *write(request) {
      writes.push(request);
      yield* [];
    },
  };
}

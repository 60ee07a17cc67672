/** Models that choose what a test tells them to; the doors are the real ones. */
import type { ChoiceModel, ChooseRequest, Chosen } from '../../../main/llm/types.ts';

export type Heard = { readonly choices: ChooseRequest[] };
export type Chooser = ChoiceModel & Heard;

/** The numbered sentences of a request, in their order. */
export const sentencesOf = ({ user }: Pick<ChooseRequest, 'user'>): string[] =>
  [...user.matchAll(/^\d+: (.+)$/gm)].map((match) => match[1] ?? '');

/** Chooses, for every slot, the option that `pick` names, with probability `p`; the rest is even. */
export function chooser(pick: (slot: string, request: ChooseRequest) => string, p = 0.9): Chooser {
  const choices: ChooseRequest[] = [];
  return {
    modelId: 'stand-in-chooser',
    choices,
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
  };
}
/** Puts this connective before every second sentence; one may not follow itself. */
export const connecting = (word: string): Chooser =>
  chooser((slot) => (/^before \d*[02468]$/.test(slot) ? word : ''));

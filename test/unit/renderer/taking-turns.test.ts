import { describe, expect, test } from 'vitest';
import type { ModelRole, ModelsOverview, ModelView } from '../../../main/llm/contract/models.ts';
import { leftFor, takingTurns } from '../../../renderer/screens/models/taking-turns.ts';

type Playing = readonly { readonly role: ModelRole; readonly model: string; readonly needMb: number }[];
/** what the models screen shows of these, with 4,000 MB free */
const shown = (playing: Playing, vramMb: number | null = null, source = 'local') => {
  const overview = {
    machine: { vramMb },
    models: [...new Map(playing.map((p) => [p.model, p])).values()].map(({ model, needMb }) => ({
      id: model,
      name: model,
      fit: { needMb, freeMb: 4000 },
    })),
    roles: playing.map(({ role, model }) => ({ role, source, modelId: model })),
  };
  return takingTurns(overview as unknown as ModelsOverview);
};
const intent = { role: 'intent', model: 'small', needMb: 900 } as const;
const words = { role: 'wording', model: 'large', needMb: 3500 } as const;
const search = { role: 'embedding', model: 'vectors', needMb: 800 } as const;

describe('models that do not fit into memory together', () => {
  test('are named with what all need and what is free; the intent model is the one left out', () => {
    expect(shown([intent, words])).toEqual({
      names: ['small', 'large'],
      needMb: 4400,
      freeMb: 4000,
      isIntentLeft: true,
    });
  });
  test('load in turn where none of them only gives a second opinion', () => {
    expect(shown([words, search])?.isIntentLeft).toBe(false);
    expect(shown([{ ...words, role: 'intent' }, words, search])?.isIntentLeft).toBe(false);
  });
  test.each([
    ['there is just one', shown([words])],
    ['one plays both roles', shown([{ ...words, role: 'intent' }, words])],
    ['they fit together', shown([intent, { ...words, needMb: 3000 }])],
    ['a graphics card holds both', shown([intent, words], 8000)],
    ['the company’s server plays', shown([intent, words], null, 'server')],
  ])('are not spoken of where %s', (_, turns) => expect(turns).toBeNull());
});

describe('a model that is loaded by hand', () => {
  const views = (states: Readonly<Record<string, ModelView['state']>>): ModelView[] =>
    Object.entries(states).map(([name, state]) => ({ id: name, name, state })) as unknown as ModelView[];
  test('puts out by name what was in memory and is not any more', () => {
    const before = views({ words: 'loaded', vectors: 'loaded', other: 'ready', loading: 'ready' });
    const now = views({ words: 'ready', vectors: 'loaded', other: 'ready', loading: 'loaded' });
    expect(leftFor(before, now)).toEqual(['words']);
  });
  test('is not blamed for one that was removed or broke meanwhile', () => {
    expect(leftFor(views({ a: 'loaded', b: 'loaded' }), views({ b: 'quarantined' }))).toEqual([]);
  });
});

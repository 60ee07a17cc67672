import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareArranging } from '../../../main/chat/arrange.ts';
import { createArrangeSentences } from '../../../main/chat/index.ts';
import { systemClock } from '../../../main/kernel/clock.ts';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { ChoiceModel, LoadSpec } from '../../../main/llm/types.ts';
import { ORDERS } from '../../helpers/chat/injections.ts';
import { openModels, type TestModels } from '../../helpers/llm/models-runtime.ts';

const SENTENCES = ['残件は1,240件です。', '納期は16:00です。'] as const;

let models: TestModels;
beforeAll(() => {
  models = openModels();
});
afterAll(async () => models[Symbol.asyncDispose]());

const chooserOf = (spec: LoadSpec): ChoiceModel => ({
  modelId: spec.modelId,
  choose: (request, signal) => models.runtime.choose(spec, request, signal),
});
const arranged = async (model: ChoiceModel, signal = new AbortController().signal) => {
  const arrange = createArrangeSentences({
    models: { wording: () => model },
    clock: systemClock,
    log: silentLog,
  });
  const sentences = SENTENCES.map((text) => ({ text, data: [] }));
  return (await arrange(sentences, 'ja', signal)).sentences;
};
/** its vocabulary is small: a prompt has many tokens */
const scripted = (id: string, ...script: string[]): LoadSpec => ({
  ...models.make(id, 'gemma3-tiny', { layers: 1, script }),
  contextTokens: 6144,
});
/** what comes before an option in the JSON that is scored */
const ASKED = '":"';

describe('real llama.cpp on a file that says what it was made to say', () => {
  test('its choice among the connectives is taken', async () => {
    const spec = scripted('says-well', ASKED, 'ま', 'た', '、', '"}');
    expect(await arranged(chooserOf(spec))).toEqual([SENTENCES[0], `また、${SENTENCES[1]}`]);
  });
  test('what it was ordered to say has no way in', async () => {
    for (const [i, { text }] of ORDERS.filter((order) => order.lang === 'ja')
      .slice(0, 5)
      .entries()) {
      const shown = await arranged(chooserOf(scripted(`obeys-${i}`, ASKED, text, '"}')));
      expect(shown.map((sentence) => sentence.replace(/^(?:また|あわせて|なお|一方)、/, ''))).toEqual(
        SENTENCES,
      );
    }
  });
  test('the constant part may be made ready before anybody asks', async () => {
    await prepareArranging(chooserOf(scripted('ready', 'x')), 'ja', new AbortController().signal);
    expect(models.runtime.loaded().map((loaded) => loaded.modelId)).toContain('ready');
  });
  test('an abort ends it at once', async () => {
    const spec = { ...models.make('babbles', 'gemma3-tiny'), contextTokens: 6144 };
    const abort = new AbortController();
    const shown = arranged(chooserOf(spec), abort.signal);
    abort.abort();
    await expect(shown).rejects.toBeInstanceOf(Cancelled);
  });
});

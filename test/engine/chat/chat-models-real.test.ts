import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Line } from '../../../main/chat/draft.ts';
import { both, FactBook } from '../../../main/chat/facts.ts';
import { prepareWording, reword } from '../../../main/chat/reword.ts';
import { systemClock } from '../../../main/kernel/clock.ts';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { LoadSpec, TextModel } from '../../../main/llm/types.ts';
import { at, NOW, SAPPORO, ZONE } from '../../helpers/hand-made-site.ts';
import { openModels, type TestModels } from '../../helpers/models-runtime.ts';

const book = new FactBook(NOW, ZONE);
const label = both('値', 'value');
const cell = book.cell(SAPPORO);
const backlog = book.items(1240, label, 0);
const due = book.instant(at('16:00'), label, 0);
const lines: readonly Line[] = [
  { before: '', text: `${cell}の残件は${backlog}です。` },
  { before: '', text: `納期は${due}です。` },
];

let models: TestModels;
beforeAll(() => {
  models = openModels();
});
afterAll(async () => models[Symbol.asyncDispose]());

const writerOf = (spec: LoadSpec): TextModel => ({
  modelId: spec.modelId,
  write: (request, signal) => models.runtime.write(spec, request, signal),
});
const words = async (model: TextModel, signal = new AbortController().signal) => {
  const said: (string | null)[] = [];
  for await (const { index, filled } of reword({
    lines,
    facts: book.facts,
    lang: 'ja',
    names: {},
    model,
    seed: 1,
    clock: systemClock,
    log: silentLog,
    signal,
  }))
    said[index] = filled?.text ?? null;
  return said;
};
const scripted = (id: string, ...script: string[]): LoadSpec => models.make(id, 'gemma3-tiny', { script });

describe('real llama.cpp on a file that says what it was made to say', () => {
  test('its words are filled and taken, token by token', async () => {
    const spec = scripted(
      'says-well',
      '1: ',
      '今、',
      cell,
      'の残件は',
      backlog,
      'です。\n',
      '2: 納',
      '期は、',
      due,
      'となっています。',
    );
    expect(await words(writerOf({ ...spec, architecture: 'gemma3' }))).toEqual([
      '今、札幌 SS エントリ1の残件は1,240件です。',
      '納期は、16:00となっています。',
    ]);
  });
  test('a number of its own is refused, the other line stands', async () => {
    const spec = scripted(
      'says-ill',
      '1: ',
      cell,
      'の残件は',
      backlog,
      '、つまり',
      '三千件',
      'です。\n',
      '2: 納期は、',
      due,
      'です。 ',
    );
    expect(await words(writerOf({ ...spec, architecture: 'gemma3' }))).toEqual([null, '納期は、16:00です。']);
  });
  test('the constant part may be made ready before anybody asks', async () => {
    const spec = { ...scripted('ready', '1: ', 'x'), architecture: 'gemma3' };
    await prepareWording(writerOf(spec), 'ja', new AbortController().signal);
    expect(models.runtime.loaded().map((loaded) => loaded.modelId)).toContain('ready');
  });
  test('an abort ends it at once', async () => {
    const spec = { ...models.make('babbles', 'gemma3-tiny'), architecture: 'gemma3' };
    const abort = new AbortController();
    const said = words(writerOf(spec), abort.signal);
    abort.abort();
    await expect(said).rejects.toBeInstanceOf(Cancelled);
  });
});

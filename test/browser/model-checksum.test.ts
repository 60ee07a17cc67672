// A model that nobody published a checksum for: the screen says that nothing was compared, and gives what a person needs to do it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { writeModel } from '../helpers/llm/gguf/make-model.ts';

const OWN = 'our-own.gguf';
/** called as a known model without a published checksum, and a thousandth of its size */
const NAMESAKE = 'qwen2-0_5b-instruct-q4_0.gguf';
let stage: Stage;
const file = (name: string): string => path.join(stage.dir, name);
const names: Readonly<Record<string, string>> = { [OWN]: 'Our Own', [NAMESAKE]: 'Small Qwen' };

beforeAll(async () => {
  stage = await Stage.open({ demo: false });
  const desk = await stage.desk();
  const { page } = desk;
  const words = desk.words.models;
  for (const [name, title] of Object.entries(names)) {
    writeModel(file(name), 'qwen2-tiny', { name: title });
    await desk.go('models?add=1');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: words.add.path }).fill(file(name));
    await drawer.getByRole('button', { name: words.add.look }).click();
    await drawer.getByRole('button', { name: words.add.go, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: like(title) }).waitFor();
  }
});
afterAll(() => stage.close());

describe.each<Lang>(['ja', 'en'])('in %s', (lang) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await stage.desk({ lang });
  });
  const open = async (name: string) => {
    await desk.go('models');
    await desk.page.getByRole('row', { name: like(names[name] ?? '') }).click();
    return desk.page.getByRole('dialog').getByRole('region', { name: desk.words.models.checksum.title });
  };
  const closed = () => desk.page.keyboard.press('Escape');

  test('it is shown as not compared, with its own checksum to be copied and compared by hand', async () => {
    const { checksum, known } = desk.words.models;
    const part = await open(OWN);
    await desk.page
      .getByRole('row', { name: like(names[OWN] ?? '') })
      .getByText(checksum.unknown)
      .waitFor();
    await part.getByText(checksum.help.unknown).waitFor();
    await part.getByText(checksum.byHand).waitFor();
    const bytes = readFileSync(file(OWN));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await part.getByText(sha256, { exact: true }).waitFor();
    await part
      .getByText(like(checksum.bytesOf, { bytes: new Intl.NumberFormat('en').format(bytes.length) }))
      .waitFor();
    await part.getByRole('button', { name: known.sha }).click();
    await part.getByRole('button', { name: desk.words.common.copied }).waitFor();
    expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe(sha256);
    await part.getByRole('link', { name: checksum.how }).click();
    await desk.page.getByText('certutil').first().waitFor();
  });

  test('one with the name of a supported model and another size is not taken for it', async () => {
    const { checksum } = desk.words.models;
    const part = await open(NAMESAKE);
    await desk.page
      .getByRole('row', { name: like(names[NAMESAKE] ?? '') })
      .getByText(checksum['other-size'])
      .waitFor();
    await part.getByText(checksum.help['other-size']).waitFor();
    await part.getByText(like(checksum.listed, { listed: '353 MB' })).waitFor();
    await closed();
  });

  test('the list of models to fetch says which have no published checksum', async () => {
    const { known } = desk.words.models;
    await desk.go('models/known');
    const without = desk.page.getByRole('row', { name: NAMESAKE });
    await without.getByText(known.noSha).waitFor();
    expect(await without.getByRole('button', { name: known.sha }).count()).toBe(0);
    const withOne = desk.page.getByRole('row', { name: 'qwen2.5-0.5b-instruct-q4_k_m.gguf' });
    await withOne.getByRole('button', { name: known.sha }).waitFor();
    expect(await withOne.getByText(known.noSha).count()).toBe(0);
    expect(desk.problems).toEqual([]);
  });
});

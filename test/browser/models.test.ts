// A model on its way into the app: looked at, taken in, given a role, measured, taken out; and a bad file with its reason.
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import { REACH_WORDS } from '../../main/api/contract/reach-words.ts';
import { ERRORS } from '../../main/kernel/errors.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropPaths } from '../helpers/browser/drop-paths.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { writeModel } from '../helpers/llm/gguf/make-model.ts';
import { writeEmbedder } from '../helpers/llm/onnx/make-embedder.ts';
import { OpenAiFixture } from '../helpers/llm/openai-fixture.ts';

let stage: Stage;
let desk: Desk;
const file = (name: string): string => path.join(stage.dir, name);
beforeAll(async () => {
  stage = await Stage.open({ demo: false });
  desk = await stage.desk();
  writeModel(file('understanding.gguf'), 'qwen2-tiny', { name: 'Understanding One' });
  writeModel(file('wording.gguf'), 'gemma3-tiny', { name: 'Wording One' });
  writeModel(file('half.gguf'), 'qwen2-tiny', { name: 'Half' });
  truncateSync(file('half.gguf'), 60_000);
  writeFileSync(
    file('pointer.gguf'),
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
  );
});
afterAll(() => stage.close());

const rowOf = (at: Desk, name: string) => at.page.getByRole('row', { name: like(name) });
/** What is said of a path that was looked at. */
async function look(at: Desk, name: string) {
  const { page, words } = at;
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('textbox', { name: words.models.add.path }).fill(file(name));
  await drawer.getByRole('button', { name: words.models.add.look }).click();
  return drawer.getByRole('region', { name: file(name) });
}
test('with no model, the screen says that everything works, and by what', async () => {
  await desk.go('models');
  const { models } = desk.words;
  await desk.page.getByText(models.list.never, { exact: true }).waitFor();
  for (const role of ['intent', 'wording', 'embedding'] as const) {
    const card = desk.page.getByRole('article', { name: models.role.names[role] });
    await card.getByText(models.role.without[role]).waitFor();
  }
});

describe.each<[Lang, string, string]>([
  ['ja', 'understanding.gguf', 'Understanding One (Q8_0)'],
  ['en', 'wording.gguf', 'Wording One (Q8_0)'],
])('in %s', (lang, name, title) => {
  let at: Desk;
  beforeAll(async () => {
    at = lang === 'ja' ? desk : await stage.desk({ lang });
  });
  test('a file is looked at by its path, taken in, and put to use', async () => {
    await at.go('models?add=1');
    const { models } = at.words;
    const found = await look(at, name);
    await found.getByText(models.add.good).waitFor();
    await found.getByText(models.fit.verdict.fits).waitFor();
    await found.getByRole('button', { name: models.add.go, exact: true }).click();
    const role = name === 'wording.gguf' ? 'wording' : 'intent';
    const use = found.getByRole('button', {
      name: like(models.add.assign, { role: models.role.names[role] }),
    });
    await use.click();
    await at.page
      .getByText(like(models.role.done, { role: models.role.names[role], name: title }))
      .first()
      .waitFor();
    await at.page.keyboard.press('Escape');
    const card = at.page.getByRole('article', { name: models.role.names[role] });
    await card.getByText(models.role.local).waitFor();
    await expect.poll(() => card.getByRole('combobox').inputValue()).toBe(title);
    await rowOf(at, title).getByText(models.fit.verdict.fits).waitFor();
    expect(at.problems).toEqual([]);
  });

  test.each([
    ['half.gguf', 'models.bad-incomplete'],
    ['pointer.gguf', 'models.bad-lfs-pointer'],
  ] as const)('%s is refused in words (%s)', async (bad, code) => {
    await at.go('models?add=1');
    const found = await look(at, bad);
    await found.getByText(at.words.models.add.cannot).waitFor();
    const alert = found.getByRole('alert');
    await alert.getByText(like(ERRORS[code].say[lang])).waitFor();
    await alert.getByText(like(ERRORS[code].next[lang])).waitFor();
    expect(await found.getByRole('button', { name: at.words.models.add.go, exact: true }).count()).toBe(0);
    // the same file will not be better the next time
    expect(await found.getByRole('button', { name: at.words.common.retry }).count()).toBe(0);
    await at.page.keyboard.press('Escape');
  });
});

test('a dropped file is sent in pieces, checked and listed; a dropped half is refused with its reason', async () => {
  const { models } = desk.words;
  writeModel(file('dropped.gguf'), 'qwen2-tiny', { name: 'Dropped One', layers: 60 });
  writeFileSync(file('cut.gguf'), readFileSync(file('dropped.gguf')).subarray(0, 70_000));
  await desk.go('models');
  await dropPaths(desk.page, [file('dropped.gguf')]);
  const tray = desk.page.getByRole('region', { name: models.tray.title });
  await tray.getByText(models.tray.done, { exact: true }).waitFor();
  await rowOf(desk, 'Dropped One').waitFor();
  await tray.getByRole('button', { name: like(models.tray.close, { name: 'dropped.gguf' }) }).click();
  await dropPaths(desk.page, [file('cut.gguf')]);
  await tray.getByText(like(ERRORS['models.bad-incomplete'].say.ja)).waitFor();
  await tray.getByRole('button', { name: like(models.tray.close, { name: 'cut.gguf' }) }).click();
  await tray.waitFor({ state: 'detached' });
  // begins like a model, and is so large, over so slow a line, that there is time to stop it
  writeFileSync(file('large.gguf'), 'GGUF');
  truncateSync(file('large.gguf'), 60_000_000);
  const line = await desk.context.newCDPSession(desk.page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 4_000_000,
  });
  await dropPaths(desk.page, [file('large.gguf')]);
  await desk.page.getByRole('progressbar').waitFor();
  await tray.getByText(/[1-9]\d* MB \/ 60 MB/).waitFor();
  await tray.getByRole('button', { name: desk.words.common.stop }).click();
  await tray.getByText(models.tray.stopped).waitFor();
  await dropPaths(desk.page, [file('large.gguf')]);
  await tray.getByText(like(models.tray.resumed)).waitFor();
  await tray.getByRole('button', { name: desk.words.common.stop }).click();
  await tray.getByRole('button', { name: models.tray.goOn }).click();
  await tray.getByText(like(models.tray.resumed)).waitFor();
  await tray.getByRole('button', { name: desk.words.common.stop }).click();
  await tray.getByRole('button', { name: like(models.tray.close, { name: 'large.gguf' }) }).click();
  await line.detach();
});

describe('a folder dropped on the screen', () => {
  const tray = () => desk.page.getByRole('region', { name: desk.words.models.tray.title });
  const close = (name: string) =>
    tray()
      .getByRole('button', { name: like(desk.words.models.tray.close, { name }) })
      .click();

  test('is an ONNX model, of which only what is read is sent; or holds GGUF files and such folders', async () => {
    const { models } = desk.words;
    const usb = file('usb');
    writeEmbedder(path.join(usb, 'multilingual-e5-tiny'));
    // what lies beside it in a copy of the publisher's folder
    writeFileSync(
      path.join(usb, 'multilingual-e5-tiny', 'onnx', 'model_fp16.onnx'),
      Buffer.alloc(30_000_000),
    );
    mkdirSync(path.join(usb, 'gguf'));
    writeModel(path.join(usb, 'gguf', 'third.gguf'), 'qwen2-tiny', { name: 'Third One' });
    await desk.go('models');
    await dropPaths(desk.page, [usb]);
    await rowOf(desk, 'tiny-e5').waitFor();
    await rowOf(desk, 'Third One').waitFor();
    await rowOf(desk, 'tiny-e5')
      .getByText(/^\d{2,3} KB$/)
      .waitFor();
    for (const name of ['third.gguf', 'multilingual-e5-tiny']) await close(name);
    await dropPaths(desk.page, [path.join(usb, 'multilingual-e5-tiny')]);
    await tray().getByText(like(ERRORS['models.already-here'].say.ja)).waitFor();
    await close('multilingual-e5-tiny');
    const card = desk.page.getByRole('article', { name: models.role.names.embedding });
    await card.getByRole('combobox').click();
    await desk.page.getByRole('option', { name: /tiny-e5/ }).click();
    await card.getByText(models.role.local).waitFor();
  });

  test('without a model in it is refused with what is missing; no large file is sent that could be none', async () => {
    mkdirSync(file('pictures'));
    writeFileSync(path.join(file('pictures'), 'a.png'), 'PNG');
    writeFileSync(file('movie.mp4'), Buffer.alloc(20_000_000, 7));
    await dropPaths(desk.page, [file('pictures'), file('movie.mp4')]);
    await tray().getByText(like(ERRORS['models.bad-folder'].say.ja)).waitFor();
    await tray().getByText(like(ERRORS['models.bad-not-gguf'].say.ja)).waitFor();
    expect(await tray().getByRole('button', { name: desk.words.common.retry }).count()).toBe(0);
    for (const name of ['pictures', 'movie.mp4']) await close(name);
  });
});

test('the embedding role says how many texts were longer than its model reads', async () => {
  const { models } = desk.words;
  writeFileSync(
    file('手順.md'),
    `# 夜間処理の手順\n\n${'帳票の再出力はジョブを止めてから行います。'.repeat(30)}\n`,
  );
  await desk.go('knowledge');
  await desk.page.locator('main input[type="file"]').setInputFiles(file('手順.md'));
  await desk.go('models');
  const card = desk.page.getByRole('article', { name: models.role.names.embedding });
  await card.getByText(like(models.role.cut)).waitFor();
  await card.getByText(models.role.cutHelp).waitFor();
  await desk.page.getByRole('article', { name: models.role.names.embedding }).getByRole('combobox').click();
  await desk.page.getByRole('option', { name: models.role.builtIn.embedding }).click();
  await card.getByText(like(models.role.cut)).waitFor({ state: 'detached' });
});

test('models are measured, their figures kept and compared, and the one before is taken back by its name', async () => {
  const { models } = desk.words;
  const { page } = desk;
  await desk.go('models/benchmarks');
  await page.getByText(models.bench.none, { exact: true }).waitFor();
  const table = page.getByRole('table', { name: models.bench.title });
  const measure = async (name: RegExp): Promise<void> => {
    await desk.go('models/benchmarks');
    await page.getByRole('combobox', { name: models.bench.model }).click();
    await page.getByRole('option', { name }).click();
    await page.getByRole('combobox', { name: models.bench.role }).click();
    await page.getByRole('option', { name: models.role.names.wording }).click();
    await desk.button(models.bench.run).click();
    await table.getByRole('row', { name }).waitFor();
    expect(await table.getByRole('row', { name }).textContent()).toMatch(/\/ 8/);
  };
  await measure(/Wording One/);
  const back = desk.button(like(models.role.previous));
  expect(await back.count()).toBe(0);
  await desk.go('models');
  await page.getByRole('article', { name: models.role.names.wording }).getByRole('combobox').click();
  await page.getByRole('option', { name: /Understanding One/ }).click();
  await measure(/Understanding One/);
  await page.getByText('Wording One (Q8_0) → Understanding One (Q8_0)').waitFor();
  await desk.button(like(models.role.previous, { name: 'Wording One (Q8_0)' })).click();
  const done = { role: models.role.names.wording, name: 'Wording One (Q8_0)' };
  await page.getByText(like(models.role.done, done)).first().waitFor();
  // what was measured last plays no more: nothing to go back from
  await back.waitFor({ state: 'detached' });
});

test('a model is loaded and unloaded by hand', async () => {
  const { models } = desk.words;
  await desk.go('models');
  await rowOf(desk, 'Third One').click();
  const drawer = desk.page.getByRole('dialog');
  await drawer.getByRole('button', { name: models.detail.load, exact: true }).click();
  await drawer.getByRole('button', { name: models.detail.unload, exact: true }).click();
  await drawer.getByRole('button', { name: models.detail.load, exact: true }).waitFor();
  await desk.page.keyboard.press('Escape');
});

test('a model is taken out after a question, and its role goes back to the built-in way', async () => {
  const { models } = desk.words;
  await desk.go('models');
  await rowOf(desk, 'Wording One').click();
  const drawer = desk.page.getByRole('dialog');
  await drawer.getByText(models.storage.copy).waitFor();
  await drawer.getByRole('button', { name: models.detail.remove, exact: true }).click();
  await desk.page.getByText(models.remove.playing).waitFor();
  await desk.page.getByRole('button', { name: models.remove.confirm, exact: true }).click();
  await rowOf(desk, 'Wording One').waitFor({ state: 'detached' });
  const card = desk.page.getByRole('article', { name: models.role.names.wording });
  await card.getByText(models.role.without.wording).waitFor();
});

/** How far, px, what turns while one waits is from the middle of its button; for people who want no motion too. */
const offMiddle = (button: Locator): Promise<number | null> =>
  button.evaluate((outer) => {
    const inner = outer.querySelector('.mantine-Button-loader');
    if (!inner) return null;
    const [a, b] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()];
    return Math.max(
      Math.abs(a.x + a.width / 2 - b.x - b.width / 2),
      Math.abs(a.y + a.height / 2 - b.y - b.height / 2),
    );
  });

test("the company's server is off, refused when it is public, and used once it is switched on", async () => {
  const { models } = desk.words;
  const fixture = await OpenAiFixture.start();
  fixture.key = 'sk-inside';
  await desk.go('settings/airgap');
  await desk.page.getByText(REACH_WORDS.offSocket.server[desk.lang]).first().waitFor();
  await desk.go('models/server');
  const url = desk.page.getByRole('textbox', { name: like(models.server.url) });
  await desk.page.getByRole('switch', { name: models.server.enabled }).check();
  await url.fill('http://8.8.8.8/v1');
  await desk.button(models.server.save).click();
  await desk.page.getByText(like(ERRORS['models.server-public'].say.ja)).waitFor();
  expect(fixture.asked).toEqual([]);
  await url.fill(fixture.url);
  const name = models.server.modelOf.replace('{role}', models.role.names.wording);
  await desk.page.getByRole('combobox', { name }).or(desk.page.getByLabel(name)).fill('gemma3-4b');
  const key = desk.field(models.server.key);
  await key.fill('sk-inside');
  await desk.button(models.server.save).click();
  await desk.page.getByText(models.server.saved, { exact: true }).waitFor();
  await desk.button(models.server.test).click();
  await desk.page.getByText('multilingual-e5-small').first().waitFor();
  const unlisted = desk.page.getByText(like(models.server.notListed, { name: 'gemma3-4b' }));
  expect(await unlisted.count()).toBe(0);
  const wording = desk.page.getByLabel(name);
  await wording.fill('gemma-of-old');
  await desk.button(models.server.save).click();
  await desk.button(models.server.test).click();
  await desk.page.getByText(like(models.server.notListed, { name: 'gemma-of-old' })).waitFor();
  await wording.fill('gemma3-4b');
  await desk.button(models.server.save).click();
  await desk.button(models.server.test).click();
  await desk.page.getByText('multilingual-e5-small').first().waitFor();
  // it is kept by the engine and shown to nobody
  expect(fixture.asked.at(-1)?.key).toBe('sk-inside');
  expect(await key.inputValue()).toBe('');
  expect(await key.getAttribute('placeholder')).toBe(models.server.keyKept);
  expect(await desk.page.content()).not.toContain('sk-inside');
  await desk.go('models');
  const card = desk.page.getByRole('article', { name: models.role.names.wording });
  await card.getByText(like(models.role.server, { name: 'gemma3-4b' })).waitFor();
  await desk.go('settings/airgap');
  await desk.page.getByText(new URL(fixture.url).host).first().waitFor();
  await desk.go('models/server');
  await desk.button(models.server.forgetKey).click();
  await desk.button(models.server.forgetKey).waitFor({ state: 'detached' });
  await desk.button(models.server.test).click();
  await desk.page.getByText(like(ERRORS['models.server-key'].say.ja)).waitFor();
  fixture.fault = 'mute';
  await desk.button(models.server.test).click();
  const waiting = desk.page.locator('main button[data-loading]');
  await waiting.waitFor();
  expect(await offMiddle(waiting)).toBeLessThan(2);
  await fixture.close();
  await desk.page.getByText(like(ERRORS['models.server-unreachable'].say.ja)).waitFor();
});

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
test('axe finds nothing serious in a model and in the import, in the dark', async () => {
  const at = await stage.desk({ theme: 'dark' });
  await at.page.evaluate(readFileSync(AXE, 'utf8'));
  const found: string[] = [];
  const inspect = async (where: string): Promise<void> => {
    const { violations } = await at.page.evaluate(() =>
      (Reflect.get(window, 'axe') as { run(o: object): Promise<AxeResults> }).run({
        resultTypes: ['violations'],
      }),
    );
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        found.push(`${where} ${id}: ${nodes[0]?.html.slice(0, 160)}`);
  };
  await at.go('models');
  await rowOf(at, 'Understanding One').click();
  await at.page.getByRole('dialog').getByText(at.words.models.detail.architecture).waitFor();
  await inspect('model');
  await at.go('models?add=1');
  const looked = await look(at, 'half.gguf');
  await looked.getByRole('alert').waitFor();
  await inspect('import');
  expect(found).toEqual([]);
  expect(at.problems).toEqual([]);
});

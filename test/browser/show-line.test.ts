// A person shows on one line what is what; the file is read so at once, and the format goes to another computer as a file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';

const LINES = [
  '＃A7 ～棚03～ 要確認 ‥ 差異が 3 件あります @2026/11/23 13:01:05',
  '＃A8 ～棚11～ 良好 ‥ 棚卸を終えました @2026/11/23 13:01:09',
  '＃A9 ～棚03～ 要確認 ‥ 数が合いません @2026/11/23 13:02:41',
];
let stage: Stage;
let desk: Desk;
let file: string;
beforeAll(async () => {
  stage = await Stage.open({ demo: false });
  desk = await stage.desk();
  mkdirSync(path.join(stage.dir, 'marked'));
  file = path.join(stage.dir, 'marked', 'Tana Oroshi.log');
  writeFileSync(file, `${LINES.join('\n')}\n`);
});
afterAll(() => stage?.close());

const opened = async (of: Desk) => {
  await of.go('logs/sources?add=1');
  return of.page.getByRole('dialog', { name: of.words.logs.add.title });
};

test('fields are marked with the mouse or the keyboard, tried on the file at once, used, and carried away as a file', async () => {
  const { add, preview, showLine } = desk.words.logs;
  const { page } = desk;
  const dialog = await opened(desk);
  await dialog.getByLabel(add.path).fill(file);
  await dialog.getByRole('button', { name: add.preview }).click();
  await dialog.getByRole('button', { name: showLine.open }).click();
  const line = dialog.getByRole('textbox', { name: showLine.select });
  expect(await line.inputValue()).toBe(LINES[0]);
  const mark = async (text: string, field: keyof typeof showLine.fields): Promise<void> => {
    const start = (LINES[0] ?? '').indexOf(text);
    // the caret to its beginning, then Shift and the arrow: as without a mouse
    await line.focus();
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < start; i++) await page.keyboard.press('ArrowRight');
    for (let i = 0; i < text.length; i++) await page.keyboard.press('Shift+ArrowRight');
    await dialog.getByRole('button', { name: showLine.fields[field], exact: true }).click();
  };
  await dialog.getByRole('button', { name: showLine.fields.time, exact: true }).click();
  await dialog.getByText(showLine.unselected).waitFor();
  await mark('2026/11/23 13:01:05', 'time');
  await mark('棚03', 'service');
  await mark('要確認', 'level');
  await dialog.getByText(showLine.needsContent).waitFor();
  await mark('差異が 3 件あります', 'content');
  // a word that means nothing anywhere gets its meaning here
  await dialog.getByRole('combobox', { name: showLine.meaning }).click();
  await page.getByRole('option', { name: desk.words.logs.level.warn }).click();
  await dialog.getByText(showLine.trial.replace('{records}', '3').replace('{read}', '3')).waitFor();
  const shown = dialog.getByRole('region', { name: preview.title }).last().locator('tbody tr');
  await shown.filter({ hasText: '棚卸を終えました' }).filter({ hasText: '棚11' }).waitFor();
  expect(await shown.first().textContent()).toContain('13:01:05');

  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: showLine.export }).click();
  const carried = path.join(stage.dir, 'tana-oroshi.json');
  await (await saved).saveAs(carried);
  await dialog.getByRole('button', { name: showLine.save }).click();
  await expect
    .poll(() => dialog.getByRole('combobox', { name: desk.words.logs.rules.format }).inputValue())
    .toBe('tana-oroshi');
  await dialog.getByRole('button', { name: add.add }).click();
  await page.getByRole('row', { name: /Tana Oroshi/ }).waitFor();

  const format = JSON.parse(readFileSync(carried, 'utf8')) as { name: string };
  writeFileSync(carried, JSON.stringify({ ...format, name: 'tana-too' }));
  const again = await opened(desk);
  const chooser = page.waitForEvent('filechooser');
  await again.getByRole('button', { name: showLine.import }).click();
  await (await chooser).setFiles(carried);
  await expect
    .poll(() => again.getByRole('combobox', { name: desk.words.logs.rules.format }).inputValue())
    .toBe('tana-oroshi');
  expect(desk.problems).toEqual([]);
});

test('in English and in the dark it can be read, and what cannot be read so is said', async () => {
  const dark = await stage.desk({ lang: 'en', theme: 'dark' });
  const { add, showLine } = dark.words.logs;
  const dialog = await opened(dark);
  await dialog.getByLabel(add.path).fill(file);
  await dialog.getByRole('button', { name: add.preview }).click();
  await dialog.getByRole('button', { name: showLine.open }).click();
  const line = dialog.getByRole('textbox', { name: showLine.select });
  await line.focus();
  await dark.page.keyboard.press('Control+a');
  await dialog.getByRole('button', { name: showLine.fields.content, exact: true }).click();
  await dialog.getByText(showLine.trial.replace('{records}', '3').replace('{read}', '3')).waitFor();
  await line.focus();
  await dark.page.keyboard.press('Control+Home');
  for (let i = 0; i < 3; i++) await dark.page.keyboard.press('Shift+ArrowRight');
  await dialog.getByRole('button', { name: showLine.fields.time, exact: true }).click();
  await dialog.getByText(showLine.needsContent).waitFor();
  expect(dark.problems).toEqual([]);
});

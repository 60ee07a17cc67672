// Cold start to a usable window, and memory, against the bare parts they are made of.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchChromium } from '../helpers/browser/chromium.ts';
import { BrowserHost } from '../helpers/browser/host.ts';

const ROUNDS = 5;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const rssMb = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

export async function run(print: (line: string) => void): Promise<void> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'toride-start-'));
  const browser = await launchChromium();
  const first: number[] = [];
  const again: number[] = [];
  const bareNode: number[] = [];
  const blank: number[] = [];
  const engineMb: number[] = [];
  const pageMb: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let begun = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    bareNode.push(performance.now() - begun);

    const context = await browser.newContext();
    const page = await context.newPage();
    begun = performance.now();
    await page.goto('data:text/html,<p>x');
    blank.push(performance.now() - begun);

    const dir = path.join(data, String(round));
    for (const times of [first, again]) {
      begun = performance.now();
      const host = await BrowserHost.start(dir);
      await page.goto(host.url);
      await page.getByText('エントリ1').first().waitFor();
      times.push(performance.now() - begun);
      if (times === again) {
        engineMb.push(rssMb(host.child.pid));
        pageMb.push(
          await page.evaluate(
            () =>
              (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
          ),
        );
      }
      await host.stop();
    }
    await context.close();
  }
  await browser.close();
  rmSync(data, { recursive: true, force: true });
  const bare = median(bareNode) + median(blank);
  const nodeMb = Number(
    spawnSync(process.execPath, ['-e', 'console.log(process.memoryUsage.rss() / 2 ** 20)'], {
      encoding: 'utf8',
    }).stdout,
  );
  print(
    `first start to a filled situation (makes the demo): ${(median(first) / bare).toFixed(1)} × (bare Node + blank page), ${Math.round(median(first))} ms here`,
  );
  print(
    `later start to a filled situation: ${(median(again) / bare).toFixed(1)} × (bare Node + blank page), ${Math.round(median(again))} ms here`,
  );
  print(
    `engine memory with the demo: ${(median(engineMb) / nodeMb).toFixed(1)} × bare Node, ${Math.round(median(engineMb))} MiB here; page heap ${Math.round(median(pageMb))} MB`,
  );
}

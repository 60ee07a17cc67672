// A process of its own that syncs or writes decisions until it is killed. Run: node sync-child.ts '{"dir":…,"url":…,"work":"sync"}'
import { parseCompanyUrl } from '../../../main/sync/index.ts';
import { approvalRow, openSite, sameNames } from './sync-site.ts';

type Job = { dir: string; url: string; work: 'sync' | 'approve'; pageRows?: number; ids?: string[] };
const job = JSON.parse(process.argv[2] ?? '') as Job;
const say = (message: object): void => {
  process.send?.(message);
};

const site = await openSite(null, { dir: job.dir, ...(job.pageRows ? { pageRows: job.pageRows } : {}) });
const { connection, password } = parseCompanyUrl(job.url);
await site.sync.save({ ...connection, writeBack: job.work === 'approve' }, password, 'memory');
if (job.work === 'approve') {
  await site.sync.saveMapping(sameNames());
  say({ ready: true });
  for (const id of job.ids ?? []) say({ id, result: await site.sync.writeApproval(approvalRow(id)) });
} else {
  say({ ready: true });
  let peak = 0;
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const report = await site.sync.run();
  clearInterval(watch);
  say({ report, growthMb: (Math.max(peak, process.memoryUsage().rss) - before) / 1e6 });
}
await site.close();
process.disconnect?.();

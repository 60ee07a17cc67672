import { readFileSync } from 'node:fs';
import os from 'node:os';

const MB = 1_000_000;
/**
 * macOS counts only pages that nobody ever touched as free, though it gives up caches and compresses the rest when asked: of the whole
 * memory so much can usually be had.
 */
const MAC_SHARE = 0.6;

/** What of the computer's memory can be had now, MB; inside a container, of what it may use. */
export type Memory = { readonly freeMb: number; readonly totalMb: number };
export function readMemory(): Memory {
  const total = os.totalmem();
  const limit = readLimit();
  const free =
    process.platform === 'linux'
      ? (meminfo('MemAvailable') ?? os.freemem())
      : process.platform === 'darwin'
        ? Math.max(os.freemem(), total * MAC_SHARE)
        : os.freemem();
  return {
    totalMb: Math.round(Math.min(total, limit?.max ?? total) / MB),
    freeMb: Math.round(Math.min(free, limit ? Math.max(0, limit.max - limit.used) : free) / MB),
  };
}

const text = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // not this kind of system
  }
};
const meminfo = (name: string): number | null => {
  const kb = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text('/proc/meminfo') ?? '')?.[1];
  return kb === undefined ? null : Number(kb) * 1024;
};

/** The tightest control group that this process is in; cached file pages are given back when memory is short. */
function readLimit(): { max: number; used: number } | null {
  const groups = text('/proc/self/cgroup');
  if (groups === null) return null;
  const v2 = /^0::(\/.*)$/m.exec(groups)?.[1];
  const v1 = /^\d+:(?:[\w,]*,)?memory(?:,[\w,]*)?:(\/.*)$/m.exec(groups)?.[1];
  const [root, at, names] =
    v1 === undefined
      ? (['/sys/fs/cgroup', v2, ['memory.max', 'memory.current', 'inactive_file']] as const)
      : ([
          '/sys/fs/cgroup/memory',
          v1,
          ['memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file'],
        ] as const);
  if (at === undefined) return null;
  let tightest: { max: number; used: number } | null = null;
  const parts = at.split('/').filter(Boolean);
  for (let n = parts.length; n >= 0; n--) {
    const dir = [root, ...parts.slice(0, n)].join('/');
    const max = Number(text(`${dir}/${names[0]}`)?.trim() || Number.NaN);
    const current = Number(text(`${dir}/${names[1]}`)?.trim() || Number.NaN);
    if (!Number.isFinite(max) || !Number.isFinite(current) || max >= os.totalmem()) continue;
    const cached = new RegExp(`^${names[2]} (\\d+)$`, 'm').exec(text(`${dir}/memory.stat`) ?? '')?.[1];
    const used = Math.max(0, current - Number(cached ?? 0));
    if (!tightest || max - used < tightest.max - tightest.used) tightest = { max, used };
  }
  return tightest;
}

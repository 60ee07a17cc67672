// Without any network, taken away by the operating system, the core story works; and what tries to leave is refused and written down.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Reach } from '../../../main/api/contract/reach.ts';
import { tempDir } from '../../helpers/temp.ts';
import { TEST_MS } from '../../limits.ts';

const STORY = path.resolve(import.meta.dirname, '../../helpers/airgap-story.ts');
type Said = {
  rows: number;
  answer: string;
  decision: string;
  quiet: Reach;
  refused: string[];
  after: Reach;
};

/** Runs a program in a network namespace of its own, where not even loopback is up. */
function withoutNetwork(args: readonly string[]) {
  const rights = process.getuid?.() === 0 ? ['-n'] : ['-r', '-n'];
  const tried = spawnSync('unshare', [...rights, 'true'], { encoding: 'utf8' });
  if (tried.status !== 0)
    throw new Error(
      `No network namespace can be made here (${tried.stderr || tried.error?.message}). On Linux install util-linux and allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0) or run as root; other systems cannot run this specification.`,
    );
  return spawnSync('unshare', [...rights, process.execPath, ...args], { encoding: 'utf8', timeout: TEST_MS });
}

it.skipIf(process.platform !== 'linux')(
  'demo, situation, chat, proposal and approval need no network; nothing tries to open one; what does is refused, in every thread and process',
  () => {
    const { stdout, stderr, status } = withoutNetwork([STORY, tempDir()]);
    expect([status, stderr.replaceAll(/.*Warning.*\n/g, '')]).toEqual([0, '']);
    const said = JSON.parse(stdout) as Said;
    expect(said.rows).toBeGreaterThan(5);
    expect(said.answer).toContain('札幌');
    expect(said.decision).toBe('approved');
    expect(said.quiet).toMatchObject({ outbound: 0, refused: 0, tried: [] });
    expect(said.quiet.sockets.filter((one) => one.address !== null)).toEqual([]);
    expect(said.quiet.folders.map((one) => one.what)).toEqual(['data', 'app']);
    expect(said.refused).toEqual(['net.refused', 'net.refused']);
    expect(said.after).toMatchObject({
      outbound: 0,
      refused: 4,
      tried: [
        { address: '192.0.2.1:8080', by: 'engine', purpose: null, count: 1 },
        { address: '192.0.2.2:53', by: 'engine', purpose: null, count: 1 },
        { address: '192.0.2.3:8080', by: 'engine', purpose: null, count: 1 },
        { address: '192.0.2.4:8080', by: 'models', purpose: null, count: 1 },
      ],
    });
  },
);

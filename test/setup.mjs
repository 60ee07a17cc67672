// What the tests need besides npm packages: what compiles the index of vectors, Chromium, MariaDB, ClickHouse, OpenSSL, a Japanese font; through the system's package manager.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const has = (names) =>
  names.some((name) =>
    name.includes('/') ? existsSync(name) : spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
  );
const NEEDS = [
  { what: 'C++', commands: ['g++', 'c++', 'clang++'], apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc' },
  { what: 'make', commands: ['make'], apt: 'make', dnf: 'make', pacman: 'make' },
  { what: 'Python 3', commands: ['python3'], apt: 'python3', dnf: 'python3', pacman: 'python' },
  {
    what: 'Chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    apt: 'chromium',
    dnf: 'chromium',
    pacman: 'chromium',
  },
  {
    what: 'MariaDB',
    commands: ['mariadbd', '/usr/sbin/mariadbd', '/usr/libexec/mariadbd'],
    apt: 'mariadb-server',
    dnf: 'mariadb-server',
    pacman: 'mariadb',
  },
  // Debian's is of 2018: what it understands, servers of today do, too
  {
    what: 'ClickHouse',
    commands: ['clickhouse-server', '/usr/sbin/clickhouse-server'],
    apt: 'clickhouse-server',
    dnf: 'clickhouse-server',
    pacman: 'clickhouse',
  },
  { what: 'OpenSSL', commands: ['openssl'], apt: 'openssl', dnf: 'openssl', pacman: 'openssl' },
  {
    what: '日本語フォント / Japanese font',
    commands: [
      '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
      '/usr/share/fonts/google-noto-sans-cjk-vf-fonts',
      '/usr/share/fonts/noto-cjk',
    ],
    apt: 'fonts-noto-cjk',
    dnf: 'google-noto-sans-cjk-vf-fonts',
    pacman: 'noto-fonts-cjk',
  },
];
const MANAGERS = {
  apt: { command: 'apt-get', refresh: ['update'], install: ['install', '-y', '--no-install-recommends'] },
  dnf: { command: 'dnf', refresh: null, install: ['install', '-y'] },
  pacman: { command: 'pacman', refresh: null, install: ['-Sy', '--noconfirm'] },
};

/** Installs what is missing; ends the process with how to fix it when that fails. */
export function setUpSystem() {
  const missing = NEEDS.filter((n) => !has(n.commands));
  if (missing.length === 0) return;
  const names = missing.map((n) => n.what).join(', ');
  const manager = Object.keys(MANAGERS).find((m) => has([MANAGERS[m].command]));
  if (!manager)
    fail(
      `${names} が必要です。パッケージ管理 (apt, dnf, pacman) が見つかりません。`,
      `${names} needed, and no package manager (apt, dnf, pacman) was found: install them by hand.`,
    );
  const { command, refresh, install } = MANAGERS[manager];
  const packages = missing.map((n) => n[manager]);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const run = (args) => {
    const [first, ...rest] = [...sudo, command, ...args];
    return (
      spawnSync(first, rest, {
        stdio: ['inherit', 'inherit', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0
    );
  };
  console.log(`▸ ${names} を入れています… / Installing ${packages.join(' ')}…`);
  if (refresh) run(refresh);
  if (!run([...install, ...packages]) || missing.some((n) => !has(n.commands)))
    fail(
      `${names} を入れられませんでした。`,
      `Could not install them. By hand: ${[...sudo, command, ...install, ...packages].join(' ')}`,
    );
}

function fail(ja, en) {
  console.error(`${ja}\n${en}`);
  process.exit(1);
}

// Who may import whom. In main/, one row per domain: a missing name is a ban. test/rules/ plants a violation of every rule.
const MAY = {
  store: [],
  llm: ['store', 'secrets'],
  simulator: ['store'],
  vectors: ['store'],
  sync: ['store'],
  outbox: ['store'],
  approvals: ['store', 'outbox'],
  sharing: ['store', 'outbox'],
  knowledge: ['store', 'vectors'],
  placement: ['store', 'approvals'],
  forecast: ['store', 'placement'],
  analytics: ['store', 'placement', 'forecast'],
  measures: ['store', 'logs', 'anomalies', 'analytics', 'alerts', 'placement'],
  alerts: ['store', 'analytics', 'forecast', 'placement'],
  chat: ['store', 'llm', 'knowledge', 'vectors', 'analytics', 'approvals'],
  logs: ['store'],
  clusters: ['store', 'logs', 'vectors'],
  anomalies: ['store', 'logs', 'clusters'],
  timeline: ['store', 'logs', 'anomalies', 'analytics', 'placement'],
  reports: [
    'store',
    'logs',
    'clusters',
    'anomalies',
    'timeline',
    'analytics',
    'alerts',
    'placement',
    'forecast',
    'vectors',
    'simulator',
  ],
  questions: ['store', 'vectors'],
  settings: ['store'],
  notifications: ['store'],
  secrets: ['sync'],
  backup: ['store', 'approvals', 'logs'],
  health: ['store'],
  updates: ['store'],
};
const ALL = Object.keys(MAY);
const KERNEL = '^main/kernel/';
const CONTRACT = '^main/[^/]+/contract/';
const OWNED = {
  'better-sqlite3': '^main/store/',
  highs: '^main/placement/',
  mysql2: '^main/sync/',
  'hnswlib-node': '^main/vectors/',
  'onnxruntime-node': '^main/(vectors|llm)/',
  'node-llama-cpp': '^main/llm/',
  '@huggingface/transformers': '^main/llm/',
  yauzl: '^main/(logs|knowledge)/',
  'xz-decompress': '^main/logs/',
  'pdfjs-dist': '^main/knowledge/',
  saxes: '^main/knowledge/',
  commander: '^main/cli/',
  ws: '^main/loopback/',
  electron: '^electron/',
  react: '^renderer/',
  zustand: '^renderer/',
  echarts: '^renderer/charts/',
};
// The only files that may open a socket (mysql2 does it for sync); llm/server is the opt-in server on the company's own network;
// kernel/outbound refuses all others while the app runs.
const SOCKETS = '^main/loopback/|^main/kernel/outbound\\.ts$|^main/llm/server/|^electron/launch\\.mjs$';
const err = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: Object.fromEntries(Object.entries(from).filter(([, v]) => v !== undefined)),
  to,
});

module.exports = {
  forbidden: [
    err(
      'no-cycles',
      'Runtime cycles; type-only cycles are allowed.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    err(
      'no-orphans',
      'Dead file.',
      { orphan: true, pathNot: ['\\.d\\.ts$', '(^|/)[^/]+\\.config\\.', '^test/'] },
      {},
    ),
    err(
      'not-to-unresolvable',
      'An import that leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: ['\\?', '^virtual:'] },
    ),
    err(
      'electron-is-a-shell',
      'electron/ sees the engine only through main/engine.ts, the port server and the contract.',
      { path: '^electron/' },
      {
        path: '^(main|renderer|test)/',
        pathNot: ['^main/engine\\.ts$', '^main/api/index\\.ts$', CONTRACT, KERNEL],
      },
    ),
    err(
      'renderer-sees-contract-only',
      'The renderer talks to the engine through the contract.',
      { path: '^renderer/' },
      {
        path: '^(main|electron|test)/',
        pathNot: [CONTRACT, '^main/kernel/words\\.ts$', '^electron/preload\\.ts$'],
      },
    ),
    err(
      'engine-is-plain-node',
      'main/ must run without Electron.',
      { path: '^main/' },
      { path: '^(electron|renderer|test)/|^electron$|node_modules/electron/' },
    ),
    err(
      'contract-is-pure',
      "A room's part of the contract holds types, constants and schemas: no Node, no engine.",
      { path: CONTRACT },
      {
        pathNot: [
          CONTRACT,
          '/types\\.ts$',
          '^main/kernel/(errors|words)\\.ts$',
          'node_modules/zod/',
          'node_modules/@orpc/contract/',
        ],
      },
    ),
    err(
      'types-are-pure',
      'types.ts brings no code with it but that of other types.ts and the contract.',
      { path: '/types\\.ts$' },
      {
        pathNot: ['/types\\.ts$', CONTRACT, '^main/kernel/(ids|errors)\\.ts$', '^main/store/company\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    err(
      'kernel-is-bottom',
      'The kernel knows no domain.',
      { path: KERNEL },
      { path: '^main/', pathNot: KERNEL },
    ),
    err(
      'front-door-only',
      'Cross-domain imports go through index.ts or types.ts.',
      { path: '^main/([^/]+)/' },
      { path: '^main/[^/]+/', pathNot: ['^main/$1/', '^main/[^/]+/(index|types)\\.ts$', CONTRACT, KERNEL] },
    ),
    err(
      'not-through-own-door',
      'Inside a domain import the file, not your own index.ts.',
      { path: '^main/([^/]+)/.+', pathNot: CONTRACT },
      { path: '^main/$1/index\\.ts$' },
    ),
    err(
      'api-is-top',
      'Only the entry files import api.',
      {
        path: '^main/',
        pathNot: '^main/(api|loopback|cli)/|^main/engine\\.ts$',
      },
      { path: '^main/api/', pathNot: CONTRACT },
    ),
    err(
      'engine-ts-is-root',
      'Nothing inside main/ imports the composition root or the command line, but the doors.',
      { path: '^main/[^/]+/', pathNot: '^main/(loopback|api|cli)/' },
      { path: '^main/engine\\.ts$|^main/cli/' },
    ),
    err(
      'offline',
      'Sockets are opened by the loopback host and the opt-in model server alone (and by mysql2 for sync).',
      { path: '^(main|electron|renderer)/', pathNot: SOCKETS },
      {
        path: '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises|inspector)$|node_modules/(undici|axios|node-fetch|got)/',
      },
    ),
    err(
      'preload-is-thin',
      'preload.ts sees electron and the contract only.',
      { path: '^electron/preload\\.ts$' },
      { pathNot: [CONTRACT, '^electron$', 'node_modules/electron/'] },
    ),
    err(
      'screens-are-islands',
      'A screen never imports another screen.',
      { path: '^renderer/screens/([^/]+)/' },
      { path: '^renderer/screens/', pathNot: '^renderer/screens/$1/' },
    ),
    err(
      'ui-is-dumb',
      'ui/ and charts/ take props; they know no store, screen or engine.',
      { path: '^renderer/(ui|charts)/' },
      {
        path: '^renderer/(stores|screens|engine-client|engine-hooks|loopback-client)|^main/',
        pathNot: CONTRACT,
      },
    ),
    err(
      'stores-know-no-screen',
      'State does not import views.',
      { path: '^renderer/stores/' },
      { path: '^renderer/(screens|ui|charts)/' },
    ),
    err(
      'no-test-in-product',
      'Product code never imports tests.',
      { path: '^(main|electron|renderer)/' },
      { path: '^test/' },
    ),
    ...ALL.map((d) =>
      err(
        `may-${d}`,
        `main/${d} may import: ${MAY[d].join(', ') || 'nothing'}`,
        { path: `^main/${d}/`, pathNot: d === 'chat' ? ['^main/chat/tools/', CONTRACT] : CONTRACT },
        {
          path: `^main/(${ALL.filter((x) => x !== d && !MAY[d].includes(x)).join('|')})/`,
          pathNot: CONTRACT,
        },
      ),
    ),
    ...Object.entries(OWNED).map(([p, home]) =>
      err(
        `owner-${p}`,
        `${p} is wrapped in ${home}`,
        { path: '^(main|electron|renderer)/', pathNot: home },
        { path: `node_modules/${p}/|^${p}$` },
      ),
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'main/tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

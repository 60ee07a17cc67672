// `npm run pack`: the app as people install it, with one flavour of llama.cpp. Says before it begins what is missing for that flavour,
// and looks afterwards whether exactly the native files of that flavour are inside.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root } from './prepare.mjs';

/** The packages of llama.cpp's binaries that a flavour needs, by platform. A processor's own comes along: a graphics card may be missing. */
const FLAVOURS = {
  cpu: { linux: [''], win: [''], mac: [''] },
  vulkan: { linux: ['', '-vulkan'], win: ['', '-vulkan'] },
  cuda: { linux: ['', '-cuda', '-cuda-ext'], win: ['', '-cuda', '-cuda-ext'] },
  metal: { mac: ['-metal'] },
};
const NODE_NAMES = { linux: 'linux', win: 'win32', mac: 'darwin' };
const PLATFORMS = { linux: 'linux', win32: 'win', darwin: 'mac' };
const ARCHS = ['x64', 'arm64'];
const NATIVE = /\.(node|so|so\.[\d.]+|dll|dylib)$/;
const HELP = `
npm run pack -- [options]

  --flavour F    cpu | vulkan | cuda | metal   llama.cpp の計算先 (既定: vulkan、Mac は metal)
                                               where llama.cpp computes (default: vulkan; metal on a Mac)
  --platform P   linux | win | mac             既定: このパソコン / default: this computer
  --arch A       x64 | arm64
  --electron DIR ダウンロードせずに使う Electron のフォルダ     an Electron folder to use instead of a download
  --output DIR   出力先 (既定: dist)           where to put it (default: dist)
  --dir          インストーラーを作らず、展開した形だけ       no installer, only the unpacked app
`;

const stop = (ja, en) => {
  console.error(`\n${ja}\n${en}`);
  process.exit(1);
};
const options = (() => {
  const text = { type: 'string' };
  try {
    return parseArgs({
      options: {
        flavour: text,
        platform: { ...text, default: PLATFORMS[process.platform] ?? 'linux' },
        arch: { ...text, default: process.arch },
        electron: text,
        output: { ...text, default: path.join(root, 'dist') },
        dir: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    console.error(`${error.message}\n${HELP}`);
    process.exit(64);
  }
})();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const { platform, arch, electron, output, dir } = options;
const flavour = options.flavour ?? (platform !== 'mac' ? 'vulkan' : arch === 'arm64' ? 'metal' : 'cpu');
const suffixes = FLAVOURS[flavour]?.[platform];
if (!suffixes || !ARCHS.includes(arch))
  stop(
    `${platform}-${arch} に「${flavour}」という版はありません。cpu、vulkan、cuda は linux と win、metal は arm64 の mac、cpu は x64 の mac です。`,
    `There is no “${flavour}” of ${platform}-${arch}: cpu, vulkan and cuda are for linux and win, metal for mac on arm64, cpu for mac on x64.`,
  );

const system = NODE_NAMES[platform];
const isThisComputer = system === process.platform && arch === process.arch;
const backends = suffixes.map((suffix) => `${platform}-${arch}${suffix}`);
/** relative to node_modules: everything native that this flavour runs on */
const needed = [
  `better-sqlite3/prebuilds/${system}-${arch}.node`,
  `onnxruntime-node/bin/napi-v6/${system}/${arch}`,
  ...backends.map((name) => `@node-llama-cpp/${name}`),
  // compiled on this computer, hence for no other: there the app searches without the graph
  ...(isThisComputer ? ['hnswlib-node/build/Release/addon.node'] : []),
];

const { node } = prepare();
const modules = path.join(root, 'node_modules');
const missing = needed.filter((file) => !existsSync(path.join(modules, file)));
if (missing.length > 0) {
  const { version } = JSON.parse(readFileSync(path.join(modules, 'node-llama-cpp/package.json'), 'utf8'));
  const install = missing
    .filter((file) => file.startsWith('@node-llama-cpp/'))
    .map((name) => `${name}@${version}`);
  const how = install.length > 0 ? `\n  npm install --no-save --force ${install.join(' ')}` : '';
  stop(
    `「${flavour}」(${platform}-${arch}) に必要なファイルがありません: ${missing.join('、')}。${how ? '次のコマンドで入ります。' : 'この組み合わせには配布されていません。'}`,
    `“${flavour}” (${platform}-${arch}) needs files that are not here: ${missing.join(', ')}. ${how ? `This brings them:${how}` : 'They are not published for that combination.'}`,
  );
}

// electron-builder.yml asks for these two
const env = {
  ...process.env,
  TORIDE_BACKENDS: backends.join('|'),
  TORIDE_LEFT_OUT: isThisComputer ? 'none' : 'hnswlib-node',
};
const { status } = spawnSync(
  node,
  [
    path.join(modules, 'electron-builder/cli.js'),
    `--${platform}`,
    `--${arch}`,
    ...(dir ? ['--dir'] : []),
    ...(electron ? [`-c.electronDist=${path.resolve(electron)}`] : []),
    `-c.directories.output=${path.resolve(output)}`,
  ],
  { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (status !== 0)
  stop('組み立てられませんでした。上の表示を確認してください。', 'Packing failed: see above.');

// what is inside now, file by file
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
const unpacked = readdirSync(output)
  .map((name) => path.join(output, name))
  .find((name) => new RegExp(`^${platform}.*unpacked$|^mac`).test(path.basename(name)));
const inside = filesIn(unpacked);
const natives = inside.filter(
  (file) => file.includes(`app.asar.unpacked${path.sep}node_modules`) && NATIVE.test(file),
);
const nameOf = (file) => file.replaceAll('\\', '/').split('app.asar.unpacked/node_modules/')[1];
const foreign = natives.map(nameOf).filter((file) => !needed.some((one) => file.startsWith(one)));
const absent = needed.filter((one) => !natives.some((file) => nameOf(file).startsWith(one)));
if (foreign.length > 0 || absent.length > 0)
  stop(
    `中身が「${flavour}」と合いません。余計: ${foreign.join('、') || 'なし'}。不足: ${absent.join('、') || 'なし'}`,
    `What was packed is not “${flavour}”. Too much: ${foreign.join(', ') || 'nothing'}. Missing: ${absent.join(', ') || 'nothing'}`,
  );
const sizeOf = (files) =>
  `${(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6).toFixed(1)} MB`.padStart(10);
console.log(`\n${flavour} ${platform}-${arch}`);
for (const one of needed)
  console.log(`${sizeOf(natives.filter((file) => nameOf(file).startsWith(one)))}  ${one}`);
console.log(`${sizeOf(inside.filter((file) => path.basename(file) === 'app.asar'))}  app.asar`);
console.log(`${sizeOf(inside)}  ${path.relative(process.cwd(), unpacked) || unpacked}`);
for (const file of readdirSync(output)
  .filter((name) => /\.(AppImage|deb|gz|dmg|zip|exe)$/.test(name))
  .map((name) => path.join(output, name)))
  console.log(`${sizeOf([file])}  ${path.basename(file)}`);

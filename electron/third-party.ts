// What others wrote and ships with the app, written down by the build itself: the packages whose code it bundled, those that are
// packed as they are, and what lies inside these (resources/third-party.json). Out of it come the list of the licence page, the
// notices and the bill of materials.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import type { ThirdParty, ThirdPartyList } from '../main/api/contract/third-party.ts';

type Inside =
  | { readonly package: string; readonly inside?: string }
  | {
      readonly name: string;
      readonly inside: string;
      readonly version: { readonly file: string; readonly find: string };
      readonly licence: string;
      readonly site: string;
      /** who holds the rights, to be named in the licence; or the text itself; or the package that carries it */
      readonly holder?: string;
      readonly text?: string;
      readonly textOf?: string;
    };
/** `licences`: the words of those that some packages name and do not carry, with `{holder}` */
type Stated = { readonly parts: readonly Inside[]; readonly licences: Readonly<Record<string, string>> };
type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
  readonly repository?: string | { readonly url?: string };
  readonly author?: string | { readonly name?: string };
};
type Found = Omit<ThirdParty, 'text'> & { readonly text: string };

const read = (file: string): string => readFileSync(file, 'utf8');
const json = <T>(file: string): T => JSON.parse(read(file)) as T;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
/** A package's name and version as one address (package-url). */
const purlOf = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;
/** Where a package's source lies, as an address that a browser opens; `owner/name` stands for GitHub, as in npm's own manifests. */
function sourceOf(repository: Manifest['repository']): string | undefined {
  const url = typeof repository === 'string' ? repository : repository?.url;
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(url ?? '')?.[1];
  if (short) return `https://github.com/${short}`;
  return url
    ?.replace(/^git\+|\.git$/g, '')
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://')
    .replace(/^git@([^:]+):/, 'https://$1/');
}
/** llama.cpp's binaries are a package for each platform and processor: which of them ship is a matter of the flavour */
const BACKENDS = '@node-llama-cpp/';

export function thirdPartyOf(root: string) {
  const modules = path.join(root, 'node_modules');
  const stated = json<Stated>(path.join(root, 'resources/third-party.json'));
  const worded = (licence: string, holder: string): string =>
    (stated.licences[licence] ?? '').replace('{holder}', holder);
  const textIn = (dir: string): string =>
    readdirSync(dir)
      .filter((name) => LICENCE_FILE.test(name))
      .map((name) => path.join(dir, name))
      .flatMap((file) => (statSync(file).isDirectory() ? textIn(file) : read(file).trim()))
      .join('\n\n');

  /** @param place its folder, as in `node_modules/a/node_modules/b` */
  function packageAt(place: string, inside: string | null = null): Found {
    const dir = path.join(root, place);
    const { name, version, license, homepage, repository, author } = json<Manifest>(
      path.join(dir, 'package.json'),
    );
    const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
    return {
      name,
      version,
      inside,
      licence: license ?? '',
      site: homepage ?? sourceOf(repository) ?? purlOf(name, version),
      text: textIn(dir) || worded(license ?? '', holder),
    };
  }

  function inside(entry: Inside): Found {
    if ('package' in entry) return packageAt(`node_modules/${entry.package}`, entry.inside ?? null);
    const { version, holder, text, textOf, ...rest } = entry;
    const found = new RegExp(version.find).exec(read(path.join(root, version.file)))?.[1];
    if (!found) throw new Error(`resources/third-party.json: no version of ${rest.name} in ${version.file}`);
    return {
      ...rest,
      version: found,
      text: text ?? (textOf ? textIn(path.join(modules, textOf)) : worded(rest.licence, holder ?? rest.name)),
    };
  }

  /** The packages that are packed as they are: what is installed to run on, but for what electron-builder.yml leaves out. */
  function packed(): string[] {
    const { packages } = json<{ packages: Record<string, { dev?: boolean; devOptional?: boolean }> }>(
      path.join(modules, '.package-lock.json'),
    );
    const config = read(path.join(root, 'electron-builder.yml'));
    // those of the common part: platforms and flavours leave out files, never a package that another one has
    const globs = [...config.matchAll(/^ {2}- '!(node_modules\/[^'$]+)'/gm)].map(([, glob = '']) => glob);
    return Object.entries(packages).flatMap(([place, { dev, devOptional }]) => {
      const file = `${place}/package.json`;
      const ships = !dev && !devOptional && !globs.some((glob) => path.matchesGlob(file, glob));
      return ships && existsSync(path.join(root, file)) ? [place] : [];
    });
  }

  return {
    /** Everything that ships, once; `bundled`: places of the packages whose code is in the bundles. */
    list(bundled: Iterable<string>): ThirdPartyList {
      const places = new Set([...bundled, ...packed().filter((place) => !place.includes(BACKENDS))]);
      const found = [...[...places].map((place) => packageAt(place)), ...stated.parts.map(inside)];
      const wordless = found.filter((one) => one.text === '').map((one) => one.name);
      if (wordless.length > 0) throw new Error(`no licence text of ${wordless.join(', ')}`);
      const texts = [...new Set(found.map((one) => one.text))];
      const once = new Map(found.map((one) => [`${one.name} ${one.version} ${one.inside ?? ''}`, one]));
      return {
        parts: [...once.values()]
          .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
          .map((one) => ({ ...one, text: texts.indexOf(one.text) })),
        texts,
      };
    },
  };
}

/** All licences as one text, for people who have no app at hand. */
export function notices({ parts, texts }: ThirdPartyList): string {
  const heads = texts.map((text, i) => {
    const of = parts.filter((part) => part.text === i);
    const names = of.map((part) => `${part.name} ${part.version} (${part.licence}) ${part.site}`);
    return `${names.join('\n')}\n\n${text}`;
  });
  const intro = 'Toride ships with the following software. / Toride には次のソフトウェアが含まれています。';
  return `${[intro, ...heads].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The bill of materials, as CycloneDX has it. */
export function billOfMaterials({ parts }: ThirdPartyList, version: string): object {
  const SPDX = /^[A-Za-z0-9.-]+$/;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': 'toride', name: 'Toride', version },
    },
    components: parts.map((part) => {
      const isPackage = /^[@a-z0-9][^ ]*$/.test(part.name);
      return {
        type: 'library',
        'bom-ref': `${part.name}@${part.version}${part.inside ? `#${part.inside}` : ''}`,
        name: part.name,
        version: part.version,
        ...(isPackage ? { purl: purlOf(part.name, part.version) } : {}),
        licenses: [
          SPDX.test(part.licence)
            ? { license: { id: part.licence } }
            : part.licence.startsWith('(')
              ? { expression: part.licence }
              : { license: { name: part.licence } },
        ],
        externalReferences: [{ type: 'website', url: part.site }],
        ...(part.inside ? { properties: [{ name: 'toride:inside', value: part.inside }] } : {}),
      };
    }),
  };
}

/** Where a module's package lies, as in `node_modules/a/node_modules/b`; null for our own and for what the bundler makes up. */
const placeOf = (root: string, id: string): string | null =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.relative(root, id).replaceAll('\\', '/'))?.[0] ?? null;

/** Writes `out/notices/`; each of the three builds adds what it bundled. */
export function thirdPartyPlugin(root: string): Plugin {
  const bundled = new Set<string>();
  return {
    name: 'third-party',
    generateBundle(_options, bundle) {
      const styles = [...this.getModuleIds()].filter((id) => /\.css(\?|$)/.test(id));
      const code = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      for (const id of [...styles, ...code]) {
        const place = placeOf(root, id);
        if (place && existsSync(path.join(root, place, 'package.json'))) bundled.add(place);
      }
      const list = thirdPartyOf(root).list(bundled);
      const { version } = json<Manifest>(path.join(root, 'package.json'));
      const folder = path.join(root, 'out/notices');
      mkdirSync(folder, { recursive: true });
      const files = {
        'third-party.json': JSON.stringify(list),
        'THIRD-PARTY-NOTICES.txt': notices(list),
        'sbom.cdx.json': `${JSON.stringify(billOfMaterials(list, version), null, 2)}\n`,
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    },
  };
}

// krew-manifest.yaml: what krew has to know to install the plugin, derived from package.json and the archives.
import { stringify } from 'yaml';
import { toArchiveName, toExecutableName, type Platform } from './platforms.ts';

/** What of package.json the manifest says. */
export interface Product {
  version: string;
  homepage: string;
  repository: { url: string };
}

/** An archive that was made. */
export interface Archive {
  platform: Platform;
  /** In hexadecimal. */
  sha256: string;
}

/** Its text; the archives in the order in which they are given. */
export function formatKrewManifest(product: Product, archives: readonly Archive[]): string {
  const manifest = {
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'dorgu' },
    spec: {
      version: `v${product.version}`,
      homepage: product.homepage,
      shortDescription: 'Personas for applications, and what differs',
      description: [
        'Gives each application a persona, a custom resource that says what it is and',
        'needs. Writes manifests, persona and workflow from the source of an',
        'application, with evidence for each choice; checks manifests offline and in',
        'CI; and says how what runs in a cluster differs from what was meant.\n',
      ].join('\n'),
      caveats: [
        'Nothing in the cluster is needed for generate, analyze and check. For',
        'personas in a cluster see docs/install.md at the home page.\n',
      ].join('\n'),
      platforms: archives.map(({ platform, sha256 }) => ({
        selector: { matchLabels: { os: platform.os, arch: platform.arch } },
        uri: toArchiveUri(product, platform),
        sha256,
        files: [toExecutableName(platform), 'LICENSE'].map((from) => ({ from, to: '.' })),
        bin: toExecutableName(platform),
      })),
    },
  };
  return `# Written by npm run dist from the archives in dist/krew.\n${stringify(manifest, { lineWidth: 0 })}`;
}

/** Where a release has it. */
function toArchiveUri({ repository, version }: Product, platform: Platform): string {
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return `${home}/releases/download/v${version}/${toArchiveName(platform, version)}`;
}

// The software bill of materials of the operator's image, as CycloneDX 1.6 in JSON.
import { createHash } from 'node:crypto';
import type { BundledPackage } from './bundled-packages.ts';

/** What the bill is of. */
export interface BilledProduct {
  name: string;
  version: string;
  /** An SPDX identifier. */
  license: string;
  description: string;
  /** Without `git+` and `.git`. */
  repository: string;
  /** That runs it, without the v. */
  nodeVersion: string;
  packages: readonly BundledPackage[];
  /** Folders of the packages that our own files import. */
  uses: readonly string[];
}

/** A CycloneDX document: the same for the same input, to the letter, hence without a time. */
export function toBillOfMaterials(product: BilledProduct): Record<string, unknown> {
  const { packages, nodeVersion } = product;
  const refs = new Map(packages.map((entry) => [entry.folder, toRef(entry, packages)]));
  const toRefs = (folders: readonly string[]): string[] =>
    folders.map((folder) => refs.get(folder) ?? folder);
  const own = `pkg:oci/${product.name}@${encodeURIComponent(`v${product.version}`)}`;
  const node = `pkg:generic/node@${nodeVersion}`;
  const content = {
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: toOwnComponent(product, own),
    },
    components: [
      toNodeComponent(nodeVersion, node),
      ...packages.map((entry) => toComponent(entry, refs.get(entry.folder) ?? entry.folder)),
    ],
    dependencies: [
      { ref: own, dependsOn: [node, ...toRefs(product.uses)] },
      { ref: node, dependsOn: [] },
      ...packages.map((entry) => ({ ref: refs.get(entry.folder), dependsOn: toRefs(entry.uses) })),
    ],
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${toUuid(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
}

function toOwnComponent(product: BilledProduct, ref: string): Record<string, unknown> {
  return {
    type: 'container',
    'bom-ref': ref,
    name: product.name,
    version: product.version,
    description: product.description,
    licenses: [{ license: { id: product.license } }],
    purl: ref,
    externalReferences: [{ type: 'vcs', url: product.repository }],
  };
}

function toNodeComponent(version: string, ref: string): Record<string, unknown> {
  return {
    type: 'platform',
    'bom-ref': ref,
    name: 'node',
    version,
    licenses: [{ license: { id: 'MIT' } }],
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    purl: ref,
    externalReferences: [{ type: 'website', url: 'https://nodejs.org/' }],
  };
}

function toComponent(entry: BundledPackage, ref: string): Record<string, unknown> {
  const [, scope, name = entry.name] = /^(@[^/]+)\/(.+)$/.exec(entry.name) ?? [];
  return {
    type: 'library',
    'bom-ref': ref,
    ...(scope !== undefined && { group: scope }),
    name,
    version: entry.version,
    licenses: [toLicence(entry.license)],
    purl: toPurl(entry),
    hashes: [toHash(entry.integrity)],
    ...(entry.homepage !== undefined && {
      externalReferences: [{ type: 'website', url: entry.homepage }],
    }),
  };
}

/** Of one package in two versions each has its own; of one in two folders, the folder tells them apart. */
function toRef(entry: BundledPackage, packages: readonly BundledPackage[]): string {
  const purl = toPurl(entry);
  const isTwice = packages.some((other) => other.folder !== entry.folder && toPurl(other) === purl);
  return isTwice ? `${purl}#${entry.folder}` : purl;
}

function toPurl({ name, version }: Pick<BundledPackage, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
}

/** An expression of several is no identifier of one. */
function toLicence(license: string): Record<string, unknown> {
  return /[\s(]/.test(license) ? { expression: license } : { license: { id: license } };
}

/** Of the archive that npm installed. */
function toHash(integrity: string): { alg: string; content: string } {
  const [, digits = '', base64 = ''] = /^sha(\d+)-(\S+)/.exec(integrity) ?? [];
  if (base64 === '') throw new Error(`expected an integrity such as sha512-..., found ${integrity}`);
  return {
    alg: digits === '1' ? 'SHA-1' : `SHA-${digits}`,
    content: Buffer.from(base64, 'base64').toString('hex'),
  };
}

/** Of version 8: made of a digest, so that it names the content. */
function toUuid(content: string): string {
  const digest = createHash('sha256').update(content).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

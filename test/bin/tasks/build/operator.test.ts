// What goes into the image beside the bundle: a bill of materials that CycloneDX's tools can read, and the licences of others.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { toBillOfMaterials, type BilledProduct } from '../../../../bin/tasks/build/bill-of-materials.ts';
import type { BundledPackage } from '../../../../bin/tasks/build/bundled-packages.ts';
import { formatLicences } from '../../../../bin/tasks/build/licence-texts.ts';
import { buildOperator } from '../../../../bin/tasks/build/operator.ts';
import manifest from '../../../../package.json' with { type: 'json' };
import { requiredOfBill } from './required-of-bill.ts';

const root = resolve(import.meta.dirname, '../../../..');

/** What is asserted of a bill here. */
interface Bill {
  components: { 'bom-ref': string; name: string; group?: string; version: string; type: string }[];
  metadata: { component: { 'bom-ref': string; version: string } };
  dependencies: { ref: string; dependsOn: string[] }[];
}

const library = (name: string, more: Partial<BundledPackage> = {}): BundledPackage => ({
  folder: `node_modules/${name}`,
  name,
  version: '1.0.0',
  license: 'MIT',
  integrity: 'sha512-AAEC',
  uses: [],
  texts: [{ name: 'LICENSE', text: `${name}: do what you like` }],
  ...more,
});

const product = (packages: BundledPackage[]): BilledProduct => ({
  name: 'dorgu-operator',
  version: '1.2.3',
  license: 'Apache-2.0',
  description: 'An operator',
  repository: 'https://example.com/dorgu',
  nodeVersion: '24.0.0',
  packages,
  uses: packages.map(({ folder }) => folder),
});

describe('what goes into the operator’s image', function () {
  this.timeout(60_000);
  let folder: string;
  let bill: Bill;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dorgu-operator-'));
    await buildOperator(root, folder);
    bill = JSON.parse(await readFile(join(folder, 'operator/sbom.cdx.json'), 'utf8')) as Bill;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is billed with all that CycloneDX 1.6 requires', () => {
    const validate = new Ajv({ allErrors: true }).compile(requiredOfBill);
    expect(validate(bill), JSON.stringify(validate.errors)).to.equal(true);
  });

  it('is billed with Node and what is bundled, and nothing that only builds or tests', () => {
    const names = bill.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
    expect(names).to.include.members(['node', 'yaml', 'prom-client', '@peculiar/x509', 'socks']);
    for (const name of ['esbuild', 'mocha', 'typescript', '@oclif/core', '@opentelemetry/api', 'chalk'])
      expect(names).not.to.include(name);
    expect(bill.components[0]).to.include({ type: 'platform', version: process.versions.node });
    expect(bill.metadata.component.version).to.equal(manifest.version);
  });

  it('is billed so that everything has a name of its own, and all hangs together', () => {
    const refs = [bill.metadata.component['bom-ref'], ...bill.components.map((each) => each['bom-ref'])];
    expect(new Set(refs).size).to.equal(refs.length);
    expect(bill.dependencies.map(({ ref }) => ref)).to.have.members(refs);
    const used = bill.dependencies.flatMap(({ dependsOn }) => dependsOn);
    expect([...new Set(used)]).to.have.members(refs.slice(1));
  });

  it('is billed the same each time', async () => {
    const text = await readFile(join(folder, 'operator/sbom.cdx.json'), 'utf8');
    await buildOperator(root, join(folder, 'second'));
    expect(await readFile(join(folder, 'second/operator/sbom.cdx.json'), 'utf8')).to.equal(text);
  });

  it('has the licences of all that is billed', async () => {
    const text = await readFile(join(folder, 'operator/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const { group, name, version, type } of bill.components)
      if (type === 'library')
        expect(text).to.include(`\n${group === undefined ? '' : `${group}/`}${name} ${version}\n`);
    expect(text).to.include('Copyright 2015 Simon Nyberg').and.to.include(`Node.js ${process.versions.node}`);
    expect(await readFile(join(folder, 'operator/LICENSE'), 'utf8')).to.include('Apache License');
  });
});

describe('a bill of materials', () => {
  const read = (packages: BundledPackage[]) => toBillOfMaterials(product(packages)) as unknown as Bill;

  it('tells one package in two folders apart', () => {
    const twice = [library('tslib'), library('tslib', { folder: 'node_modules/a/node_modules/tslib' })];
    expect(read(twice).components.map((each) => each['bom-ref'])).to.deep.equal([
      'pkg:generic/node@24.0.0',
      'pkg:npm/tslib@1.0.0#node_modules/tslib',
      'pkg:npm/tslib@1.0.0#node_modules/a/node_modules/tslib',
    ]);
  });

  it('has the choice between two licences as an expression', () => {
    expect(read([library('either', { license: '(MIT OR Apache-2.0)' })]).components[1]).to.deep.include({
      licenses: [{ expression: '(MIT OR Apache-2.0)' }],
      hashes: [{ alg: 'SHA-512', content: '000102' }],
    });
  });

  it('has another serial number as soon as anything is different', () => {
    const serial = (packages: BundledPackage[]) => toBillOfMaterials(product(packages))['serialNumber'];
    expect(serial([library('a')])).to.equal(serial([library('a')]));
    expect(serial([library('a')])).not.to.equal(serial([library('a', { version: '1.0.1' })]));
  });

  it('is refused where an integrity is none', () => {
    expect(() => read([library('a', { integrity: 'yes' })])).to.throw('expected an integrity');
  });
});

describe('the licences of others', () => {
  it('are not written where one has no text', () => {
    const node = { version: '24.0.0', text: 'of Node' };
    expect(formatLicences([library('a')], node))
      .to.include('a: do what you like')
      .and.to.include('of Node');
    expect(() => formatLicences([library('a', { texts: [] })], node)).to.throw(
      'a 1.0.0 (MIT) brings no text',
    );
  });
});

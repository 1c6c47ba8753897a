// Everything of the operator that goes into its image: the bundle, its bill of materials, and the licences of what is in it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import manifest from '../../../package.json' with { type: 'json' };
import { product } from '../../../operator/product.ts';
import { toBillOfMaterials } from './bill-of-materials.ts';
import { findUses, listBundledPackages } from './bundled-packages.ts';
import { formatLicences } from './licence-texts.ts';
import { bundleOperator, operatorFolder } from './operator-bundle.ts';

/** The bill of materials in the operator's folder. */
export const billFile = 'sbom.cdx.json';
/** The licences of others in the operator's folder. */
export const licencesFile = 'THIRD-PARTY-LICENSES.txt';

/**
 * Writes `output`/operator from the sources in `root`, with the Node that runs this as the one that will run it.
 * @throws Error where a package says nothing of its licence or is not what package-lock.json says
 */
export async function buildOperator(root: string, output: string): Promise<Metafile> {
  const metafile = await bundleOperator(root, output);
  const folder = join(output, operatorFolder);
  const packages = listBundledPackages(root, metafile);
  const nodeVersion = process.versions.node;
  const bill = toBillOfMaterials({
    name: product.name,
    version: product.version,
    license: manifest.license,
    description: manifest.description,
    repository: manifest.homepage,
    nodeVersion,
    packages,
    uses: findUses(metafile, '', new Set(packages.map(({ folder: name }) => name))),
  });
  writeFileSync(join(folder, billFile), `${JSON.stringify(bill, undefined, 2)}\n`);
  writeFileSync(
    join(folder, licencesFile),
    formatLicences(packages, { version: nodeVersion, text: readNodeLicence(nodeVersion) }),
  );
  writeFileSync(join(folder, 'LICENSE'), readFileSync(join(root, 'LICENSE')));
  return metafile;
}

/** As npm and the archives of nodejs.org lay it out; elsewhere, where it can be read. */
function readNodeLicence(version: string): string {
  const path = join(dirname(dirname(process.execPath)), 'LICENSE');
  return existsSync(path)
    ? readFileSync(path, 'utf8')
    : `MIT and others: https://github.com/nodejs/node/blob/v${version}/LICENSE`;
}

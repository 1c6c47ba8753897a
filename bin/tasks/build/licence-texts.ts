// The licences of what is in the operator's image and not ours, in one text.
import type { BundledPackage } from './bundled-packages.ts';

const rule = '-'.repeat(80);

/**
 * A title and the texts of each package, and those of Node last, which are long.
 * @throws Error for a package that brings no text: its licence wants to be handed on
 */
export function formatLicences(
  packages: readonly BundledPackage[],
  node: { version: string; text: string },
): string {
  const titles = packages.map(({ name, version, license }) => `  ${name} ${version}: ${license}`);
  const sections = packages.map(({ name, version, license, texts }) => {
    if (texts.length === 0) throw new Error(`${name} ${version} (${license}) brings no text of its licence`);
    return toSection(`${name} ${version}`, texts.map(({ text }) => text).join('\n\n'));
  });
  return [
    'dorgu-operator is made of its own sources (see LICENSE) and of parts of these packages:',
    '',
    ...titles,
    '',
    `It runs on Node.js ${node.version}, whose licence, with those of what it contains, stands last.`,
    '',
    ...sections,
    toSection(`Node.js ${node.version}`, node.text),
  ].join('\n');
}

function toSection(title: string, text: string): string {
  return `${rule}\n${title}\n${rule}\n\n${text.replaceAll('\r\n', '\n').trim()}\n\n`;
}

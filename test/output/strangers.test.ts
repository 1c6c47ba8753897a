// What lies in the output folder and is not ours.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { listStrangers } from '../../src/output/strangers.ts';

describe('listStrangers', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dorgu-strangers-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('names manifests that neither this run nor an earlier one wrote, and nothing else', () => {
    for (const folder of ['k8s/base', '.dorgu/base/k8s']) mkdirSync(join(root, folder), { recursive: true });
    const files = ['k8s/base/old.yml', 'k8s/mine.json', 'k8s/README.md', 'k8s/service.yaml', 'k8s/hpa.yaml'];
    for (const path of [...files, '.dorgu/base/k8s/hpa.yaml']) writeFileSync(join(root, path), '');
    expect(listStrangers(root, 'k8s', ['k8s/service.yaml'])).to.deep.equal([
      'k8s/base/old.yml',
      'k8s/mine.json',
    ]);
  });

  it('finds none where there is no folder yet', () => {
    expect(listStrangers(root, 'k8s', [])).to.deep.equal([]);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { formatNodes, writeKwokConfig } from './kwok.ts';

/** The names of the documents, and of what each is. */
function listNames(yaml: string): string[] {
  const objects = parseAllDocuments(yaml).map(
    (document) => document.toJS() as { kind: string; metadata: { name: string } },
  );
  return objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

describe('the nodes that kwok plays', () => {
  it('are as many as asked for, with names of their own', () => {
    expect(listNames(formatNodes(3))).to.deep.equal(['Node/node-1', 'Node/node-2', 'Node/node-3']);
    expect(formatNodes(0)).to.equal('');
  });
});

describe('the configuration of kwok', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-kwok-'));
    writeFileSync(join(folder, 'b.yaml'), 'kind: Stage\nmetadata: {name: b}\n');
    writeFileSync(join(folder, 'a.yaml'), 'kind: Stage\nmetadata: {name: a}');
    writeFileSync(join(folder, 'README'), 'no stage');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the stages in the order of their names, and nothing else', async () => {
    const path = await writeKwokConfig(join(folder, 'config'), folder);
    expect(listNames(readFileSync(path, 'utf8'))).to.deep.equal(['Stage/a', 'Stage/b']);
  });

  it('sends port-forwards to where they were asked to go', async () => {
    const path = await writeKwokConfig(join(folder, 'config'), folder, { address: '127.0.0.1', port: 4321 });
    const last = parseAllDocuments(readFileSync(path, 'utf8')).at(-1)?.toJS() as {
      kind: string;
      spec: object;
    };
    expect(last.kind).to.equal('ClusterPortForward');
    expect(last.spec).to.deep.equal({ forwards: [{ target: { address: '127.0.0.1', port: 4321 } }] });
  });
});

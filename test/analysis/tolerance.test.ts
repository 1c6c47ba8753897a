// A folder whose compose file builds its neighbours: an error for what writes, a note for what only reads.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import { DorguError } from '../../src/api/errors.ts';

describe('a compose file that names what lies outside', () => {
  let folder = '';
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'dorgu-tolerance-')), 'front');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'compose.yaml'),
      'services:\n  back:\n    build: ../back\n  front:\n    build: .\n',
    );
    writeFileSync(join(folder, 'Dockerfile'), 'FROM node:24\nEXPOSE 8080\nCMD ["node", "a.js"]\n');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  it('is an error, so that nothing is written', async () => {
    const error = await analyseApplication(folder).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DorguError);
    expect((error as DorguError).code).to.equal('PathOutsideApplication');
  });

  it('is a note with its line where one only reads, and the folder is read by itself', async () => {
    const { components, notes } = await analyseApplication(folder, { isTolerant: true });
    expect(components.map(({ path, ports }) => [path, ports[0]?.value])).to.deep.equal([['.', 8080]]);
    expect(notes[0]?.evidence[0]).to.include({ file: 'compose.yaml', line: 3 });
  });
});

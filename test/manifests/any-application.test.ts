// Whatever analysis may find, the files pass every check, are the same bytes each time, and carry no secret.
import { expect } from 'chai';
import fc from 'fast-check';
import { checkFiles } from '../../src/checks/check-files.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import { application, component, seenIn } from './applications.ts';
import { anyApplication, anyOptions } from './arbitrary-application.ts';

describe('files of any application', () => {
  it('pass every check, are the same bytes each time, and carry no secret', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(anyApplication, anyOptions, (found, options) => {
        const { files } = buildManifests(found, options);
        expect(checkFiles(files)).to.deep.equal([]);
        expect(buildManifests(structuredClone(found), options).files).to.deep.equal(files);
        expect(new Set(files.map(({ path }) => path)).size).to.equal(files.length);
        for (const { path } of files)
          expect(path)
            .to.match(/^[a-zA-Z0-9./_-]+$/)
            .and.not.contain('..');
      }),
      { numRuns: 150 },
    );
  });

  it('never hold the value of a secret', () => {
    const marker = 'hunter2-must-not-leak';
    fc.assert(
      fc.property(anyOptions, (options) => {
        const leaky = component({
          kind: 'server',
          env: [{ name: 'KEY', kind: 'secret', required: true, value: marker, evidence: [seenIn()] }],
        });
        const { files, decisions } = buildManifests(application([leaky]), options);
        expect(JSON.stringify([files, decisions])).to.not.contain(marker);
      }),
      { numRuns: 20 },
    );
  });
});

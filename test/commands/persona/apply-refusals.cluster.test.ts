// What `persona apply` refuses, and that it then has written nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { useApplying } from './applying.ts';
import { createPersona } from './persona-objects.ts';

describe('persona apply refuses', () => {
  const applying = useApplying();
  const { apply, names } = applying;
  const refusals: Record<string, [text: string, code: number, message: RegExp]> = {
    'a value that the API does not take, with its place': [
      stringify(createPersona('x', { spec: { type: 'apy' } })),
      1,
      /bad\.yaml:7:3: spec\.type: expected one of api, web, worker, cron, daemon, found "apy"/,
    ],
    'a field that the API does not know': [
      stringify(createPersona('x', { spec: { bogus: 1 } })),
      1,
      /bad\.yaml:8:3: spec\.bogus: the API has no such field/,
    ],
    'another kind': [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n',
      1,
      /bad\.yaml:1:1: expected an ApplicationPersona or a ClusterPersona of dorgu\.io\/v1, found apps\/v1 Deployment shop[^]*hint: kubectl apply -f bad\.yaml/,
    ],
    'our kind in another version': [
      'apiVersion: dorgu.io/v2\nkind: ApplicationPersona\nmetadata:\n  name: shop\n',
      1,
      /found dorgu\.io\/v2 ApplicationPersona shop/,
    ],
    'text that is no YAML': ['a: [\n', 1, /bad\.yaml:\d+:\d+: /],
    'what is no object': [
      'hello: world\n',
      1,
      /bad\.yaml:1:1: expected a persona, found no apiVersion or kind/,
    ],
    'a persona that stands there twice': [
      [createPersona('x'), createPersona('x')].map((persona) => stringify(persona)).join('---\n'),
      1,
      /bad\.yaml:9:1: ApplicationPersona x stands in bad\.yaml:1:1 already/,
    ],
    'a name that is none': [stringify(createPersona('Not_A_Name')), 1, /metadata\.name/],
  };
  for (const [sentence, [text, code, message]] of Object.entries(refusals)) {
    it(`${sentence}, and writes nothing of the rest`, async () => {
      writeFileSync(join(applying.folder, 'bad.yaml'), text);
      const outcome = await apply('-f', 'two.yaml', '-f', 'bad.yaml');
      expect(outcome.stderr)
        .to.match(message)
        .and.match(/^hint: /m);
      expect({ code: outcome.code, stdout: outcome.stdout }).to.deep.equal({ code, stdout: '' });
      expect(await names()).to.equal('');
    });
  }

  before(() => mkdirSync(join(applying.folder, 'empty')));

  const mistakes: Record<string, [argv: string[], code: number, message: RegExp]> = {
    'a file that is not there': [['-f', 'none.yaml'], 2, /there is no file or folder "none\.yaml"/],
    'a folder without personas': [['-f', 'empty'], 1, /there is no persona in empty/],
    'an application and files': [['app', '-f', 'two.yaml'], 2, /found both: "app" and -f two\.yaml/],
    '-R without -f': [['-R'], 2, /-R goes with -f/],
    'a dry run that there is not': [['--dry-run=never'], 2, /expected none, client, server/],
    'a wait in a dry run': [['-f', 'two.yaml', '--wait', '--dry-run'], 2, /nothing to wait for/],
    'a time that is none': [['-f', 'two.yaml', '--timeout', 'soon'], 2, /invalid value "soon" for --timeout/],
    'a format that there is not': [['-f', 'two.yaml', '-o', 'wide'], 2, /expected json, yaml, name/],
    'somebody who may not': [['-f', 'two.yaml', '--as', 'nobody'], 4, /is forbidden: User "nobody"/],
  };
  for (const [sentence, [argv, code, message]] of Object.entries(mistakes)) {
    it(sentence, async () => {
      const outcome = await apply(...argv);
      expect(outcome.code, outcome.stderr).to.equal(code);
      expect(outcome.stderr)
        .to.match(message)
        .and.match(/^hint: /m);
      expect(outcome.stdout).to.equal('');
    });
  }
});

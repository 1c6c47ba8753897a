// `explain` says everything that is known of a rule.
import { expect } from 'chai';
import { parse, parseAllDocuments } from 'yaml';
import { validateClusterPersona } from '../../src/api/validate.ts';
import { documentedRules as rules } from '../../src/rules/documented-rules.ts';
import { formatExceptionExample, formatLevelExample } from '../../src/rules/rule-page.ts';

import { measureWidth } from '../../src/ui/width.ts';
import { runHere } from './command-line.ts';

describe('explain', () => {
  it('lists all rules with severity and title', async () => {
    const { code, stdout, stderr } = await runHere(['explain']);
    const [headings, ...lines] = stdout.trimEnd().split('\n');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(headings).to.match(/^RULE +SEVERITY +ASKS$/);
    expect(lines.map((line) => line.split(' ')[0])).to.deep.equal(rules.map(({ id }) => id));
  });

  it('lists a family', async () => {
    const { stdout } = await runHere(['explain', 'security']);
    const lines = stdout.trimEnd().split('\n').slice(1);
    expect(lines).to.have.length(rules.filter(({ id }) => id.startsWith('security/')).length);
    expect((await runHere(['explain', 'security/*'])).stdout).to.equal(stdout);
  });

  for (const rule of rules) {
    it(`explains ${rule.id}, in lines of 80 columns`, async () => {
      const { code, stdout } = await runHere(['explain', rule.id]);
      expect(code).to.equal(0);
      for (const heading of ['What is asked', 'Why', 'Severity', 'Breaks it', 'Mended']) {
        expect(stdout).to.match(new RegExp(`^${heading}:$`, 'm'));
      }
      for (const line of stdout.split('\n')) expect(measureWidth(line), line).to.be.at.most(90);
      const flat = stdout.replace(/\s+/g, ' ');
      expect(flat).to.contain(rule.semantics.replaceAll('’', "'").replace(/\s+/g, ' '));
    });

    it(`says how ${rule.id} is set in a ClusterPersona, in words that an API server takes`, () => {
      for (const example of [formatLevelExample(rule), formatExceptionExample(rule)]) {
        const { spec } = parse(example) as { spec: object };
        const result = validateClusterPersona({
          apiVersion: 'dorgu.io/v1',
          kind: 'ClusterPersona',
          metadata: { name: 'production' },
          spec: { name: 'production', ...spec },
        });
        expect(result.ok).to.equal(true);
      }
    });

    it(`has examples of ${rule.id} that are YAML`, () => {
      for (const text of rule.id === 'manifest/unreadable' ? [rule.good] : [rule.bad, rule.good]) {
        for (const { errors } of parseAllDocuments(text)) expect(errors).to.deep.equal([]);
      }
    });
  }

  it('offers no level and no exception where none would hold', async () => {
    const { stdout } = await runHere(['explain', 'manifest/unreadable']);
    expect(stdout).to.contain('nothing sets it or lifts it').and.not.contain('exceptions:');
  });

  it('gives programs one rule, or a list', async () => {
    const one = JSON.parse((await runHere(['explain', 'image/tag', '-o', 'json'])).stdout) as object;
    expect(one).to.include({ id: 'image/tag', severity: 'warning' }).and.to.not.have.property('evaluate');
    const family = parse((await runHere(['explain', 'secrets', '-o', 'yaml'])).stdout) as { rules: object[] };
    expect(family.rules).to.have.length(1);
    const all = JSON.parse((await runHere(['explain', '-o', 'json'])).stdout) as { rules: object[] };
    expect(all.rules).to.have.length(rules.length);
  });

  it('prints a table of one rule where it is asked for one', async () => {
    expect((await runHere(['explain', 'image/tag', '-o', 'table'])).stdout.split('\n')[1]).to.match(/^image\/tag +warning/);
  }); // prettier-ignore

  it('names the nearest rule to one that there is not', async () => {
    const { code, stdout, stderr } = await runHere(['explain', 'image/tagg']);
    expect({ code, stdout }).to.deep.equal({ code: 5, stdout: '' });
    expect(stderr).to.equal('error: there is no rule "image/tagg"\nhint: did you mean image/tag? kubectl dorgu explain lists the rules\n');
    const other = await runHere(['explain', 'nothing of the kind', '-o', 'json']);
    expect(other.code).to.equal(5);
    expect(JSON.parse(other.stdout)).to.have.nested.property('error.code', 'NotFound');
  }); // prettier-ignore
});

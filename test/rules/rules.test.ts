// The list of rules: ids are stable for ever, and everything about a rule is written.
import { expect } from 'chai';
import { severities } from '../../src/api/vocabulary.ts';
import { documentedRules, familyOf, familyTitles } from '../../src/rules/documented-rules.ts';
import { findNearestRule, findRules } from '../../src/rules/rule-page.ts';
import { findRule, rules } from '../../src/rules/rules.ts';

/** What the design promises; a rule that is renamed breaks somebody's ClusterPersona. */
const promised = `
  security/run-as-non-root security/run-as-root-uid security/privilege-escalation security/read-only-root security/pod-security
  security/allowed-registries resources/limit-above-persona resources/limit-missing resources/request-missing
  resources/request-below-persona resources/request-above-limit resources/usage-vs-request scaling/replicas-below-min scaling/replicas-above-max
  scaling/hpa-bounds scaling/static-replicas-with-hpa scaling/hpa-without-requests scaling/hpa-target-missing
  scaling/duplicate-hpa scaling/hpa-missing health/liveness health/readiness health/identical-probes health/startup-window
  availability/pdb availability/pdb-blocks-drain availability/spread rollout/strategy network/ports image/tag identity/labels
  secrets/env manifest/unreadable persona/invalid persona/unknown-field identity/persona-missing`
  .trim()
  .split(/\s+/);

describe('the rules', () => {
  it('are at least those that are promised, each once', () => {
    const ids = documentedRules.map(({ id }) => id);
    expect(ids).to.include.members(promised);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  for (const rule of documentedRules) {
    it(`${rule.id} is written down in full`, () => {
      expect(rule.id).to.match(/^[a-z]+\/[a-z][a-z0-9-]*$/);
      expect(familyTitles.has(familyOf(rule))).to.equal(true);
      expect(severities).to.include(rule.severity);
      for (const text of [rule.title, rule.semantics, rule.rationale, rule.bad, rule.good]) expect(text).to.match(/\S/);
      expect(rule.title).to.match(/^[A-Z].{5,80}[^.]$/);
      expect(rule.semantics).to.match(/\.$/);
      expect(rule.rationale).to.match(/\.$/);
      expect(rule.bad).to.not.equal(rule.good);
    }); // prettier-ignore
  }

  it('are found by their id, whatever stands in it', () => {
    for (const rule of rules) expect(findRule(rule.id)).to.equal(rule);
    for (const id of ['', 'constructor', 'image/tagg']) expect(findRule(id)).to.equal(undefined);
  });

  it('are found by id and by family', () => {
    expect(findRules('image/tag').map(({ id }) => id)).to.deep.equal(['image/tag']);
    for (const word of ['secrets', 'secrets/', 'secrets/*']) {
      expect(findRules(word).map(({ id }) => id)).to.deep.equal(['secrets/env']);
    }
    for (const word of ['', '/', '*', '/*', 'tag', 'security/nothing', '__proto__', 'image/tag/*']) {
      expect(findRules(word), word).to.deep.equal([]);
    }
  });

  it('have a nearest one to what nobody wrote like this', () => {
    expect(findNearestRule('securty/run-as-nonroot')).to.equal('security/run-as-non-root');
    expect(findNearestRule('run-as-non-root')).to.equal('security/run-as-non-root');
    expect(findNearestRule('run-as-nonroot')).to.equal('security/run-as-non-root');
    expect(findNearestRule('securty')).to.equal('security');
    expect(findNearestRule('completely different')).to.equal(undefined);
  });
});

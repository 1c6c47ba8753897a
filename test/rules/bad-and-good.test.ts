// The examples of the documentation: what is called bad breaks its rule, what is called good does not.
import { expect } from 'chai';
import { parse, parseAllDocuments } from 'yaml';
import { rules } from '../../src/rules/rules.ts';
import { ask, type Patch, type ShopParts } from './shop-input.ts';

const around = new Set(['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Service']);

/** What an example says: a persona, its status or a ClusterPersona in its first comment, then a part of the container, of the workload, or an object around. */
function readExample(text: string): ShopParts {
  const comment = /^# (?:persona|status|cluster):.*(?:\n# .*)*/m.exec(text)?.[0] ?? '';
  const parts = (parse(comment.replace(/^# /gm, '')) ?? {}) as ShopParts;
  const documents = parseAllDocuments(text).map((document) => document.toJS() as Patch);
  const isAround = (document: Patch) => around.has(String(document['kind']));
  const own = documents.filter((document) => !isAround(document));
  const isWorkload = (document: Patch) => 'spec' in document || 'metadata' in document;
  const joined = (patches: readonly Patch[]) =>
    patches.reduce<Patch>((all, patch) => ({ ...all, ...patch }), {});
  return {
    ...parts,
    around: documents.filter(isAround),
    workload: joined(own.filter(isWorkload)),
    container: joined(own.filter((document) => !isWorkload(document))),
  };
}

describe('the examples of a rule', () => {
  for (const rule of rules) {
    it(`${rule.id}: the bad one breaks it`, () => {
      expect(ask(rule, readExample(rule.bad))).to.be.an('array').that.is.not.empty;
    });

    it(`${rule.id}: the good one keeps it`, () => {
      expect(ask(rule, readExample(rule.good))).to.deep.equal([]);
    });
  }
});

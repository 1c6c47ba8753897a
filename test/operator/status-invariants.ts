// What holds for every status that the operator writes of a persona (the design's Conditions), asserted on every one that a test sees.
import { expect } from 'chai';
import { fieldAt, listOf } from '../../src/api/foreign-fields.ts';
import type { Condition } from '../../src/api/personas.ts';
import { validateApplicationPersona } from '../../src/api/validate.ts';

/** Types of which True is bad news: none of them may stand beside Ready=True. */
const abnormalTypes = new Set(['Reconciling', 'Stalled', 'Degraded', 'Failed', 'Progressing']);

/** @throws AssertionError naming the object and what does not hold */
export function expectStatusInvariants(object: unknown): void {
  const name = `${String(fieldAt(object, 'metadata', 'namespace'))}/${String(fieldAt(object, 'metadata', 'name'))}`;
  const generation = fieldAt(object, 'metadata', 'generation') as number;
  const observed = fieldAt(object, 'status', 'observedGeneration') as number | undefined;
  const conditions = listOf(fieldAt(object, 'status', 'conditions')) as Condition[];
  const ready = conditions.find(({ type }) => type === 'Ready');
  expect(ready, `${name}: Ready is there`).to.not.equal(undefined);
  expect(new Set(conditions.map(({ type }) => type)).size, `${name}: each condition once`).to.equal(
    conditions.length,
  );
  expect(observed, `${name}: observedGeneration is there`).to.be.a('number');
  expect(observed, `${name}: observedGeneration <= generation`).to.be.at.most(generation);
  for (const { type, observedGeneration = 0 } of conditions)
    expect(observedGeneration, `${name}: observedGeneration of ${type}`).to.be.at.most(generation);
  if ((observed ?? 0) < generation)
    expect(ready?.status, `${name}: an old look is not Ready`).to.not.equal('True');
  if (ready?.status === 'True')
    expect(
      conditions.filter(({ type, status }) => abnormalTypes.has(type) && status === 'True'),
      `${name}: no bad news while Ready`,
    ).to.deep.equal([]);
  expect(fieldAt(object, 'status', 'validation', 'passed'), `${name}: passed is written`).to.be.a('boolean');
  const { ok, unknownFields, ...rest } = validateApplicationPersona(object);
  expect({ ok, unknownFields, ...(ok ? {} : rest) }, `${name}: fits the schema`).to.deep.equal({
    ok: true,
    unknownFields: [],
  });
}

// What people see of the operator, flow by flow, on one real cluster: it runs as a process with its own account and no rights but its own.
import { expect } from 'chai';
import { describeArgo } from './argo-cd.ts';
import { describeLife } from './life-of-a-persona.ts';
import { describeOptionalKinds } from './optional-kinds.ts';
import { startStage, type Stage } from './stage.ts';

describe('the operator on a real cluster', function () {
  this.timeout(120_000);
  let started: Stage | undefined;
  before(async function () {
    this.timeout(35 * 60 * 1000);
    started = await startStage();
    if (started === undefined) this.skip();
  });
  after(() => started?.stop());
  const stage = () => {
    if (started === undefined) throw new Error('the stage is there in hooks and tests only');
    return started;
  };

  describe('the life of a persona', () => {
    describeLife(stage);
  });
  describe('beside Argo CD', () => {
    describeArgo(stage);
  });
  describe('beside kinds that come and go', () => {
    describeOptionalKinds(stage);
  });
  it('has written no error', () => {
    const failures = stage().operator.lines.filter((line) => line['level'] === 'error');
    expect(failures).to.deep.equal([]);
  });
});

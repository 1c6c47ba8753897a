// The operator under short outages of a real API server; those that take minutes are in test/long/outages.ts.
import { expect } from 'chai';
import { startFaultProxy, type FaultProxy } from '../faults/fault-proxy.ts';
import type { Troupe } from './expectation.ts';
import type { OperatorChild } from './operator-child.ts';
import { pushBack, refuse, refuseForGood } from './scenarios/bad-network.ts';
import { freezeWhatAnswers } from './scenarios/frozen-program.ts';
import { startReplica, terminateLeader, type Replica } from './scenarios/handover.ts';
import { loseApiServer } from './scenarios/lost-api-server.ts';
import { loseWriting } from './scenarios/lost-permission.ts';
import { loseClusterStatus, loseEvents, loseLease } from './scenarios/lost-writes.ts';
import { loseWatches } from './scenarios/lost-watches.ts';
import { followArgo, installLate } from './scenarios/missing-kinds.ts';
import { renewAuthority } from './scenarios/renewed-authority.ts';
import { startStage, type Account, type Stage } from './stage.ts';

describe('the operator, while the control plane fails it', function () {
  this.timeout(90_000);
  let stage: Stage;
  let isStarted = false;
  let troupe: Troupe;
  let operator: OperatorChild;

  before('a control plane of its own, and an operator', async function () {
    const started = await startStage();
    if (started === undefined) return this.skip();
    stage = started;
    isStarted = true;
    operator = await stage.startOperator(await stage.issueAccount('only'));
  });
  after(async () => {
    if (isStarted) await stage.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      for (const log of stage.logs()) process.stderr.write(`${(await log()).slice(-5000)}\n`);
  });

  it('waits for kinds that are not installed, and works when they are', async () => {
    const late = await installLate(stage, operator);
    troupe = late.troupe;
    expect(late.rightMs).to.be.lessThan(30_000);
  });

  it('notices an API server that was killed, is back within 5 s of its return, and invents nothing', async () => {
    const { resumedMs, rightMs } = await loseApiServer(stage, troupe, operator, 5000);
    expect(resumedMs).to.be.lessThan(5000);
    expect(rightMs).to.be.lessThan(10_000);
  });

  it('notices an API server that stands still within 10 s, and goes on with it', async () => {
    await freezeWhatAnswers(stage, troupe, operator, stage.apiServer, 10_500);
  });

  it('writes what it could not once it may again', async () => {
    expect((await loseWriting(stage, troupe, operator)).backMs).to.be.lessThan(60_000);
  });

  it('says that Events may not be written, goes on without them, and tells what comes once they may', async () => {
    await loseEvents(stage, troupe, operator);
  });

  it('says that the ClusterPersona’s status may not be written, and writes it once it may', async () => {
    expect((await loseClusterStatus(stage, troupe, operator)).backMs).to.be.lessThan(60_000);
  });

  it('follows Argo CD within 10 s of its coming, and lets go when it goes', async () => {
    const { onMs, offMs } = await followArgo(stage, troupe, operator);
    expect(onMs).to.be.lessThan(10_000);
    expect(offMs).to.be.lessThan(10_000);
  });

  describe('behind a proxy', () => {
    let proxy: FaultProxy;
    let account: Account;
    before(async () => {
      await operator.kill();
      proxy = await startFaultProxy(stage.plane.kubectl.kubeconfig, { asCaller: true });
      account = await stage.issueAccount('behind', proxy);
      operator = await stage.startOperator(account);
      await operator.untilReady(true, 30_000);
    });
    after(async () => {
      await operator.kill();
      await proxy.close();
    });

    it('trusts another CA of the API server as soon as the file names it, without a restart', async () => {
      const { rightMs } = await renewAuthority(proxy, troupe, operator, account, 1000);
      expect(rightMs).to.be.lessThan(10_000);
    });

    it('says what it may not watch, goes on with the rest, and is whole again when it may', async () => {
      const backMs = await loseWatches(stage, troupe, { operator, line: proxy }, ['pods'], 0);
      expect(backMs['pods']).to.be.lessThan(30_000);
    });

    it('comes back when a busy server says, not sooner', async () => {
      await pushBack(proxy, troupe);
    });

    it('writes again after a conflict', async () => {
      const refusal = { status: 409, reason: 'Conflict', times: 2 };
      expect((await refuse(proxy, troupe, 'app-7', refusal)).attempts).to.be.lessThan(6);
    });

    const refusals = { 'app-9': [422, 'Invalid'], 'app-10': [413, 'RequestEntityTooLarge'] } as const;
    for (const [name, [status, reason]] of Object.entries(refusals))
      it(`says once that a status was refused with ${status}, and goes on with the next change`, async () => {
        await refuseForGood(proxy, troupe, name, { status, reason });
      });
  });

  // In a describe, because those come after all tests of their parent.
  describe('elected', () => {
    let left: Replica | undefined;
    it('leaves within 5 s of SIGTERM in the middle of work, and the standby leads within 2 s', async () => {
      const leader: Replica = await startReplica(stage, 'leader');
      const standby = await startReplica(stage, 'standby');
      const { leadsMs } = await terminateLeader(stage, troupe, leader, standby);
      expect(leadsMs).to.be.lessThan(2000);
      left = standby;
    });

    it('writes nothing once its Lease may not be renewed, and leads again when it may', async function () {
      if (left === undefined) return this.skip();
      expect((await loseLease(stage, troupe, left)).backMs).to.be.lessThan(30_000);
    });
  });
});

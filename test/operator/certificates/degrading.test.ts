// Rights that are missing and a server that is away: what can be had is had, what cannot is told once.
import { expect } from 'chai';
import { refusal } from './own-server.ts';
import { countMessages, dayMs, expectHealthy, paths, World, type Replica } from './world.ts';

describe('certificates that cannot be kept degrade, say so, and are tried again', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.stop());

  const reasonOf = ({ logger }: Replica) =>
    logger.lines
      .filter(({ message }) => message === 'Certificates cannot be kept')
      .map(({ fields }) => fields['reason']);

  it('when the Secret may not be read', async () => {
    const words = 'secrets is forbidden: User "x" cannot list resource "secrets" in API group ""';
    world.server.unwatchable.set('/api/v1/namespaces/dorgu-system/secrets', words);
    const replica = await world.start();
    await world.pass(60_000);
    expect(reasonOf(replica)).to.deep.equal([`secrets "dorgu-ca": ${words}`]);
    expect(replica.certificates.whyNotReady()).to.include('cannot list resource "secrets"');
    expect(await replica.metrics.registry.metrics()).to.include('dorgu_certificates_failing 1');
    world.server.unwatchable.clear();
    world.server.tell();
    await world.pass(4000);
    expect(countMessages(replica, 'Certificates are kept again')).to.equal(1);
    expect(replica.certificates.whyNotReady()).to.equal(undefined);
  });

  it('when nothing is required of it: the process is ready all the same', async () => {
    world.server.unwatchable.set('/api/v1/namespaces/dorgu-system/secrets', 'no');
    const replica = await world.start({ isRequired: false });
    expect(replica.certificates.whyNotReady()).to.equal(undefined);
  });

  for (const [what, path] of Object.entries(paths))
    it(`when the ${what} may not be written, at most every 15 s`, async () => {
      world.putConfiguration();
      let tries = 0;
      world.server.fault = (request) => {
        if (request.path !== path) return undefined;
        tries += 1;
        return refusal(403, 'it is forbidden: User "x" cannot patch it');
      };
      const replica = await world.start();
      await world.pass(300_000);
      expect(tries).to.be.within(10, 30);
      expect(reasonOf(replica)).to.have.length(1);
      // What can be had is had: those who can read the rest are served.
      expect(replica.served).to.have.length(path === paths.secret ? 0 : 1);
      world.server.fault = () => undefined;
      await world.pass(40_000);
      expectHealthy(world, replica);
      expect(countMessages(replica, 'Certificates are kept again')).to.equal(1);
    });

  it('while the server is away, and serve on meanwhile', async () => {
    world.putConfiguration();
    const replica = await world.start();
    world.server.fault = () => refusal(500, 'no answer');
    world.now += 5 * dayMs;
    await world.pass(60_000);
    // The same CA signs: that needs nobody.
    expect(replica.served).to.have.length(2);
    expectHealthy(world, replica);
  });
});

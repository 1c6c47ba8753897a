// The generated flags that command names are found with are those that the commands declare.
import { expect } from 'chai';
import { collectRoutingFlags } from '../../bin/tasks/generate/routing-flags.ts';
import { routingFlags } from '../../src/commands/generated/routing-flags.ts';

describe('the flags that may stand before a command', () => {
  it('are those of all commands: npm run generate', async () => {
    expect(routingFlags).to.deep.equal(await collectRoutingFlags());
  });
});

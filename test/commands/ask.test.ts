// Questions to a person: answered, typed ahead, walked away from.
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { ask } from '../../src/commands/ask.ts';
import type { Invocation } from '../../src/commands/invocation.ts';

const questions = [
  { key: 'name', text: 'Name', suggestion: 'shop\x1b' },
  { key: 'team', text: 'Team' },
  { key: 'tier', text: 'Tier', suggestion: 'standard' },
];

function open() {
  const typed = new PassThrough();
  const shown = new PassThrough();
  const interruption = new AbortController();
  const invocation = {
    stdin: typed as unknown as Invocation['stdin'],
    stderr: shown,
    signal: interruption.signal,
  };
  return { typed, interruption, answers: ask(questions, invocation), text: () => String(shown.read() ?? '') };
}

describe('questions', () => {
  it('take what is typed ahead, and suggestions for empty lines', async () => {
    const { typed, answers, text } = open();
    typed.write('my shop\n\n\n');
    expect(await answers).to.deep.equal({ name: 'my shop', team: '', tier: 'standard' });
    expect(text()).to.contain('Name [shop\\x1b]: ').and.contain('Team: ').and.contain('Tier [standard]: ');
  });

  for (const [title, leave] of Object.entries({
    'end of input': ({ typed }: ReturnType<typeof open>) => typed.end('my shop\n'),
    'an interrupt': ({ interruption }: ReturnType<typeof open>) => interruption.abort(),
  })) {
    it(`are given up on ${title}`, async () => {
      const session = open();
      leave(session);
      const error: unknown = await session.answers.catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(Error).with.property('name', 'AbortError');
    });
  }
});

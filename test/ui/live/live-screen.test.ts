// The terminal is given back whatever happens to the program: played signals, keys and sizes on an emulator.
import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { openLiveScreen } from '../../../src/ui/live/live-screen.ts';
import { readKey } from '../../../src/ui/live/terminal-keys.ts';
import { createEmulator } from '../../terminal/emulator.ts';

function play() {
  const emulator = createEmulator(30, 6);
  let text = '';
  const kills: string[] = [];
  const modes: boolean[] = [];
  const said: string[] = [];
  const output = Object.assign(new EventEmitter(), {
    columns: 30,
    rows: 6,
    write: (piece: string) => (text += piece),
  });
  const input = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    resume: () => undefined,
    pause: () => undefined,
  });
  const process = Object.assign(new EventEmitter(), {
    pid: 4711,
    kill: (id: number, signal: string) => kills.push(`${id} ${signal}`),
  });
  const screen = openLiveScreen(
    { output, input, process },
    { onRedraw: () => screen.draw(['redrawn']), onQuit: () => said.push('quit') },
  );
  const flush = async () => {
    await emulator.write(text.replaceAll('\n', '\r\n'));
    text = '';
  };
  return { emulator, output, input, process, screen, kills, modes, said, flush };
}

describe('the live screen', () => {
  it('shows lines, and leaves the last ones behind', async () => {
    const { emulator, screen, flush, modes, process, output, input } = play();
    screen.draw(['one', 'two']);
    await flush();
    expect(emulator.isAlternate()).to.equal(true);
    expect(emulator.lines().slice(0, 2)).to.deep.equal(['one', 'two']);
    screen.close(['last']);
    await flush();
    expect(emulator.isAlternate()).to.equal(false);
    expect(emulator.isCursorShown()).to.equal(true);
    expect(emulator.history()).to.deep.equal(['last']);
    expect(modes).to.deep.equal([true, false]);
    for (const emitter of [process, output, input]) expect(emitter.eventNames()).to.deep.equal([]);
  });

  it('gives the terminal back at an end that nobody foresaw', async () => {
    const { emulator, screen, process, flush, modes } = play();
    screen.draw(['one']);
    process.emit('exit');
    await flush();
    expect([emulator.isAlternate(), emulator.isCursorShown()]).to.deep.equal([false, true]);
    expect(modes).to.deep.equal([true, false]);
  });

  it('gives it back while it is stopped, and takes it again', async () => {
    const { emulator, screen, process, flush, kills, modes } = play();
    screen.draw(['one']);
    process.emit('SIGTSTP');
    await flush();
    expect(kills).to.deep.equal(['4711 SIGSTOP']);
    expect([emulator.isAlternate(), emulator.isCursorShown()]).to.deep.equal([false, true]);
    screen.draw(['two']);
    await flush();
    expect(emulator.history()).to.deep.equal([]);
    process.emit('SIGCONT');
    await flush();
    expect(emulator.isAlternate()).to.equal(true);
    expect(emulator.lines()[0]).to.equal('redrawn');
    expect(modes).to.deep.equal([true, false, true]);
  });

  it('draws anew after a stop that it was not told of', async () => {
    const { emulator, screen, process, flush, modes } = play();
    screen.draw(['one']);
    await flush();
    await emulator.write('\u001b[3;1Hsomebody else');
    process.emit('SIGCONT');
    await flush();
    expect(emulator.lines().filter((line) => line !== '')).to.deep.equal(['redrawn']);
    expect(modes).to.deep.equal([true, true]);
  });

  for (const signal of ['SIGHUP', 'SIGQUIT'])
    it(`dies of ${signal} with the terminal as it was`, async () => {
      const { emulator, screen, process, flush, kills } = play();
      screen.draw(['one']);
      process.emit(signal);
      await flush();
      expect(emulator.isAlternate()).to.equal(false);
      expect(kills).to.deep.equal([`4711 ${signal}`]);
      expect(process.listenerCount(signal)).to.equal(0);
    });

  it('follows the window', async () => {
    const { emulator, screen, output, flush } = play();
    screen.draw(['one']);
    output.columns = 10;
    output.rows = 2;
    emulator.resize(10, 2);
    output.emit('resize');
    await flush();
    expect(emulator.lines()).to.deep.equal(['redrawn', '']);
    expect(screen.size()).to.deep.equal({ columns: 10, rows: 2 });
    output.columns = 0;
    expect(screen.size().columns).to.equal(80);
  });

  const keys: Record<string, [bytes: string, kills: string[], said: string[]]> = {
    'sends what Ctrl-C would to all programs of the terminal': ['\u0003', ['0 SIGINT'], []],
    'and what Ctrl-Z would': ['\u001a', ['0 SIGTSTP'], []],
    'and what Ctrl-\\ would': ['\u001c', ['0 SIGQUIT'], []],
    'ends with q': ['q', [], ['quit']],
    'does nothing for other keys': ['x', [], []],
    'does nothing for arrows': ['\u001b[A', [], []],
    'takes a q inside of what was pasted for text': ['quite', [], []],
    'finds Ctrl-C in what was typed ahead': ['abc\u0003', ['0 SIGINT'], []],
  };
  for (const [sentence, [bytes, kills, said]] of Object.entries(keys))
    it(sentence, () => {
      const played = play();
      played.input.emit('data', Buffer.from(bytes));
      expect([played.kills, played.said]).to.deep.equal([kills, said]);
    });

  it('draws anew for Ctrl-L', () => expect(readKey(Buffer.from('\u000c'))).to.equal('redraw'));
});

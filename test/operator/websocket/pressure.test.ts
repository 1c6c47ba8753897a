// Frames that no good client sends, and more of them than one needs (F4): ended with the right code, and nothing kept.
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import { closeCodes } from '../../../src/protocol/messages.ts';
import type { RawCaller } from './callers.ts';
import { formatFrame, readCloseCode } from './frames.ts';
import { ServedStream } from './served-stream.ts';

const text = 1;
const binary = 2;
const ping = 9;
const kibibyte = 1024;
const good = Buffer.from('{"type":"ping"}');
const long = (bytes: number) => Buffer.concat([Buffer.from('{"type":"ping"'), Buffer.alloc(bytes - good.length, 0x20), Buffer.from('}')]); // prettier-ignore

describe('hostile frames (F4)', () => {
  const stream = new ServedStream();
  before(() => stream.start());
  after(() => stream.stop());

  const codeOf = async (...frames: Buffer[]) => {
    const caller = await (await stream.open()).upgrade();
    for (const frame of frames) caller.write(frame);
    await caller.ended;
    return readCloseCode(caller.bytes);
  };

  const ends: Readonly<Record<string, readonly [number, ...Buffer[]]>> = {
    'a message of 64 KiB and a byte': [closeCodes.tooBig, formatFrame(text, long(64 * kibibyte + 1))],
    'a frame that declares 100 MB': [closeCodes.tooBig, formatFrame(text, good, { declared: 100_000_000 })],
    'a frame that declares more than there can be': [closeCodes.tooBig, formatFrame(text, good, { declared: 2 ** 53 })],
    'fragments that come to more': [closeCodes.tooBig, formatFrame(text, long(40 * kibibyte), { isLast: false }), formatFrame(0, Buffer.alloc(30 * kibibyte))],
    'a message in very many parts': [closeCodes.policy, formatFrame(text, Buffer.alloc(0), { isLast: false }), ...Array.from({ length: 300 }, () => formatFrame(0, Buffer.from(' '), { isLast: false }))],
    'bytes that are no UTF-8': [closeCodes.badText, formatFrame(text, Buffer.from([0x22, 0xc3, 0x28, 0x22]))],
    'half of a surrogate pair': [closeCodes.badText, formatFrame(text, Buffer.from([0xed, 0xa0, 0x80]))],
    'a binary message': [closeCodes.unsupportedData, formatFrame(binary, good)],
    'a frame that is not masked': [1002, formatFrame(text, good, { isMasked: false })],
    'a compressed frame, which nobody has agreed upon': [1002, formatFrame(0x40 | text, good)],
    'an opcode that there is not': [1002, formatFrame(3, good)],
    'a ping that is too long': [1002, formatFrame(ping, Buffer.alloc(126))],
    'a part of nothing': [1002, formatFrame(0, good)],
  }; // prettier-ignore
  for (const [sentence, [code, ...frames]] of Object.entries(ends))
    it(`end with ${code}: ${sentence}`, async () => {
      expect(await codeOf(...frames)).to.equal(code);
    });

  it('are taken where they are good: 64 KiB, and a message in parts with a ping between', async () => {
    const caller = await (await stream.open()).upgrade();
    caller.write(formatFrame(text, long(64 * kibibyte)));
    caller.write(formatFrame(text, good.subarray(0, 5), { isLast: false }));
    caller.write(formatFrame(ping, Buffer.from('still here')));
    caller.write(formatFrame(0, good.subarray(5)));
    const hasTwo = () => (caller.text.match(/"type":"response"/g)?.length === 2 ? true : undefined);
    await waitUntil('two answers', hasTwo, { timeoutMs: 5000 });
    expect(caller.text).to.include('still here');
    caller.socket.destroy();
  });

  const floods: Readonly<Record<string, Buffer>> = {
    'pings of the protocol': formatFrame(ping, Buffer.alloc(125)),
    'messages': formatFrame(text, good),
    'what is no message': formatFrame(text, Buffer.from('x')),
  }; // prettier-ignore
  for (const [sentence, frame] of Object.entries(floods))
    it(`end a flood of ${sentence} with ${closeCodes.tooMany}`, async () => {
      const code = await codeOf(...Array.from({ length: 130 }, () => frame));
      // More pongs than a client takes at once are `ws`’ own reason to cut it off.
      expect(code).to.be.oneOf([closeCodes.tooMany, ...(frame === floods['pings of the protocol'] ? [undefined] : [])]);
    }); // prettier-ignore

  it('keep nothing in memory: a hundred connections that declare 100 MB and send pings without end', async function () {
    this.timeout(20_000);
    const megabytes = () => process.memoryUsage.rss() / 2 ** 20;
    const round = async () => {
      const callers = await Promise.all(
        Array.from({ length: 25 }, async () => (await stream.open()).upgrade()),
      );
      const flood = Buffer.concat(Array.from({ length: 2000 }, () => formatFrame(ping, Buffer.alloc(125))));
      callers.forEach((caller: RawCaller, index) => caller.write(index % 2 === 0 ? flood : formatFrame(text, Buffer.alloc(60 * kibibyte), { declared: 64 * kibibyte })).write(formatFrame(text, good, { declared: 100_000_000 }))); // prettier-ignore
      await Promise.all(callers.filter((_, index) => index % 2 === 0).map(({ ended }) => ended));
      for (const { socket } of callers) socket.destroy();
    };
    await round();
    const before = megabytes();
    for (let count = 0; count < 4; count += 1) await round();
    expect(megabytes() - before).to.be.below(60);
    const gone = async () => ((await stream.metric('dorgu_stream_connections')) === 0 ? true : undefined);
    await waitUntil('their ends', gone, { timeoutMs: 5000 });
  });
});

// Cuts an answer of Prometheus into its series while it arrives, so that neither its text nor all of its objects are ever held.
import { ElementCutter, JsonPosition, NoAnswerOfPrometheus, parseJson } from './cut-elements.ts';

/** Everything but the series: a status, warnings, statistics. */
const maxEnvelopeBytes = 1024 * 1024;
/** What precedes the series is short, whatever the order of the fields. */
const maxTailBytes = 64;

const openBytes = new Set(Buffer.from('{['));
const closeBytes = new Set(Buffer.from('}]'));
const [quoteByte, openBracket] = [0x22, 0x5b];

/** Takes the chunks of an answer in order. */
export class AnswerCutter {
  readonly #elements: ElementCutter;
  readonly #position = new JsonPosition();
  readonly #envelope: Buffer[] = [];
  #envelopeBytes = 0;
  /** The end of the envelope so far. */
  #tail = Buffer.alloc(0);
  #where: 'before' | 'within' | 'after' = 'before';

  /** `onElements` is given the parsed elements of the result (`data.result`, or `data` where that is the array itself), some at a time. */
  constructor(onElements: (elements: readonly unknown[]) => void) {
    this.#elements = new ElementCutter(onElements);
  }

  /** @throws NoAnswerOfPrometheus */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#where !== 'within') {
        at = this.#walkEnvelope(chunk, at);
        continue;
      }
      at = this.#elements.push(chunk, at);
      if (at < chunk.length) this.#where = 'after';
    }
  }

  /** The answer without its series, which are an empty array in it. @throws NoAnswerOfPrometheus where it is not whole */
  end(): unknown {
    if (this.#where === 'within') throw new NoAnswerOfPrometheus('the answer ends within its series');
    return parseJson(Buffer.concat(this.#envelope).toString('utf8'));
  }

  /** Returns the place where the series begin, or the chunk's end. */
  #walkEnvelope(chunk: Buffer, from: number): number {
    const position = this.#position;
    let at = from;
    while (at < chunk.length) {
      if (position.isInString) {
        at = position.skipString(chunk, at);
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (byte === quoteByte) at = position.skipString(chunk, at);
      else if (openBytes.has(byte)) {
        const isResult = byte === openBracket && this.#isResultNext(chunk.subarray(from, at - 1));
        position.step(1);
        if (isResult) {
          this.#where = 'within';
          break;
        }
      } else if (closeBytes.has(byte)) position.step(-1);
    }
    this.#keep(chunk.subarray(from, at));
    return at;
  }

  /** Whether the array that begins now is the one with the series: that of `result` in `data`, or that of `data`. */
  #isResultNext(sinceKept: Buffer): boolean {
    const { depth } = this.#position;
    if (this.#where !== 'before' || depth < 1 || depth > 2) return false;
    const tail = Buffer.concat([this.#tail, sinceKept.subarray(-maxTailBytes)]).toString('latin1');
    return (depth === 1 ? /[{,]\s*"data"\s*:\s*$/ : /[{,]\s*"result"\s*:\s*$/).test(tail);
  }

  #keep(bytes: Buffer): void {
    this.#envelopeBytes += bytes.length;
    if (this.#envelopeBytes > maxEnvelopeBytes) throw new NoAnswerOfPrometheus('the answer holds no series');
    // A copy: a chunk's memory may be used again.
    const kept = Buffer.from(bytes);
    this.#envelope.push(kept);
    this.#tail = Buffer.concat([this.#tail, kept.subarray(-maxTailBytes)]).subarray(-maxTailBytes);
  }
}

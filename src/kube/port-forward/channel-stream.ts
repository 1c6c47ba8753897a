// The bytes of one forwarded port, out of the channels that a kubelet puts into a WebSocket.
//
// `v4.channel.k8s.io`: the first byte of each message is its channel. 0 are the port's bytes in both directions, 1 is text that says why they
// end. Both channels begin with the port's number in two bytes.
import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';

/** Of this, kube-apiserver and kubelets understand no more than one version. */
export const channelProtocol = 'v4.channel.k8s.io';

/** The largest message that we send; kubelets copy through buffers of about this size. */
const chunkBytes = 32 * 1024;
/** What is read ahead of whoever reads us. */
const highWaterMark = 64 * 1024;
/** More of an error than this helps nobody. */
const maxErrorLength = 1000;

/** What the kubelet said when it ended the forwarding, or that it said nothing. */
export class ForwardBroken extends Error {
  override readonly name = 'ForwardBroken';
}

/** The port's bytes. Ends as the WebSocket does; destroying it ends that. */
export class ChannelStream extends Duplex {
  readonly #socket: WebSocket;
  /** Bytes of each channel's beginning that are still to come. */
  readonly #prefix = [2, 2];
  #complaint = '';

  constructor(socket: WebSocket) {
    super({ highWaterMark, allowHalfOpen: false });
    this.#socket = socket;
    socket.on('message', (data) => this.#take(toBuffer(data)));
    socket.on('error', (cause) => this.destroy(new ForwardBroken(cause.message, { cause })));
    socket.on('close', (code) => this.#end(code));
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, onDone: (error?: Error | null) => void): void {
    const last = chunk.length - chunkBytes;
    for (let from = 0; ; from += chunkBytes) {
      const isLast = from >= last;
      const message = Buffer.allocUnsafe(1 + Math.min(chunkBytes, chunk.length - from));
      message[0] = 0;
      chunk.copy(message, 1, from);
      // The WebSocket calls back once its socket has taken it: that is the back-pressure.
      this.#socket.send(message, isLast ? (error) => onDone(error ?? null) : undefined);
      if (isLast) return;
    }
  }

  override _final(onDone: (error?: Error | null) => void): void {
    this.#socket.close();
    onDone();
  }

  override _destroy(error: Error | null, onDone: (error?: Error | null) => void): void {
    this.#socket.terminate();
    onDone(error);
  }

  #take(message: Buffer): void {
    const channel = message[0];
    if (channel !== 0 && channel !== 1) return;
    const prefix = this.#prefix[channel] ?? 0;
    const bytes = message.subarray(1 + Math.min(prefix, message.length - 1));
    this.#prefix[channel] = prefix - (message.length - 1 - bytes.length);
    if (bytes.length === 0) return;
    if (channel === 1) this.#complain(bytes);
    else if (!this.push(bytes)) this.#socket.pause();
  }

  /** The connection ends after it; but a kubelet that goes on without the port is no use either. */
  #complain(bytes: Buffer): void {
    this.#complaint = bytes.toString('utf8').slice(0, maxErrorLength);
    this.destroy(new ForwardBroken(this.#complaint));
  }

  #end(code: number): void {
    if (code === 1006) this.destroy(new ForwardBroken('the connection through the API server broke off'));
    else this.push(null);
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

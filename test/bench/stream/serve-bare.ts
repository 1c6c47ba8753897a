// The bare loop that the stream is measured by, in a process of its own: each message of the parent goes to every socket.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createSelfSigned } from '../../../operator/certificates/self-signed.ts';
import { reportLoad } from '../report-load.ts';

const certificate = await createSelfSigned('localhost', ['localhost'], Date.now());
const https = createServer({ ...certificate, minVersion: 'TLSv1.2' });
const sockets = new WebSocketServer({ server: https, perMessageDeflate: false });
sockets.on('connection', (socket) => {
  socket.on('message', () => socket.send('{"type":"resync"}'));
  socket.send('{"type":"hello"}');
});
process.on('message', (said) => {
  if (typeof said !== 'object' || said === null || !('frame' in said)) return;
  const frame = Buffer.from(String(said.frame));
  for (const socket of sockets.clients) socket.send(frame, { binary: false });
});
await new Promise<void>((resolve) => void https.listen(0, '127.0.0.1', () => resolve()));
reportLoad((https.address() as AddressInfo).port);

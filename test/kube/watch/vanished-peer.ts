// Run in a network of its own (`unshare --net`): a watch whose server vanishes without a word, no FIN, no reset. Prints after how many
// milliseconds that was noticed, and why.
import { execFileSync } from 'node:child_process';
import { waitUntil } from '../../cluster/wait-until.ts';
import { FakeApiServer } from '../../faults/fake-api-server.ts';
import { createStorage, startWatching } from './watching.ts';

execFileSync('ip', ['link', 'set', 'lo', 'up']);
const storage = createStorage();
storage.put('shop/a', { data: 'first' });
// No bookmark is on its way when the line is cut: the server says nothing that could be missed.
const server = await FakeApiServer.start(storage, { bookmarkMs: 3_600_000, lifeMs: 3_600_000 });
const watching = startWatching(server, { tuning: { stallMs: 70_000 } });
await watching.reflector.synced;
await waitUntil('the watch', () => (server.watches > 0 ? true : undefined), { timeoutMs: 10_000 });
execFileSync('iptables', ['-A', 'INPUT', '-i', 'lo', '-j', 'DROP']);
const cutAt = performance.now();
const noticed = await waitUntil('the end of the watch', () => watching.reflector.health().failure, {
  timeoutMs: 120_000,
});
process.stdout.write(JSON.stringify({ noticedMs: Math.round(performance.now() - cutAt), noticed }));
process.exit(0);

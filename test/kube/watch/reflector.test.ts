// The life of a reflector: lists, watches, resumes, lists again, and what it tells of that.
import { expect } from 'chai';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { FakeApiServer } from '../../faults/fake-api-server.ts';
import { expectConverged, untilWatched, useServers } from './use-servers.ts';

const verbsOf = (server: FakeApiServer) =>
  server.requests.map((line) => (line.includes('sendInitialEvents') ? 'watch-list' : line.split(' ')[0]));

describe('a reflector', () => {
  const servers = useServers();

  it('asks for a list and a watch in one, with bookmarks, and knows all that there is', async () => {
    const server = await servers.create(3);
    const watching = servers.watch(server, { tuning: { random: () => 0.5 } });
    expect(watching.reflector.isSynced).to.equal(false);
    await watching.reflector.synced;
    await expectConverged(server, watching);
    expect(server.requests).to.deep.equal([
      'watch ?watch=true&allowWatchBookmarks=true&timeoutSeconds=450&sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
    ]);
  });

  for (const watchList of ['refused', 'ignored'] as const)
    it(`lists in pages, then watches, where WatchList is ${watchList}, and asks for it once only`, async () => {
      const server = await servers.create(7, { watchList, bookmarkMs: 5 });
      const watching = servers.watch(server, { tuning: { pageSize: 3 } });
      await untilWatched(server, watching);
      await expectConverged(server, watching);
      expect(verbsOf(server)).to.deep.equal(['watch-list', 'list', 'list', 'list', 'watch']);
      server.storage.compact();
      server.disturb({ kind: 'error', code: 410, reason: 'Expired' });
      server.storage.put('shop/app-new', { data: 1 });
      await expectConverged(server, watching);
      expect(verbsOf(server).filter((verb) => verb === 'watch-list')).to.have.lengthOf(1);
      expect([...watching.reflector.health().relists]).to.deep.equal([['expired', 1]]);
    });

  it('begins the list anew when a page expires, and asks for all at once when that happens again', async () => {
    const server = await servers.create(9, { watchList: 'refused' });
    for (let time = 0; time < 2; time++) {
      server.inject({ kind: 'late', ms: 0 }, 'list');
      server.inject({ kind: 'answer', status: 410, reason: 'Expired' }, 'list');
    }
    const watching = servers.watch(server, { tuning: { pageSize: 3 } });
    await expectConverged(server, watching);
    const limits = server.requests.filter((line) => line.startsWith('list'));
    expect(limits).to.have.lengthOf(5);
    expect(limits.at(-1)).to.equal('list ');
  });

  it('begins the list anew when its first page breaks off: what went meanwhile is not invented', async () => {
    const server = await servers.create(5, { watchList: 'refused' });
    server.inject({ kind: 'stall', afterBytes: 500 }, 'list');
    const watching = servers.watch(server);
    await waitUntil('half a page', () => watching.reflector.health().lastByteAtMs, {
      timeoutMs: 2000,
      intervalMs: 2,
    });
    server.storage.delete('shop/app-0');
    await expectConverged(server, watching);
    expect(watching.changes.map(({ type }) => type)).to.deep.equal(['added', 'added', 'added', 'added']);
  });

  it('resumes where it was, and lists nothing, when the server ends a watch', async () => {
    const server = await servers.create(3);
    const watching = servers.watch(server);
    await untilWatched(server, watching);
    server.storage.put('shop/app-0', { data: 'before' });
    const { revision } = server.storage;
    await expectConverged(server, watching);
    server.disturb({ kind: 'end' });
    server.storage.put('shop/app-0', { data: 'meanwhile' });
    await expectConverged(server, watching);
    expect(server.requests.at(-1)).to.include(`resourceVersion=${revision}`);
    expect(verbsOf(server)).to.deep.equal(['watch-list', 'watch']);
    expect(watching.reflector.health().failure).to.equal(undefined);
  });

  it('resumes from a bookmark where there was nothing else', async () => {
    const server = await servers.create(1, { bookmarkMs: 5 });
    const watching = servers.watch(server);
    await untilWatched(server, watching);
    server.storage.revision = 500;
    const { lastByteAtMs = 0 } = watching.reflector.health();
    await waitUntil(
      'a bookmark',
      () => (watching.reflector.health().lastByteAtMs ?? 0) > lastByteAtMs + 6 || undefined,
      {
        timeoutMs: 2000,
        intervalMs: 2,
      },
    );
    server.disturb({ kind: 'end' });
    await expectConverged(server, watching);
    await waitUntil('the next watch', () => server.requests.length > 1 || undefined, { timeoutMs: 2000 });
    expect(server.requests.at(-1)).to.include('resourceVersion=500');
  });

  it('tells of a name with another uid as of a deletion and an addition', async () => {
    const server = await servers.create(1);
    const watching = servers.watch(server);
    await untilWatched(server, watching);
    watching.changes.length = 0;
    server.disturb({ kind: 'end' });
    server.storage.delete('shop/app-0');
    server.storage.put('shop/app-0', { data: 'another' });
    await expectConverged(server, watching);
    server.storage.compact();
    server.storage.delete('shop/app-0');
    server.storage.put('shop/app-0', { data: 'a third' });
    await expectConverged(server, watching);
    expect(watching.changes.map(({ type }) => type)).to.deep.equal(['deleted', 'added', 'deleted', 'added']);
  });

  it('finds by a list what was deleted, with the last known value, and leaves alone what is the same', async () => {
    const server = await servers.create(5);
    const watching = servers.watch(server);
    await untilWatched(server, watching);
    const before = watching.reflector.objects.get('shop/app-1');
    watching.changes.length = 0;
    server.disturb({ kind: 'stall' });
    server.storage.delete('shop/app-1');
    server.storage.put('shop/app-2', { data: 'changed' });
    server.storage.compact();
    await expectConverged(server, watching);
    expect(watching.changes.map(({ type, key }) => `${type} ${key}`)).to.deep.equal([
      'deleted shop/app-1',
      'updated shop/app-2',
    ]);
    expect(watching.changes[0]).to.have.property('previous', before);
  });

  it('survives projections and listeners that throw, and counts the objects that it skips', async () => {
    const server = await servers.create(2);
    const watching = servers.watch(server, {
      options: {
        onChange: () => {
          throw new Error('a bad listener');
        },
      },
    });
    await untilWatched(server, watching);
    const last = watching.reflector.objects.get('shop/app-0');
    server.storage.put('shop/app-0', { isPoison: true });
    server.storage.put('shop/app-new', { isPoison: true });
    server.storage.put('shop/app-1', { isIgnored: true });
    await waitUntil('an absence', () => !watching.reflector.objects.has('shop/app-1') || undefined, {
      timeoutMs: 2000,
    });
    expect(watching.reflector.health().skipped).to.equal(2);
    expect(watching.reflector.objects.get('shop/app-0')).to.equal(last);
    server.storage.put('shop/app-0', { data: 'healed' });
    server.storage.put('shop/app-new', { data: 'healed' });
    await expectConverged(server, watching);
    expect(new Set(watching.troubles.map(({ what }) => what))).to.deep.equal(
      new Set(['a listener has thrown', 'the projection has thrown']),
    );
  });

  it('stops at any time, for good, and keeps what it knows', async () => {
    const server = await servers.create(3);
    const watching = servers.watch(server);
    await watching.reflector.synced;
    await watching.stop();
    expect(watching.reflector.objects.size).to.equal(3);
    await waitUntil('no watch', () => server.watches === 0 || undefined, { timeoutMs: 2000 });
    server.inject({ kind: 'silence' });
    const early = servers.watch(server);
    await early.stop();
    expect(early.reflector.isSynced).to.equal(false);
  });
});

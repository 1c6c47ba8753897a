// The reflector against each fault by itself: it gets over it, and says what it was.
import { expect } from 'chai';
import type { WatchTuning } from '../../../src/kube/watch/tuning.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { RequestFault, StreamFault } from '../../faults/request-faults.ts';
import { expectConverged, untilWatched, useServers } from './use-servers.ts';
import type { Watching } from './watching.ts';

describe('a reflector', () => {
  const servers = useServers();

  describe('in whose watch there comes', () => {
    interface Expected {
      faults: StreamFault[];
      restarts: Record<string, number>;
      relists?: Record<string, number>;
      skipped?: number;
    }
    const cases: Record<string, Expected> = {
      'silence, finds it by the clock and resumes': {
        faults: [{ kind: 'stall' }],
        restarts: { stalled: 1 },
      },
      'half a line and silence, loses nothing': {
        faults: [{ kind: 'half-line', then: 'stall' }],
        restarts: { stalled: 1 },
      },
      'half a line and a reset, loses nothing': {
        faults: [{ kind: 'half-line', then: 'reset' }],
        restarts: { error: 1 },
      },
      'a line of 9 MiB, starts anew': {
        faults: [{ kind: 'long-line', bytes: 9 * 1024 * 1024 }],
        restarts: { malformed: 1 },
      },
      'JSON that is none, starts anew': {
        faults: [{ kind: 'line', text: '{"type":"ADDED","object":' }],
        restarts: { malformed: 1 },
      },
      'JSON that is no event, starts anew': {
        faults: [{ kind: 'line', text: '[null]' }],
        restarts: { malformed: 1 },
      },
      'HTML in the middle, starts anew': {
        faults: [{ kind: 'line', text: '<html>Bad gateway</html>' }],
        restarts: { malformed: 1 },
      },
      'a change whose every byte is a chunk, takes it': {
        faults: [{ kind: 'split' }],
        restarts: {},
      },
      'an ERROR 500, resumes': { faults: [{ kind: 'error', code: 500 }], restarts: { error: 1 } },
      'an ERROR 504, resumes': { faults: [{ kind: 'error', code: 504 }], restarts: { error: 1 } },
      'an ERROR 403, resumes': { faults: [{ kind: 'error', code: 403 }], restarts: { refused: 1 } },
      'an ERROR 429 with a time, resumes': {
        faults: [{ kind: 'error', code: 429, retryAfterSeconds: 1 }],
        restarts: { error: 1 },
      },
      'an ERROR 410, lists': {
        faults: [{ kind: 'error', code: 410, reason: 'Expired' }],
        restarts: { expired: 1 },
        relists: { expired: 1 },
      },
      'a type that nobody knows, goes on': {
        faults: [{ kind: 'unknown-type' }],
        restarts: {},
        skipped: 1,
      },
      'an object without a uid, lists': {
        faults: [{ kind: 'no-uid' }],
        restarts: { unreadable: 1 },
        relists: { unreadable: 1 },
        skipped: 1,
      },
      'the same change again, passes over it': { faults: [{ kind: 'duplicate' }], restarts: {} },
      'a change from long ago, lists': {
        faults: [{ kind: 'old-event' }],
        restarts: { disordered: 1 },
        relists: { disordered: 1 },
      },
      'a bookmark from long ago, lists': {
        faults: [{ kind: 'old-bookmark' }],
        restarts: { disordered: 1 },
        relists: { disordered: 1 },
      },
      'two changes in the wrong order, lists': {
        faults: [{ kind: 'reorder' }],
        restarts: { disordered: 1 },
        relists: { disordered: 1 },
      },
    };
    for (const [title, { faults, restarts, relists = {}, skipped = 0 }] of Object.entries(cases)) {
      it(title, async () => {
        const server = await servers.create(3);
        const watching = servers.watch(server, { tuning: { maxLineBytes: 8 * 1024 * 1024 } });
        await untilWatched(server, watching);
        server.storage.put('shop/app-0', { data: 'a first change' });
        await expectConverged(server, watching);
        for (const fault of faults) server.disturb(fault);
        server.storage.put('shop/app-1', { data: 'größe 😀' });
        server.storage.delete('shop/app-2');
        await expectConverged(server, watching);
        await waitUntil(
          'an account of it',
          () => {
            const health = watching.reflector.health();
            const found = {
              restarts: Object.fromEntries(health.restarts),
              relists: Object.fromEntries(health.relists),
              skipped: health.skipped,
              failure: health.failure,
            };
            const wanted = { restarts, relists, skipped, failure: undefined };
            return JSON.stringify(found) === JSON.stringify(wanted) || undefined;
          },
          { timeoutMs: 1000, intervalMs: 2 },
        );
      });
    }
  });

  describe('whose requests meet', () => {
    const cases: Record<string, { fault: RequestFault; times?: number; failure: RegExp | undefined }> = {
      'a reset': { fault: { kind: 'reset' }, failure: /does not answer/ },
      silence: { fault: { kind: 'silence' }, failure: /nothing came for/ },
      'a cut': { fault: { kind: 'cut', afterBytes: 100 }, failure: /not whole|does not answer/ },
      'a stall': { fault: { kind: 'stall', afterBytes: 100 }, failure: /nothing came for/ },
      latency: { fault: { kind: 'late', ms: 20 }, failure: undefined },
      'a login page': { fault: { kind: 'answer', status: 200, html: '<html>' }, failure: /found text\/html/ },
      'a Bad Gateway': { fault: { kind: 'answer', status: 502, html: '<html>' }, failure: /HTTP 502/ },
      '401': { fault: { kind: 'answer', status: 401 }, failure: /401/ },
      '403': { fault: { kind: 'answer', status: 403, reason: 'Forbidden' }, failure: /403 Forbidden/ },
      '404': { fault: { kind: 'answer', status: 404, reason: 'NotFound' }, failure: /404/ },
      '410': { fault: { kind: 'answer', status: 410, reason: 'Expired' }, failure: undefined },
      '429': { fault: { kind: 'answer', status: 429, retryAfterSeconds: 1 }, failure: /429/ },
      '500': { fault: { kind: 'answer', status: 500 }, failure: /500/ },
      '503': { fault: { kind: 'answer', status: 503, retryAfterSeconds: 1 }, failure: /503/ },
      '504': { fault: { kind: 'answer', status: 504 }, failure: /504/ },
    };
    for (const [title, { fault, failure }] of Object.entries(cases)) {
      it(`${title} at the start, in pages and at a resume: it converges, and said what was wrong`, async () => {
        for (const tuning of [{}, { isWatchListTried: false, pageSize: 2 }] as WatchTuning[]) {
          const server = await servers.create(5);
          const failures = new Set<string>();
          const note = (watching: Watching) => {
            const said = watching.reflector.health().failure;
            if (said !== undefined) failures.add(said);
          };
          for (let time = 0; time < 3; time++) server.inject(fault);
          const watching = servers.watch(server, {
            tuning: { ...tuning, sleep: () => new Promise(setImmediate) },
          });
          const looking = setInterval(() => note(watching), 0);
          await expectConverged(server, watching);
          for (let time = 0; time < 2; time++) server.inject(fault);
          server.disturb({ kind: 'end' });
          server.storage.put('shop/app-1', { data: 'changed' });
          server.storage.delete('shop/app-2');
          await expectConverged(server, watching);
          clearInterval(looking);
          expect(watching.reflector.health().failure).to.equal(undefined);
          const told = watching.troubles.map(({ error }) => (error instanceof Error ? error.message : ''));
          if (failure === undefined) expect([...failures]).to.deep.equal([]);
          else
            expect(
              told.some((message) => failure.test(message)),
              told.join('; '),
            ).to.equal(true);
        }
      });
    }
  });
});

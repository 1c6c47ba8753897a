// Errors of the catalogue that a real API server is the reason for: the same codes and words as the scripted one has in catalogue.test.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findErrorEntry, type ErrorCode } from '../../src/api/error-codes.ts';
import { exitCodeOfKind } from '../../src/commands/exit-codes.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { runHere } from '../commands/command-line.ts';
import { changeKubeconfig } from '../commands/failures.ts';
import { personaYaml } from './error-case.ts';

interface ClusterCase {
  args: readonly string[];
  says: RegExp;
  /** Of persona.yaml. */
  persona?: string;
  /** Applied before by somebody else, as is the status by its writer. */
  existing?: string;
  status?: object;
  /** Instead of an administrator's. */
  user?: Record<string, unknown>;
  /** The server's words say it all. */
  isServersWord?: boolean;
}

const apply = ['persona', 'apply', '-f', 'persona.yaml'] as const;
const job = (name: string) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      suspend: true,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'registry.example.com/migrate:1.0.0' }],
        },
      },
    },
  });
const annotated = (name: string, bytes: number) =>
  personaYaml(name, `, annotations: {example.com/note: ${'x'.repeat(bytes)}}`);

const cases: Partial<Record<ErrorCode, ClusterCase>> = {
  NotFound: { args: ['persona', 'status', 'nowhere'], says: /^error: .*nowhere/m },
  Unauthorized: { args: ['persona', 'list'], user: { token: 'expired' }, says: /^error: Unauthorized$/m },
  Forbidden: {
    args: ['persona', 'list', '--as', 'nobody'],
    says: /^error: .*is forbidden: User "nobody" cannot list/m,
  },
  Conflict: {
    args: apply,
    existing: personaYaml('taken').replace('type: api', 'type: worker'),
    persona: personaYaml('taken'),
    says: /^error: .*taken in .*: field \.spec\.type belongs to "somebody"/m,
  },
  Invalid: {
    args: apply,
    persona: annotated('noted', 300 * 1024),
    isServersWord: true,
    says: /^error: .*metadata\.annotations: Too long/m,
  },
  RequestEntityTooLarge: {
    args: apply,
    persona: annotated('huge', 4 * 1024 * 1024),
    says: /^error: .*limit is \d+/m,
  },
  Timeout: {
    args: [...apply, '--wait', '--timeout', '300ms'],
    persona: personaYaml('waiting'),
    says: /^error: .*waiting in .* is not ready after 300ms/m,
  },
  NotReady: {
    args: [...apply, '--wait'],
    existing: personaYaml('stalled'),
    persona: personaYaml('stalled'),
    status: {
      conditions: [
        {
          type: 'Stalled',
          status: 'True',
          reason: 'Broken',
          message: 'it is broken',
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
      ],
    },
    says: /^error: .*stalled in .* does not become ready: it is broken/m,
  },
  NotImported: {
    args: ['persona', 'import', 'migrate'],
    existing: job('migrate'),
    says: /^error: Job "migrate" gets no persona of its own/m,
  },
};

describe('the error catalogue at a real API server', () => {
  const cluster = useCluster();
  let folder = '';
  let namespace = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-errors-'));
    namespace = await cluster.createNamespace();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Puts everything into its place and gives the environment. */
  async function prepare({ persona, existing, status, user }: ClusterCase): Promise<Record<string, string>> {
    const kubectl = (args: readonly string[], input = '') =>
      cluster.expectKubectl([...args, '-n', namespace], { input });
    if (persona !== undefined) writeFileSync(join(folder, 'persona.yaml'), persona);
    if (existing !== undefined)
      await kubectl(['apply', '--server-side', '--field-manager=somebody', '-f', '-'], existing);
    if (status !== undefined)
      await kubectl([
        'patch',
        'applicationpersona',
        'stalled',
        '--subresource=status',
        '--type=merge',
        '-p',
        JSON.stringify({ status }),
      ]);
    const KUBECONFIG = join(folder, 'kubeconfig');
    const content = changeKubeconfig(cluster.kubeconfig, user === undefined ? {} : { user }, namespace);
    writeFileSync(KUBECONFIG, JSON.stringify(content), { mode: 0o600 });
    return { KUBECONFIG };
  }

  for (const [code, tried] of Object.entries(cases)) {
    const exitCode = exitCodeOfKind(findErrorEntry(code)?.kind ?? 'bug');
    it(`${code} has exit code ${exitCode}, words, a hint, and a document`, async () => {
      const where = { cwd: folder, env: await prepare(tried) };
      const text = await runHere(tried.args, where);
      expect(text.code, text.stderr).to.equal(exitCode);
      expect(text.stderr.slice(0, 2000)).to.match(tried.says);
      if (!tried.isServersWord) expect(text.stderr).to.match(/^hint: \S/m);
      const json = await runHere([...tried.args, '-o', 'json'], where);
      expect(json.code, json.stderr).to.equal(exitCode);
      expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', code);
    });
  }
});

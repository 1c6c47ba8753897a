// One way to meet an error of the catalogue from the command line, and how it is met: in a folder and with a server of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { UserEntry, ClusterEntry } from '../../src/kube/kubeconfig/kubeconfig.ts';
import { runHere, type Outcome } from '../commands/command-line.ts';
import type { ScriptedApiServer } from '../faults/api-server.ts';
import { writeKubeconfig } from '../kube/connecting.ts';

/** Where a command line runs. */
export interface Place {
  folder: string;
  server: ScriptedApiServer;
  /** Runs another command line there, before. */
  run: (...words: string[]) => Promise<Outcome>;
}

/** How a code is met. */
export interface ErrorCase {
  args: readonly string[];
  /** The same, asking for JSON, where `-o json` behind it would mean something else; false where the command has no -o. */
  json?: readonly string[] | false;
  /** What a person is told. */
  says: RegExp;
  /** By path below the folder. */
  files?: Readonly<Record<string, string>>;
  /** What has to be there or to have happened before, and what the server answers. */
  prepare?: (place: Place) => unknown;
  /** Of the kubeconfig; default: the server, and no credentials. */
  cluster?: ClusterEntry;
  user?: UserEntry;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  isTerminal?: boolean;
  /** Nothing is hinted at: the words are the server's own. */
  isServersWord?: boolean;
}

/** An application of one process. */
export const application = {
  'app/package.json': '{"name":"shop","version":"1.0.0","scripts":{"start":"node server.js"}}',
  'app/server.js': `require('http').createServer().listen(3000);\n`,
};

/** A persona, as YAML. */
export const personaYaml = (name = 'shop', metadata = '') =>
  `apiVersion: dorgu.io/v1\nkind: ApplicationPersona\nmetadata: {name: ${name}${metadata}}\nspec: {name: ${name}, type: api}\n`;

/** A persona, as the server has it. */
export const persona = (name: string) => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name, namespace: 'shop', uid: name, resourceVersion: '1' },
  spec: { name, type: 'api' },
});

/** Serves our kinds, and personas of these names in the kubeconfig's namespace. */
export function servePersonas(server: ScriptedApiServer, names: readonly string[] = []): void {
  server.collections.set('/apis/dorgu.io/v1/namespaces/shop/applicationpersonas', names.map(persona));
  const resources = [{ name: 'applicationpersonas' }, { name: 'clusterpersonas' }];
  server.inject({ body: { resources } }, { fits: ({ url }) => url === '/apis/dorgu.io/v1', times: 99 });
}

/** Runs the case's words, or others, in a folder that is gone afterwards. */
export async function provoke(
  { files = {}, prepare, cluster, user, env = {}, ...rest }: ErrorCase,
  words: readonly string[],
  server: ScriptedApiServer,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dorgu-errors-'));
  try {
    server.reset();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const kubeconfig = writeKubeconfig(folder, { server: server.url, ...cluster }, user, 'kubeconfig');
    const where = { cwd: folder, env: { KUBECONFIG: kubeconfig, NO_COLOR: '1', ...env } };
    await prepare?.({ folder, server, run: (...before) => runHere(before, where) });
    const { stdin = '', isTerminal = false } = rest;
    return await runHere(words, { ...where, stdin, isTerminal });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

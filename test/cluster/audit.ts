// The API server's own record of what it was asked: how it is switched on, and read.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** One request, as audit.k8s.io/v1 has it; objects only where a rule asks for them (levels Request and RequestResponse). */
export interface AuditEntry {
  auditID: string;
  verb: string;
  requestURI: string;
  user: { username: string; extra?: Record<string, string[]> };
  userAgent?: string;
  objectRef?: {
    apiGroup?: string;
    resource: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  responseStatus?: { code?: number; reason?: string };
  requestObject?: unknown;
  responseObject?: unknown;
  /** When it came in, and when it was answered; RFC 3339 with microseconds. */
  requestReceivedTimestamp: string;
  stageTimestamp: string;
}

/** Writes the policy into `folder`, where `audit.log` will be as well, and returns the API server's flags. What no rule names is not recorded; each request is one line, once it is answered. */
export async function writeAuditPolicy(folder: string, rules: readonly object[]): Promise<string[]> {
  const path = join(folder, 'audit-policy.yaml');
  const policy = {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived', 'ResponseStarted'],
    omitManagedFields: true,
    rules: [...rules, { level: 'None' }],
  };
  await writeFile(path, stringify(policy));
  return [
    `--audit-policy-file=${path}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    '--audit-log-mode=blocking-strict',
  ];
}

/** All that was recorded so far, in the order of the answers; a last line that is not whole yet is left for the next time. */
export async function readAudit(folder: string): Promise<AuditEntry[]> {
  const text = await readFile(join(folder, 'audit.log'), 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(isWhole).map((line) => JSON.parse(line) as AuditEntry);
}

/** A server that was killed may have left half a line in the middle. */
function isWhole(line: string): boolean {
  return line.startsWith('{') && line.endsWith('}');
}

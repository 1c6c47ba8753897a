// The settings files that `init` writes: what was asked for, and the rest as comments to take out.
import { stringify } from 'yaml';

/** What a person says about an application; what is absent becomes a comment. */
export interface InitAnswers {
  name: string;
  description?: string | undefined;
  team?: string | undefined;
  owner?: string | undefined;
  type?: string | undefined;
  tier?: string | undefined;
  registry?: string | undefined;
  namespace?: string | undefined;
}

/** Text of .dorgu.yaml. */
export function formatAppFile(answers: InitAnswers): string {
  const line = (key: keyof InitAnswers, indent: string, example: string) =>
    formatLine(indent, key, answers[key], example);
  return `# Settings of this application for kubectl dorgu: they beat what analysis finds.
version: "1"

app:
${line('name', '  ', 'shop')}
${line('description', '  ', 'one sentence on what it does')}
${line('team', '  ', 'shop')}
${line('owner', '  ', 'alice@example.com')}
${line('type', '  ', 'api, web, worker, cron, job or daemon: analysis knows')}
${line('tier', '  ', 'critical, standard or best-effort')}

${line('namespace', '', 'shop')}
${line('registry', '', 'ghcr.io/acme')}

# resources:
#   requests: { cpu: 100m, memory: 256Mi }
#   limits: { cpu: "1", memory: 512Mi }
# scaling: { min_replicas: 2, max_replicas: 10, target_cpu: 70, behavior: balanced }
# health:
#   liveness: { path: /healthz }
#   readiness: { path: /readyz }
#   startup_grace_period: 30s
# ingress: { enabled: true, host: shop.example.com }
# dependencies:
#   - { name: postgresql, type: database, required: true }
# operations: { runbook: https://wiki.example.com/shop, on_call: shop-oncall }
# components:       # one of several: beats what stands above
#   web: { port: 3000 }
`;
}

/** Text of the user's file. */
export function formatUserFile(answers: {
  registry?: string | undefined;
  namespace?: string | undefined;
  org?: string | undefined;
}): string {
  return `# What holds for everything that this user does with kubectl dorgu.
# kubectl dorgu config list --all shows every key.
version: "1"

defaults:
${formatLine('  ', 'registry', answers.registry, 'ghcr.io/acme')}
${formatLine('  ', 'namespace', answers.namespace, 'shop')}
${formatLine('  ', 'org_name', answers.org, 'Acme')}
  # format: kustomize   (or plain)
  # ci: github          (or none)

# color: auto
`;
}

/** `key: value`, quoted where YAML wants it; a comment with an example where there is none. */
function formatLine(indent: string, key: string, value: string | undefined, example: string): string {
  if (value === undefined || value === '') return `${indent}# ${key}: ${example}`;
  return (
    indent +
    stringify({ [key]: value }, { lineWidth: 0, defaultStringType: 'PLAIN' })
      .trimEnd()
      .replaceAll('\n', `\n${indent}`)
  );
}

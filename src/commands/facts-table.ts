// What was found out about each component, as a table: the data of analyze and generate.
import type { Component, ProbeFact } from '../application/component.ts';
import { formatTable } from '../ui/table.ts';

const COLUMNS = ['COMPONENT', 'KIND', 'LANGUAGE', 'FRAMEWORK', 'PORT', 'PROBES', 'START'].map((heading) => ({
  heading,
}));

/** As their makers spell them, where capitalising is not enough. */
const LANGUAGE_NAMES = new Map([
  ['javascript', 'JavaScript'],
  ['typescript', 'TypeScript'],
  ['html', 'HTML'],
  ['php', 'PHP'],
  ['csharp', 'C#'],
  ['fsharp', 'F#'],
]);

/** Lines of the table, one a component. */
export function formatFacts(components: readonly Component[]): string[] {
  return formatTable(
    COLUMNS,
    components.map(({ name, kind, language, framework, ports, health, startCommand }) => [
      name,
      kind,
      language && nameLanguage(language.value),
      framework?.value,
      ports
        .map(({ value, protocol }) => (protocol === 'TCP' ? String(value) : `${value}/${protocol}`))
        .join(', '),
      formatProbes([health.liveness, health.readiness]),
      startCommand?.value,
    ]),
  );
}

function nameLanguage(language: string): string {
  return LANGUAGE_NAMES.get(language) ?? language.charAt(0).toUpperCase() + language.slice(1);
}

/** Each once: an endpoint that serves both probes is not named twice. */
function formatProbes(probes: readonly (ProbeFact | undefined)[]): string {
  const texts = probes.flatMap((probe) => (probe === undefined ? [] : [describeProbe(probe)]));
  return [...new Set(texts)].join(', ');
}

function describeProbe({ kind, path, service, port, command }: ProbeFact): string {
  if (kind === 'http') return path ?? '/';
  if (kind === 'exec') return (command ?? []).join(' ');
  if (kind === 'grpc') return service === undefined ? 'grpc' : `grpc ${service}`;
  return port === undefined ? 'tcp' : `tcp ${port}`;
}

// Holds a probe against the path, port and scheme that a persona names.
import type { EffectiveApplicationPersonaSpec } from '../../api/personas.ts';
import type { RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { askedPort, askedScheme, resolvePort } from './asked-probe.ts';
import type { PlacedProbe } from './asked-probe.ts';

/** What a report calls the probe. */
export type ProbeWord = 'liveness' | 'readiness';

/** Reports on the probe that comes nearest; none where one of them is what the persona asks for. `probes` is not empty. */
export function compareProbes(
  probes: readonly PlacedProbe[],
  path: string,
  { word, spec }: { word: ProbeWord; spec: EffectiveApplicationPersonaSpec },
): readonly RuleReport[] {
  const compared = probes
    .filter(({ probe }) => probe.kind === 'httpGet')
    // No path asks for the root, in a probe and, where nobody validated it, in a persona.
    .map((placed) => compareHttp(placed, path || '/', { word, spec }));
  const nearest = compared.reduce<RuleReport[] | undefined>(
    (best, reports) => (best === undefined || reports.length < best.length ? reports : best),
    undefined,
  );
  return nearest ?? probes.slice(0, 1).map((placed) => otherKind(placed, path, word));
}

function compareHttp(
  placed: PlacedProbe,
  path: string,
  { word, spec }: { word: ProbeWord; spec: EffectiveApplicationPersonaSpec },
): RuleReport[] {
  const { probe, container } = placed;
  const port = askedPort(spec);
  const scheme = askedScheme(spec);
  const found = resolvePort(placed);
  const parts: { part: string; actual: string; expected: string; isSame: boolean }[] = [
    {
      part: 'path',
      actual: showValue(probe.path),
      expected: path,
      isSame: (probe.path || '/') === path,
    },
    {
      part: 'port',
      actual: found === undefined ? `${showValue(probe.port)}, no port of the container` : `${found}`,
      expected: `${port ?? 'a port of the container'}`,
      isSame: found !== undefined && (port === undefined || found === port),
    },
    {
      part: 'scheme',
      actual: showValue(probe.scheme),
      expected: scheme ?? '',
      isSame: scheme === undefined || (probe.scheme ?? 'HTTP').toUpperCase() === scheme,
    },
  ];
  return parts
    .filter(({ isSame }) => !isSame)
    .map(({ part, actual, expected }) => ({
      field: `${placed.path}.httpGet.${part}`,
      container: container.name,
      actual,
      expected,
      message: `container ${container.name}: ${word} asks ${part} ${actual}, the persona says ${expected}`,
      suggestion: `${part}: ${expected}`,
    }));
}

function otherKind(
  { container, probe, path: field }: PlacedProbe,
  path: string,
  word: ProbeWord,
): RuleReport {
  return {
    severity: 'info',
    field,
    container: container.name,
    actual: probe.kind,
    expected: `httpGet ${path}`,
    message: `container ${container.name}: ${word} is of a different kind, ${probe.kind}; the persona names ${path}`,
    suggestion: `httpGet: {path: ${path}}`,
  };
}

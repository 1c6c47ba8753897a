// Settles which ports a component listens on: variables applied, the firmest source first, debuggers left out.
import type { Conflict } from './application.ts';
import type { Claims } from './claims.ts';
import type { PortFact } from './component.ts';
import { describeConflict } from './conflict.ts';
import { CONFIDENCE, pickFact } from './fact.ts';

/** Node inspector, JDWP, debugpy, Delve, Xdebug, Webpack's hot reload: published for development only. */
const DEBUG_PORTS = new Set([9229, 9230, 5005, 5678, 2345, 40000, 9003, 24678]);
/** A port below this confidence is a default, and gives way silently to anything firmer. */
const SPOKEN = 0.7;
const TLS_PORTS = new Set([443, 8443]);
const DIGITS = /^\d{1,5}$/;

/** The settled ports, the main one first, and the disagreements worth a person's attention. */
export function resolvePorts(
  component: string,
  claims: Claims,
): { ports: PortFact[]; conflicts: Conflict[] } {
  const moved = speakingPorts(claims)
    .map((port) => applyEnvironment(port, claims))
    .filter(isPort);
  const running = withoutDebuggers(mergePorts(moved)).sort((a, b) => b.confidence - a.confidence);
  const main = running[0];
  if (!main) return { ports: [], conflicts: [] };
  const kept = running.filter((port) => port === main || isBeside(port, main, moved));
  const silenced = running.filter((port) => !kept.includes(port) && port.confidence >= SPOKEN);
  return { ports: kept, conflicts: describeConflict(component, 'port', main, silenced) };
}

const isPort = (port: PortFact) => Number.isInteger(port.value) && port.value >= 1 && port.value <= 65_535;

// A variable that is read without a fallback is a port only where something sets it. Where nothing does, what a framework
// would do by itself is not what happens.
function speakingPorts({ ports = [], portVariables = [], environment = [] }: Claims): PortFact[] {
  const isSet = (name: string) =>
    environment.some(({ value }) => value.name === name && DIGITS.test(value.value));
  const named = portVariables
    .filter(({ value }) => isSet(value))
    // The value is the environment's: applied to it like to any other port that a variable moves.
    .map((fact): PortFact => ({ ...fact, value: 0, protocol: 'TCP', fromEnv: fact.value }));
  const isUnset = portVariables.length > 0 && named.length === 0;
  const kept = ports.filter(
    ({ confidence, fromEnv }) =>
      !isUnset || confidence >= SPOKEN || portVariables.some(({ value }) => value === fromEnv),
  );
  return [...kept, ...named];
}

function applyEnvironment(port: PortFact, claims: Claims): PortFact {
  if (port.fromEnv === undefined) return port;
  const setting = pickFact(claims.environment?.filter((one) => one.value.name === port.fromEnv));
  if (!setting || !DIGITS.test(setting.value.value)) return port;
  return {
    ...port,
    value: Number(setting.value.value),
    confidence: Math.max(port.confidence, setting.confidence),
    evidence: [...setting.evidence, ...port.evidence],
  };
}

// One entry a number and protocol: the firmest, with everybody's evidence.
function mergePorts(ports: readonly PortFact[]): PortFact[] {
  const merged = new Map<string, PortFact>();
  for (const port of ports) {
    const key = `${port.value}/${port.protocol}`;
    const before = merged.get(key);
    if (!before) merged.set(key, { ...port, evidence: [...port.evidence] });
    else {
      const [firm, weak] = before.confidence >= port.confidence ? [before, port] : [port, before];
      const { isDevelopment: _one, ...weaker } = weak;
      const { isDevelopment: _other, ...firmer } = firm;
      const isDevelopment = weak.isDevelopment && firm.isDevelopment;
      merged.set(key, {
        ...weaker,
        ...firmer,
        ...(isDevelopment && { isDevelopment }),
        evidence: [...firm.evidence, ...weak.evidence],
      });
    }
  }
  return [...merged.values()];
}

function withoutDebuggers(ports: PortFact[]): PortFact[] {
  const useful = ports.filter((port) => !DEBUG_PORTS.has(port.value));
  return useful.length > 0 ? useful : ports;
}

// A second port stands beside the main one where it has a name of its own, where it is believed as firmly and comes
// from the same file, or where a weaker source names the main one too and so has been shown to tell the truth.
function isBeside(port: PortFact, main: PortFact, claims: readonly PortFact[]): boolean {
  if (port.name !== undefined && port.confidence >= SPOKEN) return true;
  // Images name TLS beside plain HTTP by habit; without a certificate nothing listens there.
  if (TLS_PORTS.has(port.value) && port.confidence <= CONFIDENCE.dockerfile) return false;
  const own = claims.filter(
    ({ value, confidence }) => value === port.value && confidence >= CONFIDENCE.dockerfile,
  );
  const ofMain = claims.filter(({ value }) => value === main.value);
  return own.some((one) => ofMain.some((other) => isSameSource(one, other)));
}

// The same file alone does not do: a Dockerfile's ENV may say one port, and its stale EXPOSE another.
function isSameSource(one: PortFact, other: PortFact): boolean {
  const files = new Set(one.evidence.map(({ file }) => file));
  return one.confidence === other.confidence && other.evidence.some(({ file }) => files.has(file));
}

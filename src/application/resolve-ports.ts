// Settles which ports a component listens on: variables applied, the firmest source first, debuggers left out.
import type { Conflict } from './application.ts';
import type { Claims } from './claims.ts';
import type { PortFact } from './component.ts';
import { describeConflict } from './conflict.ts';
import { pickFact } from './fact.ts';

/** Node inspector, JDWP, debugpy, Delve, Xdebug, Webpack's hot reload: published for development only. */
const DEBUG_PORTS = new Set([9229, 9230, 5005, 5678, 2345, 40000, 9003, 24678]);
/** A port below this confidence is a default, and gives way silently to anything firmer. */
const SPOKEN = 0.7;

/** The settled ports, the main one first, and the disagreements worth a person's attention. */
export function resolvePorts(
  component: string,
  claims: Claims,
): { ports: PortFact[]; conflicts: Conflict[] } {
  const moved = (claims.ports ?? []).map((port) => applyEnvironment(port, claims)).filter(isPort);
  const running = withoutDebuggers(mergePorts(moved)).sort((a, b) => b.confidence - a.confidence);
  const main = running[0];
  if (!main) return { ports: [], conflicts: [] };
  const kept = running.filter((port) => port === main || isBeside(port, main, moved));
  const silenced = running.filter((port) => !kept.includes(port) && port.confidence >= SPOKEN);
  return { ports: kept, conflicts: describeConflict(component, 'port', main, silenced) };
}

const isPort = (port: PortFact) => Number.isInteger(port.value) && port.value >= 1 && port.value <= 65_535;

function applyEnvironment(port: PortFact, claims: Claims): PortFact {
  if (port.fromEnv === undefined) return port;
  const setting = pickFact(claims.environment?.filter((one) => one.value.name === port.fromEnv));
  if (!setting || !/^\d{1,5}$/.test(setting.value.value)) return port;
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
      merged.set(key, { ...weak, ...firm, evidence: [...firm.evidence, ...weak.evidence] });
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
  const files = new Set(port.evidence.map((one) => one.file));
  const sourceNamesMain = claims.some(
    (claim) => claim.value === main.value && claim.evidence.some((one) => files.has(one.file)),
  );
  return port.confidence >= 0.8 && sourceNamesMain;
}

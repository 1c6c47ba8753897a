// A service that is only an image as a component: what compose says of it, and what its image is known to need.
import type { ExternalService } from '../../application/application.ts';
import type { Claims } from '../../application/claims.ts';
import type { PortFact, UserValue, VolumeFact } from '../../application/component.ts';
import { CONFIDENCE, createFact, type Evidence, type Fact } from '../../application/fact.ts';
import { resolveComponent, type Resolution } from '../../application/resolve.ts';
import { defaultsOfImage } from '../images/defaults.ts';
import { serviceOfImage, type KnownService } from '../images/services.ts';
import { needsOfImage } from '../images/storage.ts';
import type { ComposeService } from './service.ts';

/** A service of somebody else's image, and what disagreed on the way. */
export interface ImageComponent {
  service: ExternalService;
  resolution: Resolution;
}

/** What a service runs; undefined where compose names no image. */
export function toImageComponent(service: ComposeService): ImageComponent | undefined {
  const { name, image } = service;
  if (image === undefined) return undefined;
  const known = serviceOfImage(image);
  const evidence: Evidence = { ...service.evidence, reason: `compose service ${name} is only an image` };
  const resolution = resolveComponent(name, '.', [service.claims, readImageClaims(service, image, known)]);
  const { component } = resolution;
  const ports = [...brokerPorts(component.ports, known, evidence), ...component.ports];
  return {
    service: {
      name,
      image,
      ports: [...new Set(ports.map((port) => port.value))],
      type: known?.type ?? 'service',
      ...(known && { product: known.name }),
      evidence: [evidence],
      component: { ...component, ports },
    },
    resolution,
  };
}

function readImageClaims(service: ComposeService, image: string, known: KnownService | undefined): Claims {
  const { claims } = service;
  const evidence: Evidence = { ...service.evidence, reason: `what the image ${image} is known to need` };
  const user = readUser(image, evidence);
  const isNamed = (claims.image ?? []).length > 0;
  return {
    ...(!isNamed && { image: [createFact(image, CONFIDENCE.imageTable, evidence)] }),
    ...(user && { user: [user] }),
    ports: (known?.ports ?? []).map((port) => toPort(port, evidence)),
    volumes: readVolumes(image, claims.volumes ?? [], evidence),
  };
}

/** Whom the image hands over to; the only user that is known of it. */
function readUser(image: string, evidence: Evidence) {
  const { uid, gid } = needsOfImage(image) ?? {};
  if (uid !== undefined) return toUserFact({ uid, ...(gid !== undefined && { gid }) }, evidence);
  const { runsAs, users } = defaultsOfImage(image);
  const own = runsAs !== undefined && runsAs.uid !== 0 ? runsAs : users.find(isOwnUser);
  return own && toUserFact({ uid: own.uid, gid: own.gid }, evidence);
}

function toUserFact(user: { uid: number; gid?: number }, evidence: Evidence): Fact<UserValue> {
  return createFact({ ...user, isRoot: false }, CONFIDENCE.imageTable, evidence);
}

const SYSTEM_USERS = new Set(['root', 'www-data', 'nobody', 'daemon', 'games', 'mail', 'guest']);

function isOwnUser({ name, uid }: { name: string; uid: number }): boolean {
  return uid !== 0 && !SYSTEM_USERS.has(name);
}

/** A broker that publishes only its console is still reached at its own port, which is then the main one. */
function brokerPorts(
  claimed: readonly PortFact[],
  known: KnownService | undefined,
  evidence: Evidence,
): PortFact[] {
  const [main] = known?.ports ?? [];
  const isConsole = known?.type === 'queue' && claimed.length > 0;
  if (!isConsole || main === undefined || claimed.some(({ value }) => value === main)) return [];
  return [toPort(main, evidence)];
}

function toPort(value: number, evidence: Evidence): PortFact {
  return { value, protocol: 'TCP', confidence: CONFIDENCE.imageTable, evidence: [evidence] };
}

function readVolumes(image: string, mounted: readonly VolumeFact[], evidence: Evidence): VolumeFact[] {
  const needs = needsOfImage(image);
  if (needs === undefined) return [];
  const isMounted = (path: string): boolean =>
    mounted.some((volume) => volume.path === path || volume.path.startsWith(`${path}/`));
  const hasData = mounted.some(({ kind, readOnly }) => kind === 'data' && readOnly !== true);
  const toFact = (path: string, kind: VolumeFact['kind']): VolumeFact => ({
    path,
    kind,
    evidence: [evidence],
  });
  return [
    // One that keeps its data elsewhere was told to.
    ...needs.data.filter((path) => !hasData && !isMounted(path)).map((path) => toFact(path, 'data')),
    ...needs.temporary.filter((path) => !isMounted(path)).map((path) => toFact(path, 'temporary')),
  ];
}

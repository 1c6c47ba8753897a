// The reasons that several fields share: what the plan of a component was decided from.
import type { Evidence } from '../application/fact.ts';
import { isFromModel } from '../application/model-words.ts';
import type { ComponentPlan, PortPlan, VolumePlan } from '../manifests/component-plan.ts';
import { chosenPort, isPortChosen } from '../manifests/container-ports.ts';
import { dataStoreOf } from '../manifests/data-store.ts';
import { defaultTag } from '../manifests/image.ts';
import type { ApplicationPlan } from '../manifests/plan-application.ts';
import { resourceProfile } from '../manifests/resources.ts';
import { isSingleton } from '../manifests/scaling.ts';
import { toMountPath } from '../manifests/volumes.ts';
import { isQuantity } from '../quantity/index.ts';
import type { Reason } from './reason.ts';

const nothing: readonly Evidence[] = [];

/** What a component is called, and what its objects have for a name. */
export function explainName({ component, partOf, name }: ComponentPlan): Reason {
  const isApplication = name === partOf;
  return {
    because: isApplication
      ? 'the name of the application, made a DNS label; its only component has it too'
      : `the component that the source calls ${component.name}, made a DNS label`,
    evidence: isApplication ? nothing : component.kindEvidence,
    settings: isApplication ? ['name'] : [],
  };
}

/** The namespace of everything. */
export function explainNamespace(options: ComponentPlan['options']): Reason {
  const isGiven = options.namespace.source !== 'default';
  return {
    because: isGiven
      ? 'the namespace that is asked for'
      : 'the name of the application, because nobody asks for another namespace',
    settings: ['namespace', 'name'],
  };
}

/** What the component is. */
export function explainType({ component, settings }: ComponentPlan): Reason {
  if (settings.type !== undefined) return { because: 'settings say what it is', settings: ['type'] };
  const framework = component.framework;
  const pages = component.kind === 'server' && framework ? framework.evidence : nothing;
  return {
    because: `analysis takes it for a ${component.kind}`,
    evidence: [...component.kindEvidence, ...pages],
    settings: ['type'],
  };
}

/** The version of the image, and of everything that carries it. */
export function explainTag({ component, options, image }: ComponentPlan): Reason {
  const settings = ['tag', 'image'];
  if (options.tag !== undefined) return { because: 'the tag that is asked for', settings };
  if (component.version?.value !== undefined && image.tag !== defaultTag)
    return { because: 'the version that the source has', evidence: component.version.evidence, settings };
  const written = component.runtime.image?.evidence;
  if (written && image.tag !== defaultTag)
    return { because: 'the tag of the image that the source names', evidence: written, settings };
  return { because: `nothing names a version, and ${defaultTag} says that it is the first`, settings };
}

/** Whose image it is and where it lies. */
export function explainRepository({ component, options, settings: own, image }: ComponentPlan): Reason {
  const settings = ['image', 'registry'];
  if (own.image !== undefined) return { because: 'settings name the image of this component', settings };
  if (!image.isBuilt || (component.runtime.image && options.image.source !== 'settings' && isWritten(own)))
    return {
      because: 'the image that the source names',
      evidence: component.runtime.image?.evidence ?? nothing,
      settings,
    };
  const because = {
    settings: 'the registry that settings name, and the component',
    git: 'the registry that belongs to the host of the git remote',
    application: 'what the application says of itself',
    default: 'the usual registry',
    placeholder: 'a placeholder, because neither settings nor a git remote name a registry',
  }[options.image.source];
  return { because, settings, rule: 'security/allowed-registries' };
}

const isWritten = ({ image }: ComponentPlan['settings']) => image !== undefined;

/** The image as a whole. */
export function explainImage(plan: ComponentPlan): Reason {
  const repository = explainRepository(plan);
  const tag = explainTag(plan);
  const digest = plan.settings.pinnedDigest;
  const version = digest === undefined ? tag.because : 'the digest that the workflow pinned';
  return {
    because: `${repository.because}; its version: ${version}`,
    evidence: [...(repository.evidence ?? []), ...(tag.evidence ?? [])],
    settings: ['image', 'registry', 'tag'],
    rule: 'image/tag',
  };
}

/** Why it listens there. */
export function explainPort(plan: ComponentPlan, port: PortPlan | undefined): Reason {
  const { component, settings } = plan;
  if (!port) return { because: 'the main port of the component' };
  if (settings.port === port.port) return { because: 'the port that settings name', settings: ['port'] };
  const fact = component.ports.find(({ value }) => value === port.port);
  if (fact)
    return {
      because: 'it listens there',
      evidence: fact.evidence,
      settings: ['port'],
      rule: 'network/ports',
    };
  return explainAskedPort(plan, port) ?? explainChosenPort(plan);
}

/** A port that only metrics or a probe name. */
function explainAskedPort({ component, settings }: ComponentPlan, { port }: PortPlan): Reason | undefined {
  const { metrics, health } = component;
  if (metrics?.value.port === port)
    return { because: 'its metrics are asked there', evidence: metrics.evidence };
  const probe = [health.readiness, health.liveness].find((one) => one?.port === port);
  if (probe) return { because: 'its health is asked there', evidence: probe.evidence };
  if (settings.health?.port !== port) return undefined;
  return {
    because: 'settings ask its health there',
    settings: ['health.readiness.port', 'health.liveness.port'],
  };
}

/** A port that nobody names but us. */
function explainChosenPort({ component, settings }: ComponentPlan): Reason {
  if (!isPortChosen(component, settings))
    return {
      because: 'the server of the Dockerfile that is written for it listens there',
      settings: ['port'],
    };
  const variable = component.env.find(({ name }) => name === 'PORT');
  return {
    because: `it listens where PORT says, nothing sets that, and ${chosenPort} is what we set it to`,
    evidence: variable?.evidence ?? nothing,
    settings: ['port'],
  };
}

/** Why so many pods, at least. */
export function explainReplicas(plan: ComponentPlan): Reason {
  const { component, settings, scaling, volumes, tier } = plan;
  const names = ['replicas', 'scaling.min_replicas', 'tier'];
  if (settings.replicas !== undefined || settings.scaling?.minReplicas !== undefined)
    return { because: 'settings say how many', settings: names, rule: 'scaling/replicas' };
  if (isSingleton(component, volumes))
    return {
      because: 'it owns a disk or is a clock: a second one would write or do the same twice',
      evidence: component.runtime.volumes
        .filter(({ kind }) => kind === 'data')
        .flatMap(({ evidence }) => evidence),
      settings: names,
    };
  if (component.runtime.replicas)
    return {
      because: 'the source says how many',
      evidence: component.runtime.replicas.evidence,
      settings: names,
    };
  if (settings.fallback?.scaling?.minReplicas !== undefined)
    return { because: 'the default of the cluster', settings: names };
  return {
    because: `${scaling.minReplicas} for tier ${tier}: ${scaling.minReplicas > 1 ? 'one may go while another stays' : 'it may be away for a while'}`,
    settings: names,
    rule: 'scaling/replicas',
  };
}

/** Which side of which resource. */
export interface Amount {
  side: 'requests' | 'limits';
  key: 'cpu' | 'memory';
}

/** All four. */
export const amounts: readonly Amount[] = (['requests', 'limits'] as const).flatMap((side) =>
  (['cpu', 'memory'] as const).map((key) => ({ side, key })),
);

/** Requests and limits. */
export function explainAmount(plan: ComponentPlan, amount: Amount): Reason {
  const { side, key } = amount;
  return {
    ...(explainGivenAmount(plan, amount) ?? explainProfile(plan, side)),
    settings: [`resources.${side}.${key}`, 'resources.profile', 'tier'],
    rule: side === 'requests' ? 'resources/request-missing' : 'resources/limit-missing',
  };
}

type Amounts = Partial<Record<Amount['side'], Partial<Record<Amount['key'], string | number>>>>;

const isSaid = (source: Amounts | undefined, { side, key }: Amount): boolean => {
  const amount = source?.[side]?.[key];
  return amount !== undefined && isQuantity(amount);
};

const isReservedWhole = ({ side, key }: Amount) => side === 'requests' && key === 'memory';

/** What somebody says: settings, else the tier, else the source, else the cluster. */
function explainGivenAmount(plan: ComponentPlan, amount: Amount): Reason | undefined {
  const { settings, tier, component } = plan;
  const found = component.runtime.resources;
  if (isSaid(settings.resources, amount)) return { because: 'settings say how much' };
  if (isReservedWhole(amount) && tier === 'critical')
    return { because: 'all of its limit: what is critical is not put out for memory' };
  if (found && isSaid(found.value, amount))
    return { because: 'the source says how much', evidence: found.evidence };
  return isSaid(settings.fallback?.resources, amount) ? { because: 'the default of the cluster' } : undefined;
}

function explainProfile(plan: ComponentPlan, side: Amount['side']): Reason {
  const { component, settings } = plan;
  const profile = resourceProfile(component, settings);
  const other = side === 'requests' ? 'limit' : 'request';
  return {
    because: `nothing says how much: the profile ${profile} begins here (${profileCause(plan)}), kept in step with the ${other}`,
    evidence: profile === 'memory-heavy' ? (component.language?.evidence ?? nothing) : nothing,
  };
}

function profileCause({ component, settings }: ComponentPlan): string {
  if (settings.resources?.profile !== undefined) return 'settings name it';
  if (settings.fallback?.resources?.profile !== undefined) return 'the cluster names it';
  if (component.kind === 'static') return 'a static site';
  if (settings.tier === 'best-effort') return 'tier best-effort';
  return component.language === undefined ? 'no language is known' : `for ${component.language.value}`;
}

/** Who it runs as. */
export function explainUser(plan: ComponentPlan): Reason {
  const { component, runAs } = plan;
  const user = component.runtime.user;
  if (runAs.isRoot)
    return {
      because: 'its image says root, and is taken at its word',
      evidence: user?.evidence ?? nothing,
      rule: 'security/run-as-non-root',
    };
  if (runAs.isOwn && user)
    return { because: "the image's own user", evidence: user.evidence, rule: 'security/run-as-root-uid' };
  if (runAs.isOwn && dataStoreOf(component))
    return { because: "the user that the database's image makes for it", rule: 'security/run-as-root-uid' };
  return {
    because: 'its image names no user by number, and no image and no node has one of this number',
    evidence: user?.evidence ?? nothing,
    rule: 'security/run-as-root-uid',
  };
}

/** Why something is mounted. */
export function explainVolume(plan: ComponentPlan, volume: VolumePlan | undefined): Reason {
  if (!volume) return { because: 'a mount of the component' };
  const fact = plan.component.runtime.volumes.find(({ path }) => toMountPath(path) === volume.mountPath);
  if (fact)
    return { because: `the source has ${volume.mountPath} written to or mounted`, evidence: fact.evidence };
  if (volume.mountPath === '/tmp')
    return { because: 'with a read-only root, /tmp has to be writable by itself' };
  if (volume.source.kind === 'claim')
    return { because: 'the database keeps its data here, and it has to outlive the pod' };
  const program = plan.component.framework ?? plan.component.startCommand;
  return {
    because: `its program writes to ${volume.mountPath}, and the root is read-only`,
    evidence: program?.evidence ?? nothing,
  };
}

/** One sentence on what the component does. */
export function explainDescription({ component, settings }: ComponentPlan): Reason {
  if (settings.description !== undefined)
    return { because: 'settings describe it', settings: ['description'] };
  return {
    because: isFromModel(component.description?.evidence ?? nothing)
      ? 'a language model describes it so, because nothing in the source does'
      : 'its manifest describes it so',
    evidence: component.description?.evidence ?? nothing,
    settings: ['description'],
  };
}

/** Where Argo CD and the workflow find the source. */
export function explainRemote({ options, application }: ApplicationPlan): Reason {
  const { source } = options.git.remote;
  return {
    because:
      source === 'placeholder'
        ? 'a placeholder, because there is no git remote'
        : source === 'settings'
          ? 'the repository that settings name'
          : 'the git remote, without credentials',
    evidence: source === 'git' ? (application.git?.remote?.evidence ?? nothing) : nothing,
    settings: ['repository'],
  };
}

// What the manifests are built with, beside the application itself: everything that settings, flags and git decide, resolved before.
import type { ComponentOptions } from './component-options.ts';
import type { BuildInputs } from './dockerfile/build-inputs.ts';

/** A value and where it came from, so that a person can be told which of them to check. */
export interface Sourced<T> {
  value: T;
  /**
   * `settings` covers flags, files and environment; `git` the remote; `application` what analysis found; `default` a
   * documented default that needs no look; `placeholder` a value that has to be replaced before anything runs.
   */
  source: 'settings' | 'git' | 'application' | 'default' | 'placeholder';
}

/** How the applications are reached from outside the cluster. */
export type ExposeOptions =
  | { kind: 'none' }
  | {
      kind: 'ingress';
      /** The DNS name it is served under. */
      host: string;
      /** IngressClass; absent: the cluster's default class. */
      className?: string;
      /** Secret of type kubernetes.io/tls; default `<component>-tls`. */
      tlsSecret?: string;
      /** cert-manager's ClusterIssuer, if there is one: it then makes the Secret. */
      clusterIssuer?: string;
      /** Namespace of the ingress controller, let in by the NetworkPolicy; absent: any namespace. */
      controllerNamespace?: string;
    }
  | {
      kind: 'gateway';
      host: string;
      /** Gateway that the HTTPRoute attaches to. */
      gatewayName: string;
      /** Its namespace; absent: the application's. */
      gatewayNamespace?: string;
      /** Listener of the Gateway. */
      sectionName?: string;
    };

/** Where Argo CD finds the manifests and puts the application. */
export interface ArgocdOptions {
  /** Argo CD project, `default`. */
  project: string;
  /** API server, `https://kubernetes.default.svc`. */
  server: string;
  /** Namespace of Argo CD, `argocd`. */
  namespace: string;
}

/** Git facts, never with a user or token. */
export interface GitOptions {
  /** `https://github.com/acme/shop`. Source `placeholder`: there is no remote, and the value is {@link PLACEHOLDER_REPOSITORY}. */
  remote: Sourced<string>;
  /** Branch that is built and deployed, `main` by default. */
  branch: Sourced<string>;
  /** The application's folder relative to the repository's root, `.` where it is the root. */
  pathInRepository: string;
}

/** Who answers for the application; goes into the persona and PERSONA.md. */
export interface OwnershipOptions {
  team?: string;
  owner?: string;
  repository?: string;
  oncall?: string;
  runbook?: string;
}

/** All of it, resolved by settings (flags > app > workspace > environment > global > defaults) and frozen. */
export interface ManifestOptions {
  /** The application's name; made DNS-safe here. */
  name: string;
  /** Written into every manifest; made DNS-safe here. */
  namespace: Sourced<string>;
  /** Folder of the manifests relative to the application, `k8s`. */
  outputDir: string;
  /** `helm` makes {@link outputDir} a chart. */
  format: 'kustomize' | 'plain' | 'helm';
  /** `minimal` is workload, Service, persona. */
  profile: 'standard' | 'minimal';
  /**
   * Image repository of the application without tag: `ghcr.io/acme/shop`. With several components each gets
   * `<repository>/<component>`. Source `placeholder`: {@link PLACEHOLDER_REGISTRY}.
   */
  image: Sourced<string>;
  /** Tag of every image; absent: the component's version, else `0.1.0`. */
  tag?: string;
  expose: ExposeOptions;
  networkPolicy: 'default' | 'strict' | 'none';
  ci: 'github' | 'gitlab' | 'none';
  hardening: 'standard' | 'max';
  argocd: ArgocdOptions;
  git: GitOptions;
  ownership: OwnershipOptions;
  /** Applies to every component. */
  defaults: ComponentOptions;
  /** By component name as analysis names it; beats {@link defaults} field by field. */
  components: ReadonlyMap<string, ComponentOptions>;
  /** Of components without a Dockerfile, by name as analysis has it: what one is written from. Absent: none is written. */
  buildInputs?: ReadonlyMap<string, BuildInputs>;
  /** Package version, for the header of every file. */
  generatorVersion: string;
}

/** Stands where a repository address is not known; never resolves (RFC 2606). */
export const PLACEHOLDER_REPOSITORY = 'https://example.com/REPLACE.git';

/** Stands where a registry is not known; never resolves (RFC 2606). The application's name is appended. */
export const PLACEHOLDER_REGISTRY = 'registry.example.com';

/** What a run without any setting is built with. Useful as the last layer of settings, and in tests. */
export function createDefaultOptions(name: string): ManifestOptions {
  return {
    name,
    namespace: { value: name, source: 'default' },
    outputDir: 'k8s',
    format: 'kustomize',
    profile: 'standard',
    image: { value: `${PLACEHOLDER_REGISTRY}/${name}`, source: 'placeholder' },
    expose: { kind: 'none' },
    networkPolicy: 'default',
    ci: 'github',
    hardening: 'standard',
    argocd: { project: 'default', server: 'https://kubernetes.default.svc', namespace: 'argocd' },
    git: {
      remote: { value: PLACEHOLDER_REPOSITORY, source: 'placeholder' },
      branch: { value: 'main', source: 'default' },
      pathInRepository: '.',
    },
    ownership: {},
    defaults: {},
    components: new Map(),
    generatorVersion: '0.1.0',
  };
}

// Turns settings and git facts into what manifests are built with.
import type { Application } from '../application/application.ts';
import { redactText, REDACTED } from '../application/redact.ts';
import { isRecognised } from '../application/secret-names.ts';
import { DorguError } from '../api/errors.ts';
import type { ComponentOptions } from '../manifests/component-options.ts';
import { toDnsName } from '../manifests/names.ts';
import {
  createDefaultOptions,
  type ExposeOptions,
  type GitOptions,
  type ManifestOptions,
  type OwnershipOptions,
  type Sourced,
} from '../manifests/options.ts';
import type { FieldName } from '../settings/fields.ts';
import type { Settings } from '../settings/settings.ts';
import { toImageRepository } from './image-repository.ts';

/**
 * The options of one run, frozen.
 * @throws DorguError BadFlagValue (usage) or SettingsInvalid (invalid) where a value cannot be generated from, naming who set it
 */
export function toManifestOptions(
  application: Application,
  settings: Settings,
  generatorVersion: string,
): ManifestOptions {
  const { values } = settings;
  const name = values.name ?? application.name;
  const defaults = createDefaultOptions(name);
  checkTag(settings);
  return Object.freeze({
    ...defaults,
    name,
    namespace: readNamespace(settings, name),
    outputDir: readOutputDirectory(settings),
    ...readChoices(settings, defaults),
    image: toImageRepository(application, settings, toDnsName(name)),
    ...(values.tag !== undefined && { tag: values.tag }),
    expose: readExpose(settings),
    git: toGitOptions(application, settings, defaults.git),
    ownership: toOwnership(application, settings),
    defaults: hideCredentials(settings.defaults),
    components: new Map([...settings.components].map(([key, own]) => [key, hideCredentials(own)])),
    generatorVersion,
  });
}

/** What ends up in objects that everybody may read holds no credential, whoever wrote it there. */
function hideCredentials(options: ComponentOptions): ComponentOptions {
  const { description, annotations } = options;
  return {
    ...options,
    ...(description !== undefined && { description: redactText(description) }),
    ...(annotations && {
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [key, isRecognised(value) ? REDACTED : value]),
      ),
    }),
  };
}

type Choices = Pick<ManifestOptions, 'format' | 'profile' | 'networkPolicy' | 'ci' | 'hardening' | 'argocd'>;

function readChoices({ values }: Settings, defaults: Choices): Choices {
  return {
    format: values.format ?? defaults.format,
    profile: values.profile ?? defaults.profile,
    networkPolicy: values.network_policy ?? defaults.networkPolicy,
    ci: values.ci ?? defaults.ci,
    hardening: values.hardening ?? defaults.hardening,
    argocd: {
      project: values['argocd.project'] ?? defaults.argocd.project,
      server: values['argocd.server'] ?? defaults.argocd.server,
      namespace: values['argocd.namespace'] ?? defaults.argocd.namespace,
    },
  };
}

/** A setting that cannot be used, with who set it: a flag is a slip of the hand, a file has to be mended. */
export function createSettingError(
  settings: Settings,
  field: FieldName,
  message: string,
  hint: string,
): DorguError {
  const origin = settings.origins.get(field);
  const isFlag = origin?.layer === 'flag';
  return new DorguError(
    isFlag ? 'BadFlagValue' : 'SettingsInvalid',
    `${origin?.where ?? field}: ${message}`,
    {
      kind: isFlag ? 'usage' : 'invalid',
      hint,
    },
  );
}

function readNamespace(settings: Settings, name: string): Sourced<string> {
  const { namespace } = settings.values;
  const prefix = settings.clusterPersona?.spec.conventions?.namespacePrefix ?? '';
  if (namespace === undefined) return { value: toDnsName(withPrefix(name, prefix)), source: 'default' };
  if (toDnsName(namespace) !== namespace)
    throw createSettingError(
      settings,
      'namespace',
      `expected a DNS label (lower-case letters, digits and hyphens), found ${JSON.stringify(namespace)}`,
      `use a name such as ${toDnsName(namespace)}`,
    );
  return { value: namespace, source: 'settings' };
}

/** What the cluster's namespaces begin with, once. */
const withPrefix = (name: string, prefix: string) => (name.startsWith(prefix) ? name : prefix + name);

function readOutputDirectory(settings: Settings): string {
  const asked = settings.values.output_dir ?? 'k8s';
  const parts = asked.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const isOutside =
    asked.startsWith('/') || /^[A-Za-z]:/.test(asked) || parts.includes('..') || parts.length === 0;
  if (isOutside)
    throw createSettingError(
      settings,
      'output_dir',
      `expected a folder inside the application, found ${JSON.stringify(asked)}`,
      'name a folder relative to the application, such as k8s or deploy/manifests',
    );
  return parts.join('/');
}

function checkTag(settings: Settings): void {
  const { tag } = settings.values;
  if (tag === undefined || (tag !== 'latest' && /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag))) return;
  throw createSettingError(
    settings,
    'tag',
    tag === 'latest'
      ? 'latest says nothing about what runs'
      : `expected an image tag, found ${JSON.stringify(tag)}`,
    'use a version, such as 1.4.0',
  );
}

function readExpose(settings: Settings): ExposeOptions {
  const { values } = settings;
  const kind = values.expose ?? 'none';
  if (kind === 'none') return { kind };
  const host = readHost(settings);
  if (kind === 'gateway') {
    const gatewayName = values['gateway.name'];
    if (gatewayName === undefined)
      throw createSettingError(
        settings,
        'expose',
        'a Gateway is asked for, and none is named',
        'name it: kubectl dorgu config set gateway.name NAME, or gateway.name in .dorgu.yaml',
      );
    return {
      kind,
      host,
      gatewayName,
      ...optional('gatewayNamespace', values['gateway.namespace']),
      ...optional('sectionName', values['gateway.section_name']),
    };
  }
  return {
    kind,
    host,
    ...optional('className', values['ingress.class']),
    ...optional('tlsSecret', values['ingress.tls.secret_name']),
    ...optional('clusterIssuer', values['ingress.tls.cluster_issuer']),
    ...optional('controllerNamespace', values['ingress.controller_namespace']),
  };
}

function readHost(settings: Settings): string {
  const { host } = settings.values;
  if (host === undefined)
    throw createSettingError(
      settings,
      'expose',
      'under which DNS name is not said',
      'name it with --host, such as --host shop.example.com',
    );
  const isName =
    host.length <= 253 &&
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(host);
  if (!isName)
    throw createSettingError(
      settings,
      'host',
      `expected a DNS name, found ${JSON.stringify(host)}`,
      'use a name such as shop.example.com',
    );
  return host;
}

function toGitOptions({ git }: Application, { values }: Settings, placeholder: GitOptions): GitOptions {
  if (!git) return placeholder;
  const remote = values.repository ?? git.remote?.value;
  return {
    remote:
      remote === undefined
        ? placeholder.remote
        : { value: remote, source: values.repository === undefined ? 'git' : 'settings' },
    branch: git.defaultBranch ? { value: git.defaultBranch.value, source: 'git' } : placeholder.branch,
    pathInRepository: git.pathInRepository,
  };
}

function toOwnership({ git }: Application, { values }: Settings): OwnershipOptions {
  return {
    ...optional('team', values.team),
    ...optional('owner', values.owner),
    ...optional('repository', values.repository ?? git?.remote?.value),
    ...optional('oncall', values.oncall),
    ...optional('runbook', values.runbook),
  };
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: string });
}

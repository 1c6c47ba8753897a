// Which image a component runs: its registry, its tag, and whether it is ours to build.
import type { Component } from '../application/component.ts';
import { findHost, parseImageReference } from '../workload/image-reference.ts';
import type { ComponentOptions } from './component-options.ts';
import type { ComponentPlan, ImagePlan } from './component-plan.ts';
import { toImageTag } from './names.ts';
import type { ManifestOptions } from './options.ts';

/** Tag where nothing has a version. */
export const defaultTag = '0.1.0';

/** Registries whose repositories have two levels only: components are told apart by a dash there. */
const flatRegistries = new Set(['docker.io', 'index.docker.io', 'quay.io']);

/** Decides the image of one component; `isOnly` where the application has no other. */
export function planImage(
  component: Component,
  name: string,
  isOnly: boolean,
  { options, settings }: { options: ManifestOptions; settings: ComponentOptions },
): ImagePlan {
  const own = settings.image ?? givenImage(component, options);
  const ours = {
    name: buildRepository(name, isOnly, options.image.value),
    tag: undefined,
    digest: undefined,
  };
  const given = own === undefined ? undefined : parseImageReference(own);
  const { name: repository, tag: givenTag, digest: fixed } = given ?? ours;
  const isBuilt = component.runtime.build !== undefined || given === undefined;
  const isTheirs = !isBuilt && isForeign(component, settings);
  const tag = isTheirs ? theirTag(repository, givenTag) : ourTag(component, options, givenTag);
  const digest = settings.pinnedDigest ?? fixed;
  return {
    repository,
    tag,
    reference: fixed === undefined ? `${repository}:${tag}` : `${repository}@${fixed}`,
    ...(digest === undefined ? {} : { digest }),
    isImmutable: fixed !== undefined,
    isBuilt,
  };
}

/** Whether the image is somebody else's and nobody says which version of it. */
export function lacksVersion({ image, component, settings }: ComponentPlan): boolean {
  if (image.isBuilt || image.isImmutable || settings.image !== undefined) return false;
  const written = parseImageReference(component.runtime.image?.value ?? '')?.tag;
  return written === undefined || toImageTag(written) === undefined;
}

/** Versions of images that are often named without one: the newest that was long in use when this was written. */
const usualTags: ReadonlyMap<string, string> = new Map([
  ['postgres', '17'],
  ['mysql', '8.4'],
  ['mariadb', '11.4'],
  ['mongo', '8.0'],
  ['redis', '7.4'],
  ['valkey/valkey', '8.0'],
  ['memcached', '1.6'],
  ['rabbitmq', '4.0'],
  ['nats', '2.10'],
  ['nginx', '1.27'],
  ['httpd', '2.4'],
  ['caddy', '2.9'],
  ['traefik', '3.3'],
  ['haproxy', '3.1'],
  ['wordpress', '6.7'],
  ['nextcloud', '30'],
  ['adminer', '4.8.1'],
  ['phpmyadmin', '5.2'],
  ['prom/prometheus', 'v3.1.0'],
  ['grafana/grafana', '11.4.0'],
]);

function isForeign({ language }: Component, { image }: ComponentOptions): boolean {
  return image === undefined && language === undefined;
}

// What others publish has versions of its own.
function theirTag(repository: string, given: string | undefined): string {
  return firstTag([given, usualTags.get(repository.replace(/^docker\.io\//, '').replace(/^library\//, ''))]);
}

function ourTag(component: Component, options: ManifestOptions, given: string | undefined): string {
  return firstTag([options.tag, given, component.version?.value]);
}

function firstTag(candidates: readonly (string | undefined)[]): string {
  for (const candidate of candidates) {
    const tag = candidate === undefined ? undefined : toImageTag(candidate);
    if (tag !== undefined) return tag;
  }
  return defaultTag;
}

/** The image that compose names, where it says more than ours would: a registry, or something that is not built here. */
function givenImage(component: Component, options: ManifestOptions): string | undefined {
  const image = component.runtime.image?.value;
  if (image === undefined) return undefined;
  if (component.runtime.build === undefined) return image;
  const hasRegistry = parseImageReference(image)?.host !== undefined;
  return hasRegistry && options.image.source !== 'settings' ? image : undefined;
}

function buildRepository(name: string, isOnly: boolean, base: string): string {
  const repository = base.toLowerCase().replace(/\/+$/, '');
  if (isOnly) return repository;
  const registry = findHost(repository);
  const separator = registry === undefined || flatRegistries.has(registry) ? '-' : '/';
  return `${repository}${repository.includes('/') ? separator : '/'}${name}`;
}

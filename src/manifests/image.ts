// Which image a component runs: its registry, its tag, and whether it is ours to build.
import type { Component } from '../application/component.ts';
import type { ComponentOptions } from './component-options.ts';
import type { ImagePlan } from './component-plan.ts';
import { toImageTag } from './names.ts';
import type { ManifestOptions } from './options.ts';

/** Tag where nothing has a version. */
export const defaultTag = '0.1.0';

/** Registries whose repositories have two levels only: components are told apart by a dash there. */
const flatRegistries = new Set(['docker.io', 'index.docker.io', 'quay.io']);

/** The parts of an image reference; `registry` only where the first part is a host. */
export interface ImageReference {
  repository: string;
  registry?: string;
  tag?: string;
  digest?: string;
}

/** Splits `host:5000/path/name:tag@sha256:…`; undefined where it is no reference. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > 512) return undefined;
  const match = /^([^\s@]+?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text);
  const repository = match?.[1];
  if (repository === undefined || !isImageRepository(repository)) return undefined;
  const registry = registryOf(repository);
  return {
    repository,
    ...(registry === undefined ? {} : { registry }),
    ...(match?.[2] === undefined ? {} : { tag: match[2] }),
    ...(match?.[3] === undefined ? {} : { digest: match[3] }),
  };
}

/** The registry's host, or undefined for a name on the default registry. */
export function registryOf(repository: string): string | undefined {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(slash, 0));
  return /[.:]/.test(first) || first === 'localhost' ? first : undefined;
}

/** Whether a registry takes the name (without tag). */
export function isImageRepository(text: string): boolean {
  return /^([A-Za-z0-9.-]+(:[0-9]{1,5})?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(
    text,
  );
}

/** Decides the image of one component; `isOnly` where the application has no other. */
export function planImage(
  component: Component,
  name: string,
  isOnly: boolean,
  { options, settings }: { options: ManifestOptions; settings: ComponentOptions },
): ImagePlan {
  const own = settings.image ?? givenImage(component, options);
  const ours = { repository: buildRepository(name, isOnly, options.image.value) };
  const given = own === undefined ? undefined : parseImageReference(own);
  const { repository, tag: givenTag, digest: fixed }: ImageReference = given ?? ours;
  const tag = firstTag([options.tag, givenTag, component.version?.value]);
  const digest = settings.pinnedDigest ?? fixed;
  return {
    repository,
    tag,
    reference: fixed === undefined ? `${repository}:${tag}` : `${repository}@${fixed}`,
    ...(digest === undefined ? {} : { digest }),
    isImmutable: fixed !== undefined,
    isBuilt: component.runtime.build !== undefined || given === undefined,
  };
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
  const hasRegistry = parseImageReference(image)?.registry !== undefined;
  return hasRegistry && options.image.source !== 'settings' ? image : undefined;
}

function buildRepository(name: string, isOnly: boolean, base: string): string {
  const repository = base.toLowerCase().replace(/\/+$/, '');
  if (isOnly) return repository;
  const registry = registryOf(repository);
  const separator = registry === undefined || flatRegistries.has(registry) ? '-' : '/';
  return `${repository}${repository.includes('/') ? separator : '/'}${name}`;
}

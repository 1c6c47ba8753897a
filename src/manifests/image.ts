// Which image a component runs: its registry, its tag, and whether it is ours to build.
import type { Component } from '../application/component.ts';
import { findHost, parseImageReference } from '../workload/image-reference.ts';
import type { ComponentOptions } from './component-options.ts';
import type { ImagePlan } from './component-plan.ts';
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

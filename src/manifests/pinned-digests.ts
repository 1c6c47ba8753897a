// The line by which the workflow pins an image, and how a later run finds what was pinned.
import type { ComponentPlan } from './component-plan.ts';

/** Comment at the end of a line that the workflow may rewrite. */
export function pinMark(componentName: string): string {
  return `pinned: ${componentName}`;
}

/**
 * Digests that the workflow has written into a kustomization or a manifest, by component name. Hand them back as
 * `pinnedDigest`, so that a second run writes the same bytes.
 */
export function readPinnedDigests(text: string): Map<string, string> {
  const pinned = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /(?:digest: |@)(sha256:[0-9a-f]{64})"? # pinned: ([a-z0-9-]{1,63})$/.exec(
      line.trimEnd().slice(0, 1000),
    );
    if (match?.[1] !== undefined && match[2] !== undefined) pinned.set(match[2], match[1]);
  }
  return pinned;
}

/** The image as the plain format has it: by the pinned digest if there is one. */
export function pinnedReference({ image }: ComponentPlan): string {
  return image.digest === undefined ? image.reference : `${image.repository}@${image.digest}`;
}

/** The text with every pin taken out, tag or digest alike: equal texts differ only in what the workflow may rewrite. */
export function withoutPins(text: string): string {
  return text.replace(
    /^(\s*(?:- )?)(?:newTag|digest|image): \S+ # pinned: ([a-z0-9-]{1,63})$/gm,
    '$1# pinned: $2',
  );
}

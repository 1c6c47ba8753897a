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

/** A line that carries a mark, in its parts: indent, what it says, the mark. */
const markedLine = /^(\s*(?:- )?)((?:newTag|digest|image): \S+) (# pinned: [a-z0-9-]{1,63})$/gm;

/** The earlier text with the digests that the workflow has written into the current one: they are no edit of a person's. */
export function withPinsOf(earlier: string, current: string): string {
  const pinned = new Map(
    [...current.matchAll(markedLine)].flatMap(([, , says = '', mark = '']) =>
      says.includes('sha256:') ? [[mark, says] as const] : [],
    ),
  );
  return earlier.replace(markedLine, (line, indent: string, _, mark: string) =>
    pinned.has(mark) ? `${indent}${pinned.get(mark) ?? ''} ${mark}` : line,
  );
}

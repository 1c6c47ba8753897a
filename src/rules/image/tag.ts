// image/tag: what runs has to be what was tested.
import { parseImageReference } from '../../workload/image-reference.ts';
import type { Container } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';

/** Whether each image has a tag that says a version, or a digest. */
export const tag: Rule = {
  id: 'image/tag',
  title: 'Images have a tag other than latest, or a digest',
  semantics:
    'For every container, sidecar and init container the image has to be a valid reference with a tag other than latest, or with a digest. A colon before the last slash is a registry’s port, not a tag.',
  rationale:
    'latest means another image on each node and after each restart, and there is no version to go back to.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'image: ghcr.io/acme/shop:latest\n',
  good: 'image: ghcr.io/acme/shop:1.4.2\n',
  needsSurroundings: false,
  evaluate: ({ workload }) => workload.pod.containers.flatMap(judge),
};

function judge({ name, path, image, fields }: Container): RuleReport[] {
  const problem = findProblem(image);
  if (problem === undefined) return [];
  return [
    {
      field: `${path}.image`,
      container: name,
      actual: showValue(fields['image'] === '' ? undefined : fields['image']),
      expected: 'a tag other than latest, or a digest',
      message: `container ${name}: image ${image === '' ? '' : `${image} `}${problem}`,
      suggestion: 'image: REPOSITORY:VERSION, or REPOSITORY@sha256:DIGEST',
    },
  ];
}

function findProblem(image: string): string | undefined {
  if (image === '') return 'is unset';
  const reference = parseImageReference(image);
  if (reference === undefined) return 'is no valid image reference';
  if (reference.digest !== undefined) return undefined;
  if (reference.tag === undefined) return 'has no tag, which means latest';
  return reference.tag === 'latest' ? 'has the tag latest' : undefined;
}

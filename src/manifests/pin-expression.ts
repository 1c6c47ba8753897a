// The expression of sed by which a workflow writes a digest into the line that carries the component's mark.
import type { ComponentPlan } from './component-plan.ts';
import { pinMark } from './pinned-digests.ts';

/** `~` separates its parts: names, registries, digests and marks never hold one. `variable` is the shell's, without a dollar. */
export function pinExpression(
  { name, options, image }: Pick<ComponentPlan, 'name' | 'options' | 'image'>,
  variable: string,
): string {
  const mark = `# ${pinMark(name)}`;
  return options.format === 'plain'
    ? `s~image: .* ${mark}$~image: ${image.repository}@$${variable} ${mark}~`
    : `s~(newTag|digest): .* ${mark}$~digest: $${variable} ${mark}~`;
}

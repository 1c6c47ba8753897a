// Parts of the README that derive from source.
import type { GeneratedFile } from './generated-file.ts';
import { fillSection } from './page-section.ts';

/** The README with `text` between `<!-- name -->` and `<!-- /name -->`; none where it has no such markers. */
export function fillReadme(name: string, text: string): GeneratedFile[] {
  return fillSection('README.md', name, text);
}

// Three-way merge of one generated file: YAML by meaning and with its comments, anything else by lines.
import type { MergedText } from './merge-conflict.ts';
import { mergeLines } from './merge-lines.ts';
import type { Sides } from './merge-sequences.ts';
import { mergeYaml } from './merge-yaml.ts';

/** Merges; line ends are those of mine. */
export function mergeText(path: string, sides: Sides<string>): MergedText {
  const clean = {
    base: toUnix(sides.base),
    mine: toUnix(sides.mine),
    generated: toUnix(sides.generated),
  };
  const merged =
    (/\.ya?ml$/.test(path) ? mergeYaml(clean) : undefined) ??
    mergeLines(clean, { mayTouch: false, takesBoth: false });
  return sides.mine.includes('\r\n') ? { ...merged, text: merged.text.replaceAll('\n', '\r\n') } : merged;
}

const toUnix = (text: string) => text.replaceAll('\r\n', '\n');

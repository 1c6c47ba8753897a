// What a screen of labelled rows and sections is made of: texts as they are, still to be escaped, placed and coloured.
import type { Palette } from '../../../ui/palette.ts';

/** The column where texts begin, after the labels. */
export const TEXT_COLUMN = 14;

/** Set where a state is abnormal. */
export type Tone = 'failing' | 'warning' | undefined;

/** A line of the upper part. */
export interface Row {
  label: string;
  main: string;
  tone?: Tone;
  /** To the right of it. */
  side?: string | undefined;
}

/** A line of a section, and lines that belong under its text. */
export interface Entry {
  label: string;
  tone?: Tone;
  topic: string;
  text: string;
  /** Not broken where the window is too narrow: they may be commands to copy. */
  below: readonly string[];
}

/** A part with a heading. */
export interface Section {
  title: string;
  summary: string;
  entries: readonly Entry[];
  /** After the last entry. */
  end?: string | undefined;
}

/** The whole. */
export interface Screen {
  title: string;
  state: string;
  tone: Tone;
  rows: readonly Row[];
  sections: readonly Section[];
}

/** Where it is shown. `width` Infinity where there is no window. */
export interface Window {
  width: number;
  palette: Palette;
  /** What stands for `…` in our own texts. */
  ellipsis: string;
}

// What `init` asks a person.
import type { Question } from './ask.ts';

/** For the user's file. */
export const userQuestions: readonly Question<string>[] = [
  { key: 'registry', text: 'Registry of the images (ghcr.io/acme)' },
  { key: 'namespace', text: 'Default namespace' },
  { key: 'org', text: 'Organisation' },
];

/** For an application's file; `folder` is its folder's name. */
export function listAppQuestions(folder: string): readonly Question<string>[] {
  return [
    { key: 'name', text: 'Name of the application', suggestion: folder },
    { key: 'description', text: 'What it does, in one sentence' },
    { key: 'team', text: 'Team that answers for it' },
    { key: 'tier', text: 'critical, standard or best-effort', suggestion: 'standard' },
  ];
}

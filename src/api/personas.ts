// The types of both kinds: import them from here. They are generated from src/api/schema.
export type * from './generated/personas.ts';
export type * from './object-meta.ts';

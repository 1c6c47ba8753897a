// The door of the room: quantities, durations and int-or-percent, in one import.
export * from './quantity.ts';
export * from './parse-quantity.ts';
export * from './format-quantity.ts';
export * from './arithmetic.ts';
export * from './duration.ts';
export * from './int-or-percent.ts';

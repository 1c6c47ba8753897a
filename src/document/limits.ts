// How much of foreign files is read: enough for what people apply, too little to hurt.

/** Bytes of one file or of stdin: `kubectl get -o yaml` of a few thousand objects. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Bytes of all files. */
export const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
/** Files of all folders. */
export const MAX_FILES = 10_000;
/** Objects of all files, items of lists included. */
export const MAX_OBJECTS = 20_000;
/** Levels of one document: maps, lists, and the document itself. */
export const MAX_DEPTH = 100;
/** Folders within folders. */
export const MAX_FOLDER_DEPTH = 32;
/** Values of one document after aliases are resolved, for each character that it has, and at least so many. */
export const MIN_VALUES = 100_000;
/** Problems that are collected before reading stops. */
export const MAX_PROBLEMS = 100;

// How much of each thing a message of the stream may hold, in both directions.

/** The longest frame that a client may send, in bytes. */
export const maxClientFrameBytes = 64 * 1024;

/** The longest frame that a client takes: a page, or one object of the most that etcd keeps. In bytes. */
export const maxServerFrameBytes = 16 * 1024 * 1024;

/** Longest name that a client gives a subscription, in characters. */
export const maxRequestIdLength = 128;

/** Longest namespace: a DNS label. */
export const maxNamespaceLength = 63;

/** Longest name of an object: a DNS subdomain. */
export const maxNameLength = 253;

/** Longest label selector, in characters. */
export const maxSelectorLength = 4096;

/** Longest value of an item that is a word or a name, in characters. */
export const maxWordLength = 256;

/** Longest message in an item, in characters. */
export const maxSentenceLength = 1024;

/** Most findings that a validation item lists, gravest first; `issueCount` counts them all. */
export const maxItemIssues = 20;

/** Most add-ons that a cluster item lists: a status has no more. */
export const maxItemAddons = 100;

/** Most images that a deployment item lists. */
export const maxItemImages = 20;

/** How large a page of a state is meant to be, in bytes; one item that is larger is a page of its own. Whoever never reads has two of them waiting, of which nothing is shared. */
export const pageBytes = 64 * 1024;

// How much of each thing a persona may hold, so that an object stays far under the API server's 1.5 MB and validation stays cheap.

/** Longest free text on one line, in characters: a team, a purpose. */
export const maxLineLength = 256;

/** Longest URL or image reference, in characters. */
export const maxUrlLength = 2048;

/** Longest text of several lines, in characters: a description, a message. */
export const maxParagraphLength = 4096;

/** Most replicas that a persona may name. */
export const maxReplicas = 100_000;

/** Most findings that a status lists; the rest are counted in validation.omitted. */
export const maxStatusIssues = 100;

/** Most pod failures that a status lists. */
export const maxStatusPodFailures = 20;

/** Most workloads of one persona that a status tells of one by one. */
export const maxStatusWorkloads = 50;

/** Most past rollouts that a status lists. */
export const maxStatusHistory = 10;

/** Most pieces of advice that a status lists. */
export const maxStatusRecommendations = 50;

/** Most nodes that a ClusterPersona's status lists; on a larger cluster the rest are in its counts and sums only. */
export const maxStatusNodes = 500;

/** Most add-ons that a ClusterPersona's status lists. */
export const maxStatusAddons = 100;

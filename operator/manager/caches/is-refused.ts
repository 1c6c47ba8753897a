// Tells a missing permission from all else that may be wrong with a watch.

/** By the server's words, which are the same for every resource: `pods is forbidden: User "…" cannot list resource …`. */
export function isRefused(failure: string | undefined): boolean {
  return failure?.includes(' is forbidden: ') ?? false;
}

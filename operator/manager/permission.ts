// What the operator may do, as its parts ask for it: config/rbac is generated from these.

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';

/** One rule of RBAC. */
export interface Permission {
  group: string;
  /** `deployments`, `applicationpersonas/status` */
  resource: string;
  verbs: readonly Verb[];
  /** Only these objects. */
  names?: readonly string[];
  /** In the operator's own namespace only: a Role, not a ClusterRole. */
  isOwnNamespace?: boolean;
  /** In this namespace of others only: a Role there. */
  namespace?: string;
  /** Why, for the table that admins read: `reads what runs`. */
  why: string;
}

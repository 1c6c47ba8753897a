// Why a workload is not up: one cause, in words for the person whose application it is.

/** What causes are told apart by, root causes first: the order in which they are shown. */
export const causeCodes = [
  'QuotaExceeded',
  'AdmissionRefused',
  'CreationFailed',
  'ServiceAccountMissing',
  'SecretMissing',
  'ConfigMapMissing',
  'SecretKeyMissing',
  'ConfigMapKeyMissing',
  'VolumeClaimMissing',
  'VolumeClaimPending',
  'Unschedulable',
  'VolumeFailed',
  'SandboxFailed',
  'ImageUnavailable',
  'PullSecretMissing',
  'ConfigurationFailed',
  'StartFailed',
  'OutOfMemory',
  'Crashed',
  'Evicted',
  'LivenessFailing',
  'StartupFailing',
  'ReadinessFailing',
  'NotReady',
  'ReferenceUnseen',
  'RolloutPaused',
  'DeadlineExceeded',
] as const;
export type CauseCode = (typeof causeCodes)[number];

/** One cause. Its texts hold names and messages of the cluster as they are (escape them before a terminal sees them), and never a value of a Secret. */
export interface Cause {
  code: CauseCode;
  /** What it is about, in the same words for every report of the same thing: `Secret/shop-db`, `container/shop`. */
  subject: string;
  /** One line: what is wrong. */
  what: string;
  /** One line: what to do, an exact command where there is one. `…` stands for what only a person can know. */
  todo?: string;
  /** How many pods show it; 0 where it is not about pods. */
  pods: number;
}

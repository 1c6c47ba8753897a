// The status of an ApplicationPersona: what the operator sees of the workload.
import { maxStatusIssues, maxStatusRecommendations } from '../limits.ts';
import {
  applicationPhases,
  argoCDHealthStatuses,
  argoCDSyncStatuses,
  priorities,
  recommendationTypes,
  severities,
  sizedResources,
  sizedSettings,
  usageSources,
} from '../vocabulary.ts';
import { deployments, observedHealth } from './application-workload-status.ts';
import { measuredQuantity } from './amounts.ts';
import { choice, flag, integer, list, listMap, object, required } from './builders.ts';
import { conditions, observedGeneration } from './conditions.ts';
import { dnsLabel, line, nonEmptyLine, paragraph, ruleId, share, timestamp } from './text.ts';

const maxCount = 2_147_483_647;

const issue = object('ValidationIssue', 'One way in which the workload is not what the persona says.', {
  severity: required(choice('How grave it is.', severities)),
  rule: ruleId('The rule that found it, such as `security/run-as-non-root`.'),
  field: line('The field of the workload that is to blame.'),
  message: required(paragraph('What was expected and what was found.')),
  suggestion: paragraph('What to change.'),
});

const validation = object('ValidationStatus', 'How the workload compares with the persona.', {
  passed: required(flag('Whether there is no finding of severity error. Always written.')),
  lastChecked: timestamp('When the findings last changed.'),
  summary: line('The findings counted, such as `1 error, 2 warnings`; empty where there is none.'),
  issues: list('The findings, gravest first.', issue, maxStatusIssues),
  omitted: integer('How many more findings there are than issues lists.', 0, maxCount),
});

const resourceBaseline = object(
  'ResourceBaseline',
  "Use of one pod, its containers summed, over the last hour: the average is the mean over the pods, the peak the largest pod's.",
  {
    avgCPU: measuredQuantity('Average CPU, in whole `m`.'),
    avgMemory: measuredQuantity('Average memory, in whole `Mi`.'),
    peakCPU: measuredQuantity('Highest CPU, in whole `m`.'),
    peakMemory: measuredQuantity('Highest memory, in whole `Mi`.'),
    windowEnd: timestamp('The end of the hour that it was measured in; moves only when a figure does.'),
  },
);

const pattern = object('LearnedPattern', 'Something that keeps happening.', {
  type: required(nonEmptyLine('What kind of pattern it is.')),
  description: required(paragraph('What happens.')),
  confidence: share('How sure the operator is, from 0 to 1.'),
});

const learned = object('Learned', 'What the operator has measured over time.', {
  resourceBaseline,
  incidentCount: integer('How many incidents it has seen.', 0, maxCount),
  lastIncident: line('The latest of them.'),
  patterns: list('What keeps happening.', pattern, 50),
});

const recommendation = object('Recommendation', 'One piece of advice.', {
  id: required(nonEmptyLine('Names it for as long as it is true.')),
  type: required(choice('What it is about.', recommendationTypes)),
  priority: required(choice('How much it is worth.', priorities)),
  message: required(paragraph('What was found, with numbers.')),
  action: paragraph('What to do.'),
  workload: line('The workload that it is about, such as `Deployment/shop`.'),
  container: dnsLabel('The container that it is about.'),
  resource: choice('The resource that it is about.', sizedResources),
  setting: choice('Whether the request or the limit is meant.', sizedSettings),
  current: measuredQuantity('What is set now; absent where nothing is.'),
  recommended: measuredQuantity('What it should be; absent where it is better left unset.'),
  p95: measuredQuantity('What was used less than in 95% of the windows of five minutes, as a quantity.'),
  peak: measuredQuantity('The highest use, as a quantity.'),
  trend: list(
    'The peaks of each two hours of the last day of the window, oldest first; empty where nothing was measured.',
    line('A quantity.'),
    12,
  ),
  windowStart: timestamp('From when it was measured.'),
  windowEnd: timestamp('Until when it was measured.'),
  samples: integer('How many windows of five minutes were measured, all pods together.', 0, maxCount),
  confidence: share('How much of a week was measured, from 0 to 1.'),
  source: choice('What it rests on.', usageSources),
});

const argoCD = object(
  'ArgoCDStatus',
  'What Argo CD says of the application; absent where there is no Argo CD.',
  {
    syncStatus: choice('Whether the cluster is what git says.', argoCDSyncStatuses),
    healthStatus: choice('How the application is.', argoCDHealthStatuses),
    lastSyncTime: timestamp('When it last synced.'),
    revision: line('The git revision that it synced; several are separated by commas.'),
    applicationName: line('The Argo CD Application.'),
    applicationNamespace: line('The namespace of the Application.'),
  },
);

/** The status of an ApplicationPersona. */
export const applicationPersonaStatus = object(
  'ApplicationPersonaStatus',
  'What the operator sees. Belongs to the operator; nobody else writes it.',
  {
    observedGeneration,
    phase: choice('The worst that applies: Failed, Degraded, Pending, Active.', applicationPhases),
    lastUpdated: timestamp('When something other than a time last changed in this status.'),
    deployments,
    health: observedHealth,
    validation,
    learned,
    recommendations: listMap(
      'Advice, most valuable first.',
      ['id'],
      recommendation,
      maxStatusRecommendations,
    ),
    argoCD,
    conditions: conditions('Ready always; Validated; MetricsAvailable and ArgoCDSynced where they apply'),
  },
);

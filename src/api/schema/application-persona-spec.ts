// The spec of an ApplicationPersona: what an application is and what it needs, as its owners say.
import { applicationTypes, sizingModes, tiers } from '../vocabulary.ts';
import { applicationPolicies } from './application-policies.ts';
import { dependencies, health, networking } from './application-surroundings.ts';
import { choice, object, required } from './builders.ts';
import { amountsInOrder, resourceAmounts, resources, scaling } from './replicas-and-resources.ts';
import { dnsLabel, line, paragraph, longLine } from './text.ts';

const technical = object('Technical', 'What the application is made of. Nothing is judged by it.', {
  language: line('Programming language, such as `TypeScript`.'),
  framework: line('Framework, such as `Express`.'),
  description: paragraph('What the application does, in a few sentences.'),
});

const ownership = object('Ownership', 'Who answers for the application.', {
  team: line('The team that owns it.'),
  owner: line('A person or address in that team.'),
  repository: longLine('Where its source is.'),
  oncall: line('Whom to call when it is down.'),
  runbook: longLine('What to do when it is down.'),
});

const sizing = object(
  'Sizing',
  'Whether the operator advises on requests and limits, and within which bounds.',
  {
    mode: choice(
      '`off` (in quotes: YAML takes a bare off for false) keeps the operator from advising; it measures all the same.',
      sizingModes,
      'advise',
    ),
    min: resourceAmounts('Advice never goes below this.'),
    max: resourceAmounts('Advice never goes above this.'),
  },
  amountsInOrder('min', 'max'),
);

/** The spec of an ApplicationPersona. */
export const applicationPersonaSpec = object(
  'ApplicationPersonaSpec',
  'What the application is and what it needs. Belongs to people, the CLI and GitOps; the operator never writes it.',
  {
    name: required(
      dnsLabel(
        "The application's name. A workload of the same namespace belongs to it by its label app.kubernetes.io/name, its label app, its name or its selector, in this order.",
      ),
    ),
    version: line('The version of the persona, for its owners; nothing is judged by it.'),
    type: required(choice('What the application is: it decides which rules apply.', applicationTypes)),
    tier: choice(
      'How much it hurts when the application is down: it decides severities and margins.',
      tiers,
      'standard',
    ),
    technical,
    resources: resources('CPU and memory that the main container should ask for and be held to.'),
    scaling,
    health,
    dependencies,
    networking,
    ownership,
    policies: applicationPolicies,
    sizing,
  },
);

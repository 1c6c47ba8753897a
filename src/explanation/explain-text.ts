// Why the parts of generated texts are there: headings of PERSONA.md, variables of secret.example, instructions of a Dockerfile.
import type { Evidence } from '../application/fact.ts';
import type { ComponentPlan } from '../manifests/component-plan.ts';
import type { GeneratedFile } from '../manifests/generated-file.ts';
import type { ApplicationPlan } from '../manifests/plan-application.ts';
import type { ExplainedField } from './explain-object.ts';
import { explainPort, explainUser } from './plan-reasons.ts';
import type { Reason } from './reason.ts';

/** The parts of a text with their reasons, by the name that a person types: `CMD`, `API_KEY`, `Day to day`. */
export function explainText(application: ApplicationPlan, file: GeneratedFile): ExplainedField[] {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const component = componentOf(application, file);
  if (name === 'PERSONA.md') return explainHeadings(file.content);
  if (name === 'secret.example') return component ? explainVariables(component) : [];
  if (name.endsWith('Dockerfile')) return component ? explainInstructions(component, file.content) : [];
  return explainLines(name, file.content);
}

function componentOf(
  { components }: ApplicationPlan,
  { component, path }: GeneratedFile,
): ComponentPlan | undefined {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  return (
    components.find((plan) => plan.name === component) ??
    components.find((plan) => plan.component.path === folder)
  );
}

const part = (name: string, value: unknown, reason: Reason): ExplainedField => ({
  path: [name],
  value,
  reason,
});

const headings: readonly (readonly [RegExp, string])[] = [
  [/^run it$/i, 'the commands that bring it up and show what is wrong, with the names that were generated'],
  [/^restore it$/i, 'what git brings back, and what it does not: Secrets and the data on disks'],
  [/^how it fits/i, 'what its components and their sources say that they need, drawn'],
  [/^what it is made of$/i, 'its components side by side'],
  [/./, 'a component, as analysis and settings describe it'],
];

function explainHeadings(content: string): ExplainedField[] {
  const titles = content.split('\n').flatMap((line) => /^#{1,3} (.+)$/.exec(line)?.[1] ?? []);
  return titles.map((title) => {
    const found = headings.find(([pattern]) => pattern.test(title));
    return part(title, `# ${title}`, { because: found?.[1] ?? 'a part of the description' });
  });
}

function explainVariables({ environment, component }: ComponentPlan): ExplainedField[] {
  return environment.secrets.map(({ name, isOptional }) =>
    part(name, name, {
      because: `it ${isOptional ? 'may read' : 'reads'} ${name}, whose name says that its value is secret: this file has the name, and nothing has the value`,
      evidence: component.env.find((fact) => fact.name === name)?.evidence ?? [],
      settings: ['secret_name'],
      rule: 'secrets/env',
    }),
  );
}

function explainInstructions(plan: ComponentPlan, content: string): ExplainedField[] {
  const { component } = plan;
  const facts: Readonly<Record<string, Reason>> = {
    FROM: {
      because: 'an image for its language, in the version that the source asks for',
      evidence: evidenceOf([component.languageVersion, component.language]),
    },
    WORKDIR: { because: 'its files have a folder of their own in the image' },
    COPY: {
      because: 'manifests first and source after them: what is unchanged is not loaded again',
      evidence: evidenceOf([component.language]),
    },
    RUN: {
      because: 'installs and builds by the tool that its lock file or manifest names',
      evidence: evidenceOf([component.language]),
    },
    ENV: { because: 'what its language wants to know in production' },
    USER: explainUser(plan),
    EXPOSE: explainPort(plan, plan.ports[0]),
    CMD: { because: 'the start command that analysis found', evidence: evidenceOf([component.startCommand]) },
    ENTRYPOINT: {
      because: 'the start command that analysis found',
      evidence: evidenceOf([component.startCommand]),
    },
    ARG: { because: 'a value that a build may choose' },
  };
  const seen = new Map<string, number>();
  return content.split('\n').flatMap((line) => {
    const word = /^([A-Z]+) /.exec(line)?.[1];
    const reason = word === undefined ? undefined : facts[word];
    if (word === undefined || reason === undefined) return [];
    const count = seen.get(word) ?? 0;
    seen.set(word, count + 1);
    return [{ path: count === 0 ? [word] : [word, count], value: line, reason }];
  });
}

const evidenceOf = (facts: readonly ({ evidence: Evidence[] } | undefined)[]) =>
  facts.find((fact) => fact !== undefined)?.evidence ?? [];

const texts: Readonly<Record<string, string>> = {
  '.dockerignore':
    'what an image is not built from: it would make the build slow, or the image hold what it should not',
  '.helmignore': 'what is no part of the chart: secret.example is for people',
  '_helpers.tpl': 'texts that several templates use: an image is named by its digest, else by its tag',
  'NOTES.txt':
    'what helm install says at its end: Secrets that have to be there, and how to look at the result',
};

function explainLines(name: string, content: string): ExplainedField[] {
  const because = texts[name] ?? 'a text that goes with the manifests';
  return [part(name, content.split('\n', 1)[0] ?? '', { because })];
}

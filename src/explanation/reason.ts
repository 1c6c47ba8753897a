// Why a generated field is what it is: the shape of an answer, and of the tables that hold the answers.
import type { Evidence } from '../application/fact.ts';
import type { ComponentPlan } from '../manifests/component-plan.ts';
import type { KubernetesObject } from '../manifests/generated-file.ts';
import type { ApplicationPlan } from '../manifests/plan-application.ts';

/** Why one field has its value. */
export interface Reason {
  /** One sentence without a full stop. */
  because: string;
  /** The lines of the source that it was read from; absent where it follows from a convention or another field. */
  evidence?: readonly Evidence[];
  /** Names of the settings that decide it where somebody sets them: `replicas`, `scaling.min_replicas`. */
  settings?: readonly string[];
  /** Id of the rule that asks for it, as `kubectl dorgu explain RULE` takes it. */
  rule?: string;
}

/** A place in a document: keys of maps and indices of lists. */
export type FieldPath = readonly (string | number)[];

/** A field with what its explanation is read from. */
export interface FieldView {
  application: ApplicationPlan;
  /** Whose file it is; absent for what belongs to all. */
  component: ComponentPlan | undefined;
  object: KubernetesObject | Record<string, unknown>;
  path: FieldPath;
  value: unknown;
}

/** A field of a component's own file. */
export interface ComponentFieldView extends FieldView {
  component: ComponentPlan;
}

/** Gives the reason of a field. */
export type Explain<View extends FieldView = FieldView> = (view: View) => Reason;

/** Reasons by place, `spec.ports[].name`; `*` stands for one key that the application chose. */
export type FieldTable<View extends FieldView = FieldView> = Readonly<Record<string, Explain<View>>>;

/** The reason of what is always so. */
export function always(because: string, rule?: string): Explain {
  return () => (rule === undefined ? { because } : { because, rule });
}

/** The same table below a prefix. */
export function below<View extends FieldView>(prefix: string, table: FieldTable<View>): FieldTable<View> {
  return Object.fromEntries(Object.entries(table).map(([place, explain]) => [prefix + place, explain]));
}

/** The place of a path in a table: `spec.ports[].name`. */
export function toPlace(path: FieldPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** The index of the list item that the field is in, counted from the outermost list; 0 where there is none. */
export function indexAt({ path }: FieldView, list = 0): number {
  return path.filter((step) => typeof step === 'number')[list] ?? 0;
}

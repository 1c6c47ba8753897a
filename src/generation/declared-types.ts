// What settings say a component is, where analysis took it for a command-line program.
import type { Application } from '../application/application.ts';
import type { ComponentKind } from '../application/component.ts';
import type { ComponentOptions } from '../manifests/component-options.ts';
import type { Settings } from '../settings/settings.ts';

const KINDS: Record<NonNullable<ComponentOptions['type']>, ComponentKind> = {
  api: 'server',
  web: 'server',
  worker: 'worker',
  cron: 'cron',
  job: 'job',
  daemon: 'daemon',
};

/** The application with each command-line program that settings give a type turned into that. */
export function applyDeclaredTypes(
  application: Application,
  { defaults, components }: Settings,
): Application {
  return {
    ...application,
    components: application.components.map((component) => {
      const type = components.get(component.name)?.type ?? defaults.type;
      if (component.kind !== 'cli' || type === undefined) return component;
      const evidence = { file: '.dorgu.yaml', reason: `settings say that it is a ${type}` };
      return { ...component, kind: KINDS[type], kindEvidence: [evidence] };
    }),
  };
}

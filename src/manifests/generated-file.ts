// One file as it will be written, with the objects that it holds, and what a person still has to decide.

/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
}

/** A file of the result. */
export interface GeneratedFile {
  /** Relative to the application's folder, `/` separators: `k8s/web/deployment.yaml`, `PERSONA.md`. */
  path: string;
  /** Its bytes, UTF-8, ending with a newline. */
  content: string;
  /** The Kubernetes objects in it, for the checks; empty for kustomizations, workflows and prose. */
  objects: KubernetesObject[];
  /** The text is a Helm template: the objects are what it renders to by default. */
  isTemplate?: true;
  /** DNS-safe name of the component that it belongs to; absent for what belongs to all. */
  component?: string;
}

/** Something that only a person can decide or do; a line of the "To decide" block. */
export interface Decision {
  topic:
    | 'image'
    | 'repository'
    | 'secrets'
    | 'port'
    | 'root'
    | 'storage'
    | 'schedule'
    | 'workflow'
    | 'build'
    | 'config'
    | 'dependency'
    | 'cluster'
    | 'output';
  /** DNS-safe component name, absent for the whole application. */
  component?: string;
  /** One sentence. */
  message: string;
  /** The exact command that settles it, to be run in the application's folder. */
  command?: string;
}

/** What to run after writing. */
export interface NextSteps {
  /** Registers the application with Argo CD once commit and push are done. */
  register?: string;
  /** The same without GitOps. */
  apply: string;
  /** Reaches the first component with a port; absent where none has one. */
  reach?: string;
}

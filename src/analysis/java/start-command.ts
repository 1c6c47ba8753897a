// The command that starts what a Java build makes.
import { CONFIDENCE, createFact, type Fact } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { joinPath } from '../code/code-file.ts';
import { mainProcess, parseProcfile } from '../procfile.ts';
import type { JavaProject } from './java-project.ts';

/** Procfile's web process, else `java -jar` of what the build leaves; an archive for an application server has none. */
export function findJavaStart(
  scope: Scope,
  project: JavaProject,
  framework: string | undefined,
): Fact<string> | undefined {
  const procfile = joinPath(scope.dir, 'Procfile');
  const entry = mainProcess(parseProcfile(scope.tree.read(procfile) ?? ''));
  if (entry)
    return createFact(entry.command, CONFIDENCE.manifest, {
      file: procfile,
      line: entry.line,
      reason: `process ${entry.process}`,
    });
  const isSpring = /Spring (?:Boot|Cloud)|Grails|JHipster/.test(framework ?? '');
  if (project.packaging !== 'jar' && !isSpring) return undefined;
  const evidence = { file: project.file, reason: `${project.tool} builds the archive` };
  return createFact(commandOf(project, framework, isSpring), CONFIDENCE.frameworkDefault, evidence);
}

function commandOf({ tool }: JavaProject, framework: string | undefined, isSpring: boolean): string {
  if (framework === 'Quarkus')
    return `java $JAVA_OPTS -jar ${tool === 'maven' ? 'target' : 'build'}/quarkus-app/quarkus-run.jar`;
  const port = isSpring ? '-Dserver.port=$PORT ' : '';
  if (tool === 'maven') return `java ${port}$JAVA_OPTS -jar target/*jar`;
  return `java $JAVA_OPTS -jar ${port}$(ls -1 build/libs/*jar | grep -v plain)`;
}

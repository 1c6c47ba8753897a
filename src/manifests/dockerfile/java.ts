// Dockerfiles for Java and Kotlin: what Maven or Gradle packages of a framework whose package starts by itself.
import { closing, majorOf, type Recipe, type RecipeSubject } from './build-inputs.ts';

const defaultJava = '21';
/** Releases that the images have. */
const releases = new Set(['8', '11', '17', '21', '25']);

/** A server or a worker of Spring Boot or Quarkus; any other package may need its libraries beside it. */
export const javaRecipe: Recipe = (subject) => {
  const release = releaseOf(subject);
  const packaged = packagedBy(subject);
  if (packaged === undefined) return undefined;
  const { tool, command } = packaged;
  return [
    `FROM ${tool === 'maven' ? `maven:3-eclipse-temurin-${release}` : `gradle:8-jdk${release}`} AS build`,
    'WORKDIR /src',
    'COPY . .',
    `RUN ${command}`,
    '',
    `FROM eclipse-temurin:${release}-jre`,
    'WORKDIR /app',
    'COPY --from=build /app ./',
    ...closing(subject),
    `ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/${/quarkus/i.test(subject.framework) ? 'quarkus-run.jar' : 'app.jar'}"]`,
  ];
};

function releaseOf({ languageVersion }: RecipeSubject): string {
  const major = majorOf(languageVersion.replace(/^1\./, ''));
  return major !== undefined && releases.has(major) ? major : defaultJava;
}

interface Packaging {
  tool: 'maven' | 'gradle';
  command: string;
}

function packagedBy(subject: RecipeSubject): Packaging | undefined {
  const { entries, framework } = subject;
  const isSpring = /^spring boot$/i.test(framework);
  if (!isSpring && !/^quarkus$/i.test(framework)) return undefined;
  if (entries.has('pom.xml'))
    return {
      tool: 'maven',
      command: `mvn -B -ntp -DskipTests package && ${keep(isSpring, 'target', 'target')}`,
    };
  if (!entries.has('build.gradle') && !entries.has('build.gradle.kts')) return undefined;
  const task = isSpring ? 'bootJar' : 'build -x test';
  return {
    tool: 'gradle',
    command: `gradle --no-daemon ${task} && ${keep(isSpring, 'build', 'build/libs')}`,
  };
}

/** Puts what starts into /app: the one jar, or Quarkus' folder. */
function keep(isSpring: boolean, folder: string, jars: string): string {
  if (!isSpring) return `cp -r ${folder}/quarkus-app /app`;
  const others = ['plain', 'sources', 'javadoc'].map((name) => `${jars}/*-${name}.jar`).join(' ');
  return `rm -f ${others} && mkdir /app && cp ${jars}/*.jar /app/app.jar`;
}

import { expect } from 'chai';
import { javaAnalyser } from '../../../src/analysis/analysers/java.ts';
import { javaRoots } from '../../../src/analysis/discovery/java.ts';
import { componentOf, envOf, portsOf, probesOf, rootsOf, type Files } from '../code/claims-of.ts';
import { checkMutations, timeOf } from '../code/fuzz.ts';

const of = (files: Files) => componentOf(javaAnalyser, files);
const dependency = (name: string) =>
  `<dependency><groupId>${name.split(':')[0]}</groupId><artifactId>${name.split(':')[1]}</artifactId></dependency>\n`;
const pom = (dependencies: string[], extra = '') =>
  `<project>\n<groupId>com.acme</groupId>\n<artifactId>shop</artifactId>\n<version>1.0</version>\n${extra}\n<dependencies>\n${dependencies.map(dependency).join('')}</dependencies>\n</project>\n`;
const boot = (version: string) =>
  `<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version></parent>`;
const web = 'org.springframework.boot:spring-boot-starter-web';
const actuator = 'org.springframework.boot:spring-boot-starter-actuator';
const spring = (properties: string, ...more: string[]) => ({
  'pom.xml': pom([web, ...more], boot('3.4.0')),
  'src/main/resources/application.properties': properties,
});
const program = { 'src/main/java/App.java': 'class App { public static void main(String[] args) {} }\n' };

describe('analysis of Java and Kotlin', () => {
  describe('ports', () => {
    const cases: Record<string, [Files, string[]]> = {
      'Spring’s default needs a web starter': [spring(''), ['8080$SERVER_PORT']],
      'without one there is none': [
        { 'pom.xml': pom(['org.springframework.boot:spring-boot-starter'], boot('3.4.0')), ...program },
        [],
      ],
      'server.port in properties': [spring('server.port=9012\n'), ['9012$SERVER_PORT']],
      'a placeholder’s default, and the variable that moves it': [
        spring('server.port=${PORT:5000}\n'),
        ['5000$PORT'],
      ],
      'a placeholder of a placeholder': [
        spring('server.port=${HTTP:${app.port}}\napp.port=7777\n'),
        ['7777$HTTP'],
      ],
      'YAML, the default document only': [
        {
          'pom.xml': pom([web], boot('3.4.0')),
          'src/main/resources/application.yml':
            'server:\n  port: 8081\n---\nspring:\n  config:\n    activate:\n      on-profile: dev\nserver:\n  port: 9999\n',
        },
        ['8081$SERVER_PORT'],
      ],
      'a port of its own for management has its name': [
        spring('server.port=8080\nmanagement.server.port=8090\n'),
        ['8080$SERVER_PORT', '8090$MANAGEMENT_SERVER_PORT/management'],
      ],
      'Quarkus, and not its dev profile': [
        {
          'pom.xml': pom(['io.quarkus:quarkus-rest']),
          'src/main/resources/application.properties': '%dev.quarkus.http.port=1\nquarkus.http.port=9898\n',
        },
        ['9898$QUARKUS_HTTP_PORT'],
      ],
      Micronaut: [
        {
          'pom.xml': pom(['io.micronaut:micronaut-http-server-netty']),
          'src/main/resources/application.yml': 'micronaut:\n  server:\n    port: 4444\n',
        },
        ['4444$MICRONAUT_SERVER_PORT'],
      ],
      'Ktor in source': [
        {
          'build.gradle.kts':
            'plugins { application }\ndependencies {\n  implementation("io.ktor:ktor-server-netty:3.0")\n}\n',
          'src/main/kotlin/App.kt': 'fun main() {\n  embeddedServer(Netty, port = 8082) {}.start()\n}\n',
        },
        ['8082'],
      ],
      'Ktor in HOCON': [
        {
          'build.gradle.kts': 'dependencies { implementation("io.ktor:ktor-server-netty:3.0") }\n',
          'src/main/resources/application.conf':
            'ktor {\n  deployment {\n    port = 8085\n    port = ${?PORT}\n  }\n}\n',
        },
        ['8085$PORT'],
      ],
      'the standard library’s server, through the environment': [
        {
          'pom.xml': pom([]),
          'src/main/java/App.java':
            'class App { public static void main(String[] a) {\n int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8088"));\n HttpServer.create(new InetSocketAddress(port), 0);\n} }\n',
        },
        ['8088$PORT'],
      ],
      'Liberty’s endpoint': [
        {
          'pom.xml': pom(
            [],
            '<packaging>war</packaging><build><plugins><plugin><groupId>io.openliberty.tools</groupId><artifactId>liberty-maven-plugin</artifactId></plugin></plugins></build>',
          ),
          'src/main/liberty/config/server.xml':
            '<server>\n<httpEndpoint id="x" httpPort="9081"/>\n</server>\n',
        },
        ['9081'],
      ],
    };
    for (const [title, [files, ports]] of Object.entries(cases))
      it(title, () => expect(portsOf(of(files))).to.deep.equal(ports));

    it('the evidence of a setting names its line', () => {
      expect(of(spring('a=1\nserver.port=9012\n')).ports[0]?.evidence[0]).to.include({
        file: 'src/main/resources/application.properties',
        line: 2,
      });
    });
  });

  describe('health', () => {
    const cases: Record<string, [Files, [string | undefined, string | undefined]]> = {
      'actuator serves probes': [
        spring('', actuator),
        ['/actuator/health/liveness', '/actuator/health/readiness'],
      ],
      'its base path and the context path are honoured': [
        spring('management.endpoints.web.base-path=/ops\nserver.servlet.context-path=/shop\n', actuator),
        ['/shop/ops/health/liveness', '/shop/ops/health/readiness'],
      ],
      'a port of its own is where it is asked': [
        spring('management.server.port=8090\n', actuator),
        ['/actuator/health/liveness:8090', '/actuator/health/readiness:8090'],
      ],
      'before 2.3 there are no groups': [
        { 'pom.xml': pom([web, actuator], boot('2.2.6.RELEASE')) },
        ['/actuator/health', '/actuator/health'],
      ],
      'in version 1 it has no base path': [
        { 'pom.xml': pom([web, actuator], boot('1.5.22.RELEASE')) },
        ['/health', '/health'],
      ],
      'no actuator, no invented path': [spring(''), [undefined, undefined]],
      'SmallRye Health': [
        { 'pom.xml': pom(['io.quarkus:quarkus-smallrye-health']) },
        ['/q/health/live', '/q/health/ready'],
      ],
      'Micronaut’s management': [
        { 'pom.xml': pom(['io.micronaut:micronaut-management']) },
        ['/health/liveness', '/health/readiness'],
      ],
      'a mapping behind the prefix of its class': [
        {
          ...spring(''),
          'src/main/java/Ops.java':
            '@RestController\n@RequestMapping("/ops")\npublic class Ops {\n  @GetMapping("/healthz")\n  String h() { return ""; }\n  @PostMapping("/livez")\n  void p() {}\n}\n',
        },
        ['/ops/healthz', '/ops/healthz'],
      ],
      'JAX-RS': [
        {
          'pom.xml': pom(['io.quarkus:quarkus-rest']),
          'src/main/java/H.java':
            '@Path("/ready")\npublic class H {\n  @GET\n  public String get() { return ""; }\n}\nclass O {\n @GET @Path("/healthz")\n String h() { return ""; }\n}\n',
        },
        ['/healthz', '/healthz'],
      ],
      'Ktor’s nested routes': [
        {
          'build.gradle.kts': 'dependencies { implementation("io.ktor:ktor-server-netty:3.0") }\n',
          'src/main/kotlin/R.kt':
            'import io.ktor.server.routing.*\nfun Route.x() {\n  route("/internal") {\n    get("/healthz") { }\n  }\n}\n',
        },
        ['/internal/healthz', '/internal/healthz'],
      ],
    };
    for (const [title, [files, probes]] of Object.entries(cases))
      it(title, () => expect(probesOf(of(files))).to.deep.equal(probes));
  });

  describe('projects', () => {
    it('a module inherits its parent’s dependencies and properties', () => {
      const files = {
        'pom.xml': `<project><groupId>g</groupId><artifactId>all</artifactId><version>2.0</version><packaging>pom</packaging><modules><module>api</module></modules><properties><java.version>21</java.version></properties><dependencies>${dependency(web)}</dependencies></project>`,
        'api/pom.xml':
          '<project><parent><groupId>g</groupId><artifactId>all</artifactId><version>2.0</version></parent><artifactId>api</artifactId></project>',
      };
      const component = componentOf(javaAnalyser, files, 'api');
      expect([
        component.framework?.value,
        component.languageVersion?.value,
        component.version?.value,
      ]).to.deep.equal(['Spring Boot', '21', '2.0']);
    });

    it('Gradle’s version catalog names plugins and libraries', () => {
      const component = of({
        'build.gradle.kts':
          'plugins {\n  alias(libs.plugins.spring.boot)\n}\ndependencies {\n  implementation(libs.spring.web)\n  testImplementation(libs.pg)\n}\n',
        'gradle/libs.versions.toml':
          '[libraries]\nspring-web = { module = "org.springframework.boot:spring-boot-starter-web" }\npg = "org.postgresql:postgresql:42"\n[plugins]\nspring-boot = { id = "org.springframework.boot", version = "3.4.0" }\n',
        'src/main/kotlin/App.kt': 'fun main() {}\n',
      });
      expect([component.framework?.value, component.language?.value, component.dependencies]).to.deep.equal([
        'Spring Boot',
        'kotlin',
        [],
      ]);
    });

    it('a test’s dependency is none of the application’s', () => {
      const text = pom([web]).replace(
        '</dependencies>',
        '<dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><scope>test</scope></dependency></dependencies>',
      );
      expect(of({ 'pom.xml': text, ...program }).dependencies).to.deep.equal([]);
    });

    it('entities of a pom are not expanded', () => {
      const text = `<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${pom([web]).replace('>shop<', '>&b;<')}`;
      expect(of({ 'pom.xml': text, ...program }).language?.value).to.equal('java');
    });

    it('variables come from source and from placeholders', () => {
      const component = of({
        ...spring('spring.datasource.password=${DB_PASSWORD}\napp.level=${LEVEL:info}\n'),
        'src/main/java/A.java': 'class A { String a = System.getenv("REGION"); }\n',
      });
      expect(envOf(component)).to.deep.equal(['DB_PASSWORD!*', 'LEVEL', 'REGION!']);
    });
  });

  describe('roots', () => {
    const cases: Record<string, [Files, string[]]> = {
      'modules that run, not the parent and not the library': [
        {
          'pom.xml':
            '<project><artifactId>all</artifactId><packaging>pom</packaging><modules><module>api</module></modules></project>',
          'api/pom.xml': pom([web]),
          'api/src/main/java/App.java': program['src/main/java/App.java'],
          'lib/pom.xml': pom([]),
          'lib/src/main/java/Lib.java': 'class Lib {}\n',
        },
        ['api'],
      ],
      'a web archive is one without a main method': [
        { 'pom.xml': pom([], '<packaging>war</packaging>') },
        ['.'],
      ],
      'a Gradle application': [
        { 'build.gradle': "plugins {\n  id 'application'\n}\n", 'src/main/java/A.java': 'class A {}\n' },
        ['.'],
      ],
      'a single project is one, whatever it does': [
        { 'pom.xml': pom([]), 'src/main/java/A.java': 'class A {}\n' },
        ['.'],
      ],
      'an unpacked archive': [{ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\nMain-Class: a.B\n' }, ['.']],
    };
    for (const [title, [files, dirs]] of Object.entries(cases))
      it(title, () => expect(rootsOf(javaRoots, files)).to.deep.equal(dirs));
  });

  it('mutated build files, settings and sources give claims with evidence, and no exception', () => {
    checkMutations(javaAnalyser, javaRoots, {
      ...spring('server.port=${PORT:8080}\nmanagement.server.port=1\n', actuator),
      'src/main/resources/application.yml': 'server:\n  port: 8081\n  a: &x [1, 2]\n  b: *x\n---\nc: d\n',
      'src/main/resources/application.conf': 'ktor {\n  port = ${?PORT}\n}\n',
      'src/main/java/App.java':
        'class App { public static void main(String[] a) { new ServerSocket(PORT); } static final int PORT = 1; @GetMapping("/healthz") void h() {} }\n',
    });
    checkMutations(javaAnalyser, javaRoots, {
      'build.gradle':
        "plugins {\n  id 'org.springframework.boot' version '3.1'\n  alias(libs.plugins.x)\n}\ndependencies {\n  implementation group: 'a', name: 'b'\n}\nversion = '1'\n",
      'settings.gradle': "rootProject.name = 'a'\ninclude 'b', ':c'\n",
      'gradle/libs.versions.toml': '[plugins]\nx = "a.b:1"\n',
      'src/main/kotlin/App.kt': 'fun main() { embeddedServer(Netty, port = 8080) }\n',
    });
  });

  it('time grows with the length of the text, not with its square', function () {
    this.timeout(20_000);
    const others = { 'pom.xml': pom([web]) };
    const cases: [string, string][] = [
      ['src/main/java/A.java', 'new ServerSocket(a); int a = b; int b = a;\n'],
      ['src/main/java/A.java', '@GetMapping("/a") class A {\n'],
      ['src/main/kotlin/A.kt', 'route("/a") { get("/b") { ktor \n'],
      ['src/main/resources/application.properties', 'a.b=${C:${D:1}}\n'],
      ['src/main/resources/application.yml', '- [\n'],
      ['pom.xml', '<a>'],
    ];
    for (const [file, line] of cases) {
      const rest = file === 'pom.xml' ? {} : others;
      expect(timeOf(javaAnalyser, file, line, 400_000, rest), line).to.be.below(3000);
    }
  });
});

// Java and Kotlin frameworks, most specific first: the artifacts that recognise them, and what they do when nothing says otherwise.
import type { Framework } from './framework.ts';

/** `packages` are `group:artifact` of dependencies, plugins, parents and imported BOMs; `x*` matches a prefix. */
export const javaFrameworks: readonly Framework[] = [
  {
    name: 'Grails',
    packages: ['org.grails:*', 'org.grails.*'],
    kind: 'server',
    port: 8080,
    portEnv: 'SERVER_PORT',
  },
  {
    name: 'JHipster',
    packages: ['tech.jhipster:*', 'io.github.jhipster:*'],
    kind: 'server',
    port: 8080,
    portEnv: 'SERVER_PORT',
  },
  { name: 'Spring Cloud', packages: ['org.springframework.cloud:*'], port: 8080, portEnv: 'SERVER_PORT' },
  {
    name: 'Spring Boot',
    packages: ['org.springframework.boot:*', 'org.springframework.boot'],
    port: 8080,
    portEnv: 'SERVER_PORT',
  },
  {
    name: 'Quarkus',
    packages: ['io.quarkus:*', 'io.quarkus.platform:*', 'io.quarkus'],
    kind: 'server',
    port: 8080,
    portEnv: 'QUARKUS_HTTP_PORT',
  },
  {
    name: 'Micronaut',
    packages: ['io.micronaut:*', 'io.micronaut.*'],
    kind: 'server',
    port: 8080,
    portEnv: 'MICRONAUT_SERVER_PORT',
  },
  { name: 'Helidon', packages: ['io.helidon.*', 'io.helidon:*'], kind: 'server', port: 8080 },
  { name: 'Dropwizard', packages: ['io.dropwizard:*'], kind: 'server', port: 8080 },
  { name: 'Vert.x', packages: ['io.vertx:*'], kind: 'server' },
  {
    name: 'Ktor',
    packages: ['io.ktor:ktor-server*', 'io.ktor.plugin'],
    kind: 'server',
    port: 8080,
    portEnv: 'PORT',
  },
  { name: 'Javalin', packages: ['io.javalin:*'], kind: 'server', port: 8080 },
  { name: 'Spark Java', packages: ['com.sparkjava:*'], kind: 'server', port: 4567 },
  {
    name: 'Play',
    packages: ['com.typesafe.play:play*', 'org.playframework:play*'],
    kind: 'server',
    port: 9000,
  },
  { name: 'Ratpack', packages: ['io.ratpack:*'], kind: 'server', port: 5050 },
  { name: 'http4k', packages: ['org.http4k:*'], kind: 'server' },
  { name: 'Armeria', packages: ['com.linecorp.armeria:*'], kind: 'server' },
  {
    name: 'JBoss EAP',
    packages: [
      'org.jboss.eap.plugins:*',
      'org.jboss.bom:eap-runtime-artifacts',
      'org.jboss.bom:jboss-eap-j*',
      'org.jboss.bom.eap:*',
    ],
    kind: 'server',
    port: 8080,
  },
  {
    name: 'WildFly',
    packages: ['org.wildfly.plugins:*', 'org.wildfly.bom:*', 'org.wildfly.swarm:*', 'io.thorntail:*'],
    kind: 'server',
    port: 8080,
  },
  {
    name: 'Open Liberty',
    packages: ['io.openliberty.*', 'io.openliberty:*', 'net.wasdev.wlp.*'],
    kind: 'server',
    port: 9080,
  },
  {
    name: 'WebLogic',
    packages: ['com.oracle.weblogic:*', 'com.oracle.weblogic.*', 'weblogic:*'],
    kind: 'server',
    port: 7001,
  },
  {
    name: 'WebSphere',
    packages: ['com.ibm.websphere.*', 'com.ibm.websphere:*', 'com.ibm.tools.target:*'],
    kind: 'server',
    port: 9080,
  },
  { name: 'Payara', packages: ['fish.payara.*'], kind: 'server', port: 8080 },
  { name: 'TomEE', packages: ['org.apache.tomee*'], kind: 'server', port: 8080 },
  { name: 'MicroProfile', packages: ['org.eclipse.microprofile:microprofile'], kind: 'server' },
  { name: 'Jakarta EE', packages: ['jakarta.platform:*', 'javax:javaee*'], kind: 'server', port: 8080 },
  {
    name: 'Spring',
    packages: [
      'org.springframework:spring-webmvc',
      'org.springframework:spring-webflux',
      'org.springframework:spring-context',
      'org.springframework:spring-core',
    ],
  },
  { name: 'Struts', packages: ['org.apache.struts:*'], kind: 'server', port: 8080 },
  { name: 'Vaadin', packages: ['com.vaadin:*'], kind: 'server', port: 8080 },
  { name: 'Jersey', packages: ['org.glassfish.jersey.*'], kind: 'server' },
  {
    name: 'Jetty',
    packages: ['org.eclipse.jetty:jetty-server', 'org.eclipse.jetty:jetty-maven-plugin'],
    kind: 'server',
    port: 8080,
  },
  { name: 'Servlet', packages: ['jakarta.servlet:*', 'javax.servlet:*'], kind: 'server', port: 8080 },
];

/** What makes a Spring Boot application listen; without any of these it is a job or a worker. */
export const springWebPackages: readonly string[] = [
  'org.springframework.boot:spring-boot-starter-web*',
  'org.springframework.boot:spring-boot-starter-jersey',
  'org.springframework.boot:spring-boot-starter-data-rest',
  'org.springframework.boot:spring-boot-starter-hateoas',
  'org.springframework.boot:spring-boot-starter-tomcat',
  'org.springframework.boot:spring-boot-starter-jetty',
  'org.springframework.boot:spring-boot-starter-undertow',
  'org.springframework.boot:spring-boot-starter-reactor-netty',
  'org.springframework.cloud:spring-cloud-starter-gateway*',
  'org.springframework.cloud:spring-cloud-starter-netflix-eureka-server',
  'org.springframework.cloud:spring-cloud-config-server',
  'org.springdoc:*',
  'com.vaadin:*',
  'org.grails:*',
];

/** Libraries of command lines. */
export const javaCliPackages: readonly string[] = [
  'info.picocli:*',
  'com.github.ajalt.clikt:*',
  'org.springframework.shell:*',
  'com.beust:jcommander',
];

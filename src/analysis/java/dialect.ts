// How Java and Kotlin define names, methods and constants, and how they read the environment.
import type { CodeSelection } from '../code/code-file.ts';
import type { Dialect } from '../code/dialect.ts';

/** Which files are the application's Java and Kotlin source. */
export const javaSelection: CodeSelection = {
  syntax: 'java',
  extensions: ['.java', '.kt'],
  isLeftOut: (path) =>
    /(?:^|\/)(?:src\/(?:test|it|integrationTest|testFixtures)|target|build|generated)\//.test(path),
};

/** Patterns of Java and Kotlin for the port resolver. */
export const javaDialect: Dialect = {
  definitions: [
    // static final int PORT = 8080; val port = System.getenv("PORT")?.toInt() ?: 8080
    /\b(?:int|Integer|String|long|var|val|final)[ \t]{1,8}(?<name>[A-Za-z_]\w{0,60})[ \t]{0,4}(?::[ \t]{0,4}[\w?]{1,30}[ \t]{0,4})?=(?!=)\s{0,8}(?<value>[^;\n]{1,300})/g,
    // port = 8080;
    /(?<=^[ \t]{0,40}(?:this\.)?)(?<name>[A-Za-z_]\w{0,60})[ \t]{0,4}=(?!=)[ \t]{0,4}(?<value>[^;\n]{1,300})/gm,
    // @Value("${server.port:8080}") private int port;
    /@Value\(\s{0,4}"\$\{[\w.-]{1,80}:(?<value>\d{2,5})\}"\s{0,4}\)\s{0,80}(?:(?:private|protected|public|final|static|lateinit|var|val|int|Integer|String)\s{1,8}){1,5}(?<name>\w{1,60})/g,
  ],
  environmentReads: [
    /\bSystem\.getenv\(\s{0,4}"(?<name>[A-Za-z_]\w{0,119})"/g,
    /\bgetenv\(\)\s{0,8}(?:\.\s{0,4}(?:get|getOrDefault|containsKey)\(|\[)\s{0,4}"(?<name>[A-Za-z_]\w{0,119})"/g,
    /\b(?:\w{0,20}[eE]nv\w{0,20}(?:\.\w{1,20})?)\(\s{0,4}"(?<name>[A-Z][A-Z0-9_]{0,119})"/g,
  ],
  functions: /\b(?:int|Integer|String|fun)\s{1,4}(?<name>\w{1,60})\s{0,4}\(/g,
};

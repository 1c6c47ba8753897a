// Modules of oclif mean the same when what they import is loaded late.
import { Script, createContext } from 'node:vm';
import { expect } from 'chai';
import { delayRequires } from '../../../../bin/tasks/build/lazy-requires.ts';

const source = `"use strict";
var __importDefault = (module) => ({ default: module });
const parser_1 = require("./parser");
const wrap_1 = __importDefault(require("wrap"));
var other_2 = require("./other");
exports.create = () => new parser_1.Parser().word;
exports.parse = () => (0, parser_1.parse)();
exports.wrap = () => (0, wrap_1.default)();
exports.unrelated = () => ({ my_parser_1: 1, parser_10: 2 });
Object.defineProperty(exports, "other", { get: function () { return other_2.word; } });
`;

type Exported = Record<string, () => unknown> & { other: string };

/** Runs it as CommonJS; `loads` fills with the modules that it loads, in order. */
function run(text: string): { exported: Exported; loads: string[] } {
  const loads: string[] = [];
  class Parser {
    readonly word = 'parsed';
  }
  const modules = new Map<string, unknown>([
    ['./parser', { Parser, parse: () => 'called' }],
    ['./other', { word: 'read' }],
    ['wrap', () => 'wrapped'],
  ]);
  const exported = {} as Exported;
  const require = (name: string) => {
    loads.push(name);
    return modules.get(name);
  };
  new Script(text).runInContext(createContext({ exports: exported, require }));
  return { exported, loads };
}

describe('a module with delayed imports', () => {
  it('loads nothing until something is used, and each module once', () => {
    const { exported, loads } = run(delayRequires(source));
    expect(loads).to.deep.equal([]);
    expect([exported['wrap']?.(), exported['wrap']?.()]).to.deep.equal(['wrapped', 'wrapped']);
    expect(loads).to.deep.equal(['wrap']);
  });

  it('means what it meant: classes, calls, defaults, what it hands on, names that look alike', () => {
    const answers = [source, delayRequires(source)].map((text) => {
      const { exported } = run(text);
      const called = ['create', 'parse', 'wrap', 'unrelated'].map((name) => exported[name]?.());
      return JSON.stringify([called, exported.other]);
    });
    expect(answers[1]).to.equal(answers[0]);
    expect(answers[0]).to.equal('[["parsed","called","wrapped",{"my_parser_1":1,"parser_10":2}],"read"]');
  });
});

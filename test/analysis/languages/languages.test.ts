import { expect } from 'chai';
import type { RootFinder } from '../../../src/analysis/discovery/root.ts';
import type { Analyser } from '../../../src/analysis/analyser.ts';
import { createLanguageRoots } from '../../../src/analysis/discovery/language.ts';
import { languages } from '../../../src/analysis/languages/all.ts';
import { createLanguageAnalyser } from '../../../src/analysis/languages/analyser.ts';
import type { Component } from '../../../src/application/component.ts';
import { componentOf, envOf, portsOf, probesOf, rootsOf, type Files } from '../code/claims-of.ts';
import { checkMutations, timeOf } from '../code/fuzz.ts';
import { frequentCases } from './frequent-cases.ts';
import { cargo, gemfile, project, type Known } from './known.ts';
import { rarerCases } from './rarer-cases.ts';

function find(name: string): { analyser: Analyser; finder: RootFinder } {
  const language = languages.find((one) => one.name === name);
  if (!language) throw new Error(`there is no language ${name}`);
  return { analyser: createLanguageAnalyser(language), finder: createLanguageRoots(language) };
}

function describeComponent(component: Component, wanted: Known): Known {
  const known: Record<keyof Known, unknown> = {
    language: component.language?.value,
    framework: component.framework?.value,
    kind: component.kind,
    ports: portsOf(component),
    start: component.startCommand?.value,
    probes: probesOf(component),
    env: envOf(component),
    dependencies: component.dependencies.map(({ name }) => name),
    version: component.languageVersion?.value,
  };
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, known[key as keyof Known]]));
}

const CASES = { ...frequentCases, ...rarerCases };

const ROOTS: Record<string, [string, Files, string[]]> = {
  'a Gemfile for tools alone is no program': ['ruby', { Gemfile: gemfile('fastlane') }, []],
  'a gem with a Rakefile is a library': [
    'ruby',
    { Gemfile: gemfile('rails'), 'lock.gemspec': 'Gem::Specification.new\n', Rakefile: 'task :test\n' },
    [],
  ],
  'a crate that is a library is no program': [
    'rust',
    { 'Cargo.toml': cargo('lib'), 'src/lib.rs': 'pub fn f() {}\n' },
    [],
  ],
  'a solution has its programs as roots, without libraries and tests': [
    'dotnet',
    {
      'src/Api/Api.csproj': project('Microsoft.NET.Sdk.Web', 'net8.0'),
      'src/Core/Core.csproj': project('Microsoft.NET.Sdk', 'net8.0'),
      'test/Api.Tests/Api.Tests.csproj': project(
        'Microsoft.NET.Sdk',
        'net8.0',
        '<OutputType>Exe</OutputType>',
      ),
      'src/Job/Job.csproj': project('Microsoft.NET.Sdk.Worker', 'net8.0'),
    },
    ['src/Api', 'src/Job'],
  ],
  'an application of Flutter is for devices': [
    'dart',
    { 'pubspec.yaml': 'dependencies:\n  flutter:\n    sdk: flutter\n', 'lib/main.dart': 'void main() {}\n' },
    [],
  ],
  'Deno’s settings beside a package.json leave it to Node': [
    'deno',
    { 'deno.json': '{}', 'package.json': '{}', 'main.ts': 'Deno.serve(h);\n' },
    [],
  ],
  'the front controller in public belongs to the folder above': [
    'php',
    { 'shop/public/index.php': '<?php\n', 'shop/src/a.php': '<?php\n' },
    ['shop'],
  ],
};

describe('languages that are described as data', () => {
  for (const [sentence, [name, files, wanted]] of Object.entries(CASES))
    it(sentence, () => {
      const component = componentOf(find(name).analyser, files);
      expect(describeComponent(component, wanted)).to.deep.equal(wanted);
    });

  describe('where their programs begin', () => {
    for (const [sentence, [name, files, wanted]] of Object.entries(ROOTS))
      it(sentence, () => {
        expect(rootsOf(find(name).finder, files)).to.deep.equal(wanted);
      });
  });

  it('has every fact’s evidence in a line of a file, whatever the bytes', () => {
    for (const [name, files] of Object.values(CASES)) {
      const { analyser, finder } = find(name);
      checkMutations(analyser, finder, files, 20);
    }
  });

  it('reads a megabyte of one repeated line in linear time', () => {
    const lines = [' ', '"', '(', '$a = ', ':port ', '{:a, ', '<PackageReference '];
    const seen = new Map(Object.values(CASES).map(([name, files]) => [name, files]));
    for (const [name, files] of seen)
      for (const line of lines) {
        const [manifest = '', source = manifest] = Object.keys(files);
        const elapsed = timeOf(find(name).analyser, source, line, 400_000, files);
        expect(elapsed, `${name}: ${line}`).to.be.below(3000);
      }
  }).timeout(60_000);
});

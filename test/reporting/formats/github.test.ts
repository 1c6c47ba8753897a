// Workflow commands as GitHub's runner reads them.
import { expect } from 'chai';
import fc from 'fast-check';
import { formatGithubAnnotations } from '../../../src/reporting/formats/github.ts';
import { checkText, deployment, persona } from '../check-text.ts';
import { hostileText } from '../hostile.ts';

/** Reads a command as the runner does: up to the second `::` properties, separated by commas, percent-decoded. */
function readCommand(line: string) {
  const [, level, list, data] = /^::(error|warning|notice) ([^\n]*?)::([^\n]*)$/.exec(line)!;
  const decode = (text: string) =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  const properties = list!.split(',').map((entry) => entry.split('=', 2).map(decode));
  return {
    level,
    properties: Object.fromEntries(properties) as Record<string, string>,
    message: decode(data!),
  };
}

describe('workflow commands', () => {
  it('name file, line, column and rule', async () => {
    const { findings } = await checkText(persona('web') + deployment('web').replace(':1.4.2', ':latest'));
    const placed = findings.map((finding) => ({ ...finding, file: 'k8s/a,b:c%.yaml' }));
    const [line] = formatGithubAnnotations(placed);
    expect(line).to.match(
      /^::warning file=k8s\/a%2Cb%3Ac%25\.yaml,line=29,col=11,title=image\/tag::Deployment\/web: /,
    );
    expect(readCommand(line!).properties).to.deep.equal({
      file: 'k8s/a,b:c%.yaml',
      line: '29',
      col: '11',
      title: 'image/tag',
    });
  });

  it('leave out what does not count, and lines where there is no file', async () => {
    const { findings } = await checkText(hostileText);
    const known = findings.map((finding) => ({ ...finding, known: true as const }));
    expect(formatGithubAnnotations(known)).to.deep.equal([]);
    const lines = formatGithubAnnotations(findings);
    expect(lines).to.have.length(findings.filter(({ exception }) => exception === undefined).length);
    for (const line of lines) expect(readCommand(line).properties).to.have.keys('title');
  });

  it('are one line each, whatever stands in them', async () => {
    const { findings } = await checkText(hostileText);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const foreign = findings.map((finding) => ({
          ...finding,
          message: text,
          file: `k8s/${text}`,
          suggestion: text,
        }));
        for (const line of formatGithubAnnotations(foreign)) {
          expect(line).not.to.match(/[\p{Cc}\p{Zl}\p{Zp}]/u);
          expect(readCommand(line).properties).to.include({ line: line.match(/,line=(\d+),/)![1] });
        }
      }),
      { numRuns: 60 },
    );
  });
});

import { expect } from 'chai';
import { pythonAnalyser } from '../../../src/analysis/analysers/python.ts';
import { pythonRoots } from '../../../src/analysis/discovery/python.ts';
import { rootsOf, type Files } from '../code/claims-of.ts';
import { checkMutations, timeOf } from '../code/fuzz.ts';

describe('roots and robustness of Python', () => {
  describe('roots', () => {
    const cases: Record<string, [Files, string[]]> = {
      'two services side by side': [
        {
          'a/requirements.txt': 'flask',
          'a/app.py': 'x = 1',
          'b/pyproject.toml': '[project]\nname = "b"',
          'b/main.py': 'x = 1',
        },
        ['a', 'b'],
      ],
      'a library is no root': [
        { 'lib/pyproject.toml': '[project]\nname = "lib"', 'lib/lib/core.py': 'def f(): pass\n' },
        [],
      ],
      'a lone main file is one': [{ 'bot.py': 'print(1)\n' }, ['.']],
      'a main file below a manifest belongs to it': [
        { 'requirements.txt': 'flask', 'app.py': '', 'sub/main.py': 'if __name__ == "__main__": pass\n' },
        ['.'],
      ],
      'tests and documentation are none': [
        { 'docs/requirements.txt': 'sphinx', 'docs/main.py': 'x = 1', 'tests/main.py': 'x = 1' },
        [],
      ],
    };
    for (const [title, [files, dirs]] of Object.entries(cases))
      it(title, () => expect(rootsOf(pythonRoots, files)).to.deep.equal(dirs));
  });

  it('mutated manifests and sources give claims with evidence, and no exception', () => {
    checkMutations(pythonAnalyser, pythonRoots, {
      'pyproject.toml':
        '[project]\nname = "a"\nversion = "1"\ndependencies = ["fastapi", "uvicorn"]\n[project.scripts]\na = "a:main"\n',
      'requirements.txt': '-r base.txt\nflask[async]==1 # x\n',
      'base.txt': 'redis\n',
      Procfile: 'web: gunicorn --bind 0.0.0.0:${PORT:-8000} app:app\n',
      'setup.cfg': '[options]\ninstall_requires =\n  flask\n',
      'main.py':
        'import os\nfrom fastapi import FastAPI, APIRouter\nPORT = int(os.getenv("PORT", "8080"))\napp = FastAPI()\nr = APIRouter(prefix="/a")\n@r.get("/healthz")\ndef h(): pass\napp.include_router(r, prefix=f"/v{1}")\nuvicorn.run(app, port=PORT)\n',
    });
  });

  it('time grows with the length of the text, not with its square', function () {
    this.timeout(20_000);
    for (const line of [
      'app.run(port=a)\na = b\nb = a\n',
      '@app.route("/x")\n',
      'x = "((((" (((( \n',
      'from a import (',
      'os.environ.get("A", ',
      '"""',
    ]) {
      const time = timeOf(pythonAnalyser, 'main.py', line, 400_000);
      expect(time, JSON.stringify(line)).to.be.below(3000);
    }
  });
});

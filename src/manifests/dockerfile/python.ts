// Dockerfiles for Python: everything into one virtual environment, which is all that the last stage takes from the first.
import { closing, startInstruction, type Recipe, type RecipeSubject } from './build-inputs.ts';

const defaultPython = '3.13';

/** How packages are installed, by the file that names them, the firmest first. */
const installers: readonly { files: readonly string[]; commands: readonly string[] }[] = [
  {
    files: ['uv.lock', 'pyproject.toml'],
    commands: ['pip install --no-cache-dir uv && uv sync --frozen --no-dev --no-install-project --active'],
  },
  {
    files: ['poetry.lock', 'pyproject.toml'],
    commands: ['pip install --no-cache-dir poetry && poetry install --only main --no-root --no-interaction'],
  },
  { files: ['requirements.txt'], commands: ['pip install --no-cache-dir -r requirements.txt'] },
  {
    files: ['Pipfile.lock', 'Pipfile'],
    commands: ['pip install --no-cache-dir pipenv && pipenv install --deploy --ignore-pipfile'],
  },
];

/** A server or a worker. */
export const pythonRecipe: Recipe = (subject) => {
  const installer = installers.find(({ files }) => files.every((name) => subject.entries.has(name)));
  if (!installer || subject.startCommand === undefined) return undefined;
  const image = `python:${versionOf(subject)}-slim`;
  return [
    `FROM ${image} AS build`,
    'WORKDIR /app',
    'RUN python -m venv /venv',
    'ENV VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH',
    // A list of requirements may read others beside it.
    installer.files.includes('requirements.txt') ? 'COPY . .' : `COPY ${installer.files.join(' ')} ./`,
    ...installer.commands.map((command) => `RUN ${command}`),
    '',
    `FROM ${image}`,
    'ENV VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1',
    'WORKDIR /app',
    'COPY --from=build /venv /venv',
    'COPY . .',
    ...closing(subject),
    startInstruction(subject.startCommand),
  ];
};

/** A version that is named, not one that is only the lowest. */
function versionOf({ languageVersion }: RecipeSubject): string {
  return /^[=~^ ]{0,3}(3\.\d{1,2})(?:\.|$)/.exec(languageVersion)?.[1] ?? defaultPython;
}

// Dockerfiles for Go: one static program in an image that has nothing else but certificates and time zones.
import { closing, type Recipe } from './build-inputs.ts';

const defaultGo = '1.26';

/** Folders that programs read while they run, if they do not embed them. */
const dataFolders = ['assets', 'config', 'migrations', 'public', 'static', 'templates', 'views', 'web'];

/** A server or a worker. */
export const goRecipe: Recipe = (subject) => {
  const { entries, programFolder, languageVersion } = subject;
  const isKnown = programFolder !== undefined && /^[\w./-]+$/.test(programFolder);
  if (!entries.has('go.mod') || !isKnown) return undefined;
  const version = /^(1\.\d{1,3})(?:\.|$)/.exec(languageVersion)?.[1] ?? defaultGo;
  const data = dataFolders.filter((folder) => entries.has(folder));
  return [
    `FROM golang:${version}-alpine AS build`,
    'WORKDIR /src',
    `COPY go.mod${entries.has('go.sum') ? ' go.sum' : ''} ./`,
    'RUN go mod download',
    'COPY . .',
    `RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/app ./${programFolder === '.' ? '' : programFolder}`,
    '',
    'FROM gcr.io/distroless/static-debian12',
    'WORKDIR /app',
    'COPY --from=build /out/app /app/app',
    ...data.map((folder) => `COPY ${folder} ./${folder}`),
    ...closing(subject),
    'ENTRYPOINT ["/app/app"]',
  ];
};

// Which folders a Dockerfile can bring into its image.
import { expect } from 'chai';
import { readImageReach } from '../../../src/analysis/discovery/image-reach.ts';
import { createMemoryTree } from '../memory-tree.ts';

const reach = (text: string, context = '.') =>
  readImageReach(createMemoryTree({ Dockerfile: text }), { path: 'Dockerfile', context });

describe('the reach of an image', () => {
  const cases: Record<string, { copies: string; context?: string; brings: string[]; leaves: string[] }> = {
    'is everything with COPY .': { copies: 'COPY . .', brings: ['client', 'a/b'], leaves: [] },
    'is the context, also where COPY climbs out of it': {
      copies: 'COPY .. .',
      brings: ['client'],
      leaves: [],
    },
    'is the folders that are copied, what is above and what is below them': {
      copies: 'COPY services/api/src /app',
      brings: ['services', 'services/api', 'services/api/src/main'],
      leaves: ['services/web', 'client'],
    },
    'is not a folder of which only files beside it are copied': {
      copies: 'COPY package*.json ./',
      brings: [],
      leaves: ['client', 'packages'],
    },
    'is what a pattern matches': { copies: 'COPY app-* /x/', brings: ['app-one/src'], leaves: ['api'] },
    'counts from the context': {
      copies: 'COPY api /app',
      context: 'backend',
      brings: ['backend/api'],
      leaves: ['api'],
    },
    'is what any stage copies': {
      copies: 'COPY client /c\nFROM nginx\nCOPY --from=0 /c /usr/share/nginx/html',
      brings: ['client'],
      leaves: ['server'],
    },
    'is unknown, so everything, where nothing is copied': { copies: '', brings: ['client'], leaves: [] },
    'is unknown, so everything, where the file is broken': {
      copies: 'NONSENSE x',
      brings: ['client'],
      leaves: [],
    },
  };
  for (const [sentence, { copies, context, brings, leaves }] of Object.entries(cases))
    it(sentence, () => {
      const found = reach(`FROM node:24\n${copies}\n`, context);
      expect([...brings, ...leaves].filter((dir) => found.brings(dir))).to.deep.equal(brings);
    });

  it('names the languages of all stages', () => {
    expect([...reach('FROM golang:1.25 AS build\nFROM alpine\nCOPY . .').languages]).to.deep.equal(['go']);
    expect([...reach('FROM alpine\nCOPY . .').languages]).to.deep.equal([]);
  });
});

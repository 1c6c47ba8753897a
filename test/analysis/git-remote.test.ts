// Remotes of every spelling come out as one address, and never with what git uses to log in.
import { expect } from 'chai';
import { parseRemotes, toWebAddress } from '../../src/analysis/git-remote.ts';

describe('git remotes', () => {
  const addresses: Record<string, string | undefined> = {
    'https://github.com/acme/shop.git': 'https://github.com/acme/shop',
    'https://user:ghp_secret@github.com/acme/shop.git': 'https://github.com/acme/shop',
    'https://x-access-token:p@ss@github.com/acme/shop': 'https://github.com/acme/shop',
    'https://oauth2:token@gitlab.example.com:8443/group/sub/shop.git/':
      'https://gitlab.example.com:8443/group/sub/shop',
    'git@github.com:acme/shop.git': 'https://github.com/acme/shop',
    'ssh://git@github.com:22/acme/shop.git': 'https://github.com/acme/shop',
    'git://Example.com/acme/shop': 'https://example.com/acme/shop',
    'https://github.com/acme/shop.git?token=abc': 'https://github.com/acme/shop',
    '/srv/git/shop.git': undefined,
    'C:/Users/me/shop': undefined,
    '../shop': undefined,
    'file:///srv/git/shop.git': undefined,
  };
  for (const [url, address] of Object.entries(addresses))
    it(`reads ${url}`, () => expect(toWebAddress(url)).to.equal(address));

  it('keeps the first URL of each remote with its line', () => {
    const config =
      '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@a.example:x/y\n\turl = other\n[branch "main"]\n\turl = z\n';
    expect([...parseRemotes(config)]).to.deep.equal([['origin', { url: 'git@a.example:x/y', line: 4 }]]);
  });
});

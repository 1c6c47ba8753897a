// Site generators that are no packages of the component: recognised by their settings file, and by what stands in it.

/** A generator of static sites. */
export interface SiteGenerator {
  readonly name: string;
  readonly files: readonly string[];
  /** What the file must say, where its name alone is shared with others. */
  readonly says?: RegExp;
  /** The language of its sources, where it is not HTML. */
  readonly language?: string;
}

/** Most specific first. */
export const siteGenerators: readonly SiteGenerator[] = [
  { name: 'Hugo', files: ['hugo.toml', 'hugo.yaml', 'hugo.yml', 'hugo.json'] },
  { name: 'Hugo', files: ['config.toml'], says: /^\s{0,8}baseURL\s{0,8}=/im },
  { name: 'Zola', files: ['config.toml', 'zola.toml'], says: /^\s{0,8}base_url\s{0,8}=/m },
  { name: 'Hugo', files: ['config.yaml', 'config.yml'], says: /^baseURL:/m },
  {
    name: 'Jekyll',
    files: ['_config.yml', '_config.yaml', '_config.toml'],
    says: /^(?:theme|remote_theme|plugins|gems|baseurl|markdown|kramdown|permalink|collections|defaults|exclude)\s{0,4}:/m,
  },
  { name: 'MkDocs', files: ['mkdocs.yml', 'mkdocs.yaml'] },
  { name: 'mdBook', files: ['book.toml'] },
  { name: 'Antora', files: ['antora-playbook.yml'] },
  { name: 'Pelican', files: ['pelicanconf.py'] },
  { name: 'Middleman', files: ['config.rb'], says: /\bactivate :|Middleman/ },
];

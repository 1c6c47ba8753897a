// Site generators that are no packages of the component: recognised by their settings file, and by what stands in it.

/** A generator of static sites. */
export interface SiteGenerator {
  readonly name: string;
  readonly files: readonly string[];
  /** What the file must say, where its name alone is shared with others. */
  readonly says?: RegExp;
  /** The language that the generator and its templates are of, where a site's folder is one of that ecosystem; default HTML. */
  readonly language?: string;
}

/** Most specific first. */
export const siteGenerators: readonly SiteGenerator[] = [
  { name: 'Hugo', files: ['hugo.toml', 'hugo.yaml', 'hugo.yml', 'hugo.json'], language: 'go' },
  { name: 'Hugo', files: ['config.toml'], says: /^\s{0,8}baseURL\s{0,8}=/im, language: 'go' },
  { name: 'Zola', files: ['config.toml', 'zola.toml'], says: /^\s{0,8}base_url\s{0,8}=/m },
  { name: 'Hugo', files: ['config.yaml', 'config.yml'], says: /^baseURL:/im, language: 'go' },
  { name: 'Hugo', files: ['config.json'], says: /^\s{0,8}"baseURL"\s{0,8}:/im, language: 'go' },
  {
    name: 'Jekyll',
    files: ['_config.yml', '_config.yaml', '_config.toml'],
    says: /^(?:theme|remote_theme|plugins|gems|baseurl|markdown|kramdown|permalink|collections|defaults|exclude)\s{0,4}:/m,
    language: 'ruby',
  },
  { name: 'MkDocs', files: ['mkdocs.yml', 'mkdocs.yaml'], language: 'python' },
  { name: 'mdBook', files: ['book.toml'] },
  { name: 'Antora', files: ['antora-playbook.yml'] },
  { name: 'Pelican', files: ['pelicanconf.py'], language: 'python' },
  { name: 'Middleman', files: ['config.rb'], says: /\bactivate :|Middleman/, language: 'ruby' },
];

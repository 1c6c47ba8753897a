// The flags of commands that make personas from source: settings that a persona shows, and what to analyse.
import * as Flags from '@oclif/core/flags';

export const sourceFlags = {
  name: Flags.string({ helpValue: 'NAME', summary: "name of the application; default its folder's" }),
  tag: Flags.string({ helpValue: 'TAG', summary: 'version of the application' }),
  'compose-file': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    summary: 'compose file instead of those found by name',
  }),
  target: Flags.string({ helpValue: 'STAGE', summary: 'stage of the Dockerfile instead of the last' }),
};

/** What oclif's parser makes of them, and of -n. */
export interface SourceFlagValues {
  name?: string | undefined;
  tag?: string | undefined;
  namespace?: string | undefined;
  'compose-file'?: string[] | undefined;
  target?: string | undefined;
}

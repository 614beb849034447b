import { fileURLToPath } from 'node:url';

/** Provide another instance of this class to read another directory. */
export class ResourcesConfig {
  constructor(
    /** Absolute path of the folder with one YAML file a country. */
    readonly directory: string = fileURLToPath(new URL('../../config/resources', import.meta.url)),
    /** ISO 3166-1 alpha-2, for requests that name no country and reach no program, as a 404. */
    readonly fallbackCountry: string | null = null,
  ) {}
}

import { fileURLToPath } from 'node:url';

/** Provide another instance of this class to read other files. */
export class WordingConfig {
  constructor(
    /** Absolute path of the folder with `en.yaml` and `es.yaml`. */
    readonly folder: string = fileURLToPath(new URL('../../config/wording', import.meta.url)),
  ) {}
}

import { Module } from '@nestjs/common';
import { WordingConfig } from './wording.config.js';
import { Wording } from './wording.service.js';

@Module({
  providers: [{ provide: WordingConfig, useValue: new WordingConfig() }, Wording],
  exports: [Wording],
})
export class WordingModule {}

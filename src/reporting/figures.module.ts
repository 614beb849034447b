import { Module } from '@nestjs/common';
import { CaseFigures } from './case-figures.service.js';

@Module({ providers: [CaseFigures] })
export class FiguresModule {}

import { Module } from '@nestjs/common';
import { PagingModule } from '../paging/paging.module.js';
import { RespondController } from './respond/respond.controller.js';

@Module({ imports: [PagingModule], controllers: [RespondController] })
export class WebModule {}

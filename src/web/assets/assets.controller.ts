import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../platform/http/allow.js';
import { Rejection } from '../../platform/http/rejection.js';
import { assets } from './assets.js';

const AssetName = z.string().max(60);

/** The style and the one script of all pages; needs nothing but this process. */
@Controller('assets')
@Allow('anyone')
export class AssetsController {
  @Get(':name')
  send(
    @Param('name', { schema: AssetName }) name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    const asset = assets.get(name);
    if (asset === undefined) throw new Rejection('not_found', 'There is no such file.');
    reply.header('Content-Type', asset.type);
    reply.header('Cache-Control', 'public, max-age=31536000, immutable');
    return asset.text;
  }
}

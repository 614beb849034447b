import { Controller, Get, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Allow } from '../allow.js';
import { openApiDocument } from './openapi-document.js';

/** The full reference of what is there; it holds no data. */
@Controller('openapi.json')
@Allow('anyone')
export class OpenApiController {
  private document: Record<string, unknown> | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  @Get()
  show(): Record<string, unknown> {
    this.document ??= openApiDocument(
      this.discovery.getControllers().map(({ metatype }) => metatype as Type),
    );
    return this.document;
  }
}

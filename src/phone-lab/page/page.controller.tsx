import { Controller, Get, Header } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { Lines } from '../network/lines.js';
import { Phones } from '../phones.js';
import { LabPage } from './lab-page.js';
import type { PhoneOnPage } from './phone-card.js';

/** The lab for somebody who looks at it. */
@Controller('lab')
export class PageController {
  constructor(
    private readonly phones: Phones,
    private readonly lines: Lines,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  show(): string {
    const lines = this.lines.numbers();
    const phones = this.phones.list().map(({ number }) => this.onPage(number, lines));
    return `<!doctype html>${render(<LabPage phones={phones} lines={lines} />)}`;
  }

  private onPage(number: string, lines: string[]): PhoneOnPage {
    const phone = this.phones.view(number);
    const conversation = this.phones.conversation(number);
    const [latest] = conversation;
    const partner = latest?.from === number ? latest.to : latest?.from;
    const [call] = phone.calls;
    const caller = call?.from === number ? call.to : call?.from;
    const to = partner ?? caller ?? lines[0] ?? '';
    return { phone, conversation, to };
  }
}

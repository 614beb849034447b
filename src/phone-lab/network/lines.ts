import { Injectable } from '@nestjs/common';
import { LabConfig } from '../phone-lab.config.js';

export interface LineWebhooks {
  smsUrl?: string | undefined;
  voiceUrl?: string | undefined;
}

/** Which address of the service a text or call to one of its numbers goes to. */
@Injectable()
export class Lines {
  private readonly webhooks = new Map<string, LineWebhooks>();

  constructor(private readonly config: LabConfig) {}

  set(number: string, webhooks: LineWebhooks): void {
    this.webhooks.set(number, { ...this.webhooks.get(number), ...webhooks });
  }

  smsUrl(number: string): string | null {
    return this.webhooks.get(number)?.smsUrl ?? this.config.smsUrl;
  }

  voiceUrl(number: string): string | null {
    return this.webhooks.get(number)?.voiceUrl ?? this.config.voiceUrl;
  }

  numbers(): string[] {
    return [...this.webhooks.keys()];
  }
}

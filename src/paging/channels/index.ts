import { Injectable } from '@nestjs/common';
import type { Channel, ChannelName } from './channel.js';
import { SmsChannel } from './sms/sms.channel.js';
import { VoiceChannel } from './voice/voice.channel.js';

/** Every channel there is; a new one is one folder and one line here. */
export const channelProviders = [SmsChannel, VoiceChannel];

@Injectable()
export class Channels {
  private readonly byName: ReadonlyMap<ChannelName, Channel>;

  constructor(sms: SmsChannel, voice: VoiceChannel) {
    const channels: Channel[] = [sms, voice];
    this.byName = new Map(channels.map((channel) => [channel.name, channel]));
  }

  has(name: string): name is ChannelName {
    return this.byName.has(name as ChannelName);
  }

  get(name: ChannelName): Channel {
    const channel = this.byName.get(name);
    if (!channel) throw new Error(`No channel ${name} is registered.`);
    return channel;
  }
}

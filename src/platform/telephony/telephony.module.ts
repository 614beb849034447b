import { Module } from '@nestjs/common';
import { Telephony } from './telephony.js';

/** `TelephonyConfig` comes from the configuration, which is global. */
@Module({ providers: [Telephony], exports: [Telephony] })
export class TelephonyModule {}

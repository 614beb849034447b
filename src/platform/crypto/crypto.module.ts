import { Module } from '@nestjs/common';
import { BlindIndex } from './blind-index.js';
import { DataKeysStore } from './data-keys.store.js';
import { Vault } from './vault.js';

/** `CryptoConfig` comes from the configuration, which is global. */
@Module({
  providers: [BlindIndex, DataKeysStore, Vault],
  exports: [BlindIndex, Vault],
})
export class CryptoModule {}

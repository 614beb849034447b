import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('../.swcrc', import.meta.url), 'utf8'));

export default {
  rootDir: '..',
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { ...swc, module: { type: 'es6' }, swcrc: false, sourceMaps: 'inline' },
    ],
  },
  testTimeout: 90_000,
  // They wait for processes of their own more than they work.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1500MB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/*/rules/**/*.ts'],
  coverageReporters: [['text', { skipFull: true }]],
  // Who answers at 03:00 is decided there: no branch that no test has taken.
  coverageThreshold: { './src/oncall/rules/': { branches: 100 } },
};

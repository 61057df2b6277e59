import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The suite in client/test/suite runs inside VS Code, not here.
    include: [
      'server/**/*.test.ts',
      'client/test/unit/*.test.ts',
      'scripts/test/*.test.mjs',
      'bench/**/*.test.{ts,mjs}',
    ],
    // The protocol tests start servers, others go over a thousand presets: on a small and busy machine that takes its time.
    testTimeout: 60_000,
    // The code under test keeps no state of its own, and unpacking the API model once for each worker is half the time.
    isolate: false,
    // By default one of two cores would idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});

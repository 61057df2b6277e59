// Biome lints and formats; only what needs types is asked here: a forgotten promise is a lost error.
import tseslint from 'typescript-eslint';

export default tseslint.config({
  files: ['client/{src,test}/**/*.ts', 'server/{src,test}/**/*.ts'],
  extends: [tseslint.configs.base],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  rules: {
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  },
});
